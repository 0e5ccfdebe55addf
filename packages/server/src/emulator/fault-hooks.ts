/** Carries out the faults that were ordered, on every path of an app: before a request is handled, and on its answer. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AnswerContext } from '../dialects/dialect.ts';
import type { Registry } from '../dialects/registry.ts';
import { send } from '../http/send.ts';
import { wireRequest } from '../http/wire-request.ts';
import type { Clock } from '../service/ports.ts';
import { refusalWith } from './fault-words.ts';
import type { FaultOrders } from './faults.ts';
import { type AnswerTap, tapAnswer } from './faulty-answer.ts';
import { isOwn } from './served-routes.ts';

export interface FaultParts {
  readonly orders: FaultOrders;
  readonly registry: Registry;
  readonly clock: Clock;
}

/** Called before the app has routes and hooks of its own, so that what those answer suffers as well. */
export function hookFaults(app: FastifyInstance, { orders, registry, clock }: FaultParts): void {
  const taps = new WeakMap<ServerResponse, AnswerTap>();

  app.addHook('onRequest', async (request, reply) => {
    const asked = askedOf(request.raw);
    if (isOwn(asked.path)) return;
    const answered = tapAnswer(reply.raw, () => orders.take(asked, 'after-commit'), {
      delay: orders.delay,
      refuse(response, fault) {
        const context = contextOf(request, clock);
        send(response, refusalWith(fault, registry, context), context.nowMs, false);
      },
    });
    taps.set(reply.raw, answered);
  });

  // When the whole body has arrived: a client whose connection is dropped has sent all that it had to say.
  app.addHook('preHandler', async (request, reply) => {
    const asked = askedOf(request.raw);
    const fault = isOwn(asked.path) ? undefined : orders.take(asked, 'before');
    if (!fault || fault.do === 'truncated') return;
    if (fault.do === 'delay') return orders.delay(fault.delayMs);
    // An answer of this fault suffers from no other one.
    taps.get(reply.raw)?.remove();
    reply.hijack();
    if (fault.do === 'drop') reply.raw.destroy();
    else {
      const context = contextOf(request, clock);
      send(reply.raw, refusalWith(fault, registry, context), context.nowMs, false);
    }
  });
}

function askedOf({ method = '', url = '/' }: IncomingMessage): { readonly method: string; readonly path: string } {
  return { method, path: url.split('?', 1)[0] ?? '' };
}

const contextOf = (request: FastifyRequest, clock: Clock): AnswerContext => ({
  requestId: String(request.id),
  nowMs: clock.nowMs(),
  request: wireRequest(request.raw, undefined),
});
