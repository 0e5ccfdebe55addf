/**
 * The login: pages between an application's authorization request and the code that it gets. Nothing about a request is kept
 * here between two steps: it travels sealed with the pages, and is judged anew at each of them.
 */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { loginDialect } from '../../core/browser-session.ts';
import { refusalOfThrown } from '../../service/execute.ts';
import type { Ticket } from '../inflight.ts';
import { post } from '../outbox.ts';
import { chooseLanguage } from '../pages/language.ts';
import { send } from '../send.ts';
import { serveAuthorization } from './authorization-route.ts';
import { hasAuthorization } from './flow.ts';
import { getLogin, getSignedOut } from './get-login.ts';
import type { LoginParts } from './parts.ts';
import { loginPaths } from './paths.ts';
import { postConsent } from './post-consent.ts';
import { postLogin } from './post-login.ts';
import { postSignOut } from './post-sign-out.ts';
import { explained, type Served } from './served.ts';
import { type Visit, visitOf, withHeaders } from './visit.ts';

type Run = (parts: LoginParts, visit: Visit) => Promise<Served>;

export function registerLogin(app: FastifyInstance, parts: LoginParts): void {
  const route = (method: 'GET' | 'POST', url: string, dialect: string, run: Run): void => {
    app.route({
      method,
      url,
      bodyLimit: parts.options.bodyLimitBytes,
      handler: (request, reply) => {
        reply.hijack();
        void serve(parts, dialect, url, run, request, reply);
      },
    });
  };
  for (const dialect of parts.registry.dialects.filter(hasAuthorization)) {
    const { path } = dialect.authorization;
    route('GET', path, dialect.name, (_, visit) => serveAuthorization(parts, dialect, visit));
  }
  route('GET', loginPaths.login, loginDialect, getLogin);
  route('GET', loginPaths.signedOut, loginDialect, getSignedOut);
  route('POST', loginPaths.login, loginDialect, postLogin);
  route('POST', loginPaths.consent, loginDialect, postConsent);
  route('POST', loginPaths.signOut, loginDialect, postSignOut);
}

async function serve(
  parts: LoginParts,
  dialect: string,
  path: string,
  run: Run,
  fastify: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const requestId = String(fastify.id);
  const context = parts.contextOf(fastify);
  const asker = { language: chooseLanguage(fastify.headers['accept-language']), context };
  const finish = ({ answer }: Served): void =>
    send(reply.raw, withHeaders(answer, 'x-request-id', requestId), context.nowMs, parts.isClosing());
  const ticket: Ticket = {
    startedMs: parts.monotonicMs(),
    timeOut: () => finish(explained(asker, path, { code: 'timed_out' })),
  };
  parts.inflight.enter(ticket);
  try {
    const served = await visitOf(parts, fastify, context)
      .then((visit) => run(parts, visit))
      .catch((error: unknown) => explained(asker, path, refusalOfThrown(error).reason));
    finish(served);
    const seconds = (parts.monotonicMs() - ticket.startedMs) / 1000;
    parts.metrics.observe(dialect, served.operation, served.outcome, seconds);
    parts.requestLog({ requestId, dialect, ...served, seconds });
  } catch (error) {
    parts.requestLog.failure(requestId, error);
    finish(explained(asker, path, { code: 'internal' }));
  } finally {
    // Behind the answer, which leaves at the end of this turn: a shutdown waits for it.
    post(() => parts.inflight.leave(ticket));
  }
}
