/** Serves the dialects: transport in, command through the service, the dialect's own words out. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Command } from '../core/command.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Decision, Reason } from '../core/reasons.ts';
import type { AnswerContext, Dialect, WireAnswer, WireRequest } from '../dialects/dialect.ts';
import type { Registry } from '../dialects/registry.ts';
import type { RequestContext } from '../service/context.ts';
import type { Clock, Random } from '../service/ports.ts';
import type { Inflight, Ticket } from './inflight.ts';
import type { Metrics } from './metrics.ts';
import { post } from './outbox.ts';
import type { RequestLog } from './request-log.ts';
import { send } from './send.ts';
import { wireRequest } from './wire-request.ts';

export interface DialectParts {
  readonly registry: Registry;
  readonly execute: (command: Command, context: RequestContext) => Promise<Decision<Outcome>>;
  /** Keeps a refusal that no command came to. */
  readonly refused: (dialect: Dialect, reason: Reason, context: RequestContext) => void;
  readonly clock: Clock;
  readonly monotonicMs: () => number;
  readonly random: Random;
  readonly inflight: Inflight;
  readonly metrics: Metrics;
  readonly requestLog: RequestLog;
  readonly remoteOf: (request: FastifyRequest) => string;
  readonly isClosing: () => boolean;
}

export function registerDialects(app: FastifyInstance, parts: DialectParts): void {
  for (const dialect of parts.registry.dialects) {
    for (const route of dialect.routes) {
      app.route({
        method: route.method,
        url: route.path,
        bodyLimit: dialect.bodyLimitBytes,
        handler: (request, reply) => {
          reply.hijack();
          void serve(parts, dialect, request, reply);
        },
      });
    }
  }
}

interface Served {
  readonly operation: string;
  /** `ok` or a reason code. */
  readonly outcome: string;
  readonly answer: WireAnswer;
}

async function serve(
  parts: DialectParts,
  dialect: Dialect,
  fastify: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const nowMs = parts.clock.nowMs();
  const requestId = dialect.requestId(nowMs, parts.random.hex(16));
  const request = wireRequest(fastify.raw, fastify.body);
  const context: AnswerContext = { requestId, nowMs, request };
  const finish = (answer: WireAnswer): void => send(reply.raw, answer, nowMs, parts.isClosing());
  const ticket: Ticket = {
    startedMs: parts.monotonicMs(),
    timeOut: () => finish(dialect.refuseTransport('timed_out', context)),
  };
  parts.inflight.enter(ticket);
  try {
    const served = await run(parts, dialect, request, context, parts.remoteOf(fastify));
    finish(served.answer);
    const seconds = (parts.monotonicMs() - ticket.startedMs) / 1000;
    parts.metrics.observe(dialect.name, served.operation, served.outcome, seconds);
    parts.requestLog({ requestId, dialect: dialect.name, ...served, seconds });
  } catch (error) {
    parts.requestLog.failure(requestId, error);
    finish(dialect.refuse({ code: 'internal', detail: '' }, context));
  } finally {
    // Behind the answer, which leaves at the end of this turn: a shutdown waits for it.
    post(() => parts.inflight.leave(ticket));
  }
}

async function run(
  parts: DialectParts,
  dialect: Dialect,
  request: WireRequest,
  answerContext: AnswerContext,
  remote: string,
): Promise<Served> {
  const { requestId, nowMs } = answerContext;
  const context: RequestContext = { requestId, nowMs, remote };
  const parsed = dialect.parse(request);
  if (!parsed.ok) {
    parts.refused(dialect, parsed.reason, context);
    return {
      operation: request.path,
      outcome: parsed.reason.code,
      answer: dialect.refuse(parsed.reason, answerContext),
    };
  }
  const { operation } = parsed.command;
  const outcome = await parts.execute(parsed.command, context);
  if (!outcome.ok)
    return { operation, outcome: outcome.reason.code, answer: dialect.refuse(outcome.reason, answerContext) };
  return { operation, outcome: 'ok', answer: dialect.answer(operation, outcome.value, answerContext) };
}
