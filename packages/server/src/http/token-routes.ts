/** `/oauth2/introspect` (RFC 7662) and `/oauth2/revoke` (RFC 7009): for tokens of every dialect, for authenticated clients only. */

import { errorStatus, type OAuthErrorCode, paths } from '@hufu/wire/oauth';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ClientSecretProof } from '../core/proof.ts';
import type { Decision, Reason } from '../core/reasons.ts';
import type { RequestContext } from '../service/context.ts';
import type { Introspection } from '../service/introspect.ts';
import { parseClientForm } from './client-form.ts';
import type { Metrics } from './metrics.ts';
import { wireRequest } from './wire-request.ts';

export interface TokenRouteParts {
  readonly introspect: (
    proof: ClientSecretProof,
    token: string,
    context: RequestContext,
  ) => Promise<Decision<Introspection>>;
  readonly revoke: (proof: ClientSecretProof, token: string, context: RequestContext) => Promise<Decision<undefined>>;
  readonly refused: (operation: string, reason: Reason, context: RequestContext, clientId: string) => void;
  readonly contextOf: (request: FastifyRequest) => RequestContext;
  readonly metrics: Metrics;
  readonly monotonicMs: () => number;
}

/** A token of ours has a few hundred bytes; the form has room for a long one. */
const formLimitBytes = 32 * 1024;

export function registerTokenRoutes(app: FastifyInstance, parts: TokenRouteParts): void {
  const route = <Value>(
    path: string,
    operation: string,
    run: (proof: ClientSecretProof, token: string, context: RequestContext) => Promise<Decision<Value>>,
    body: (value: Value) => object | undefined,
  ): void => {
    app.post(path, { bodyLimit: formLimitBytes }, async (request, reply) => {
      const startedMs = parts.monotonicMs();
      const outcome = await serve(parts, operation, request, reply, run, body);
      parts.metrics.observe('oauth', operation, outcome, (parts.monotonicMs() - startedMs) / 1000);
      return reply;
    });
  };
  route(paths.introspect, 'introspect', parts.introspect, (introspection) => introspection);
  route(paths.revoke, 'revoke', parts.revoke, () => undefined);
}

/** Answers, and returns `ok` or the reason code. */
async function serve<Value>(
  parts: TokenRouteParts,
  operation: string,
  request: FastifyRequest,
  reply: FastifyReply,
  run: (proof: ClientSecretProof, token: string, context: RequestContext) => Promise<Decision<Value>>,
  body: (value: Value) => object | undefined,
): Promise<string> {
  const context = parts.contextOf(request);
  reply.header('cache-control', 'no-store').header('pragma', 'no-cache').header('x-request-id', context.requestId);
  const { headers, body: bytes, duplicateHeader } = wireRequest(request.raw, request.body);
  const form = parseClientForm(headers, bytes, duplicateHeader);
  if (!form.ok) {
    refuse(reply, form.error, form.description);
    return 'request_malformed';
  }
  const token = form.fields.get('token');
  if (!token) {
    refuse(reply, 'invalid_request', 'parameter token is missing');
    return 'request_malformed';
  }
  const outcome = await run(form.proof, token, context);
  if (!outcome.ok) {
    parts.refused(operation, outcome.reason, context, form.proof.clientId);
    refuse(reply, errorOf(outcome.reason));
    return outcome.reason.code;
  }
  const answer = body(outcome.value);
  if (answer) reply.type('application/json').send(JSON.stringify(answer));
  else reply.code(200).header('content-length', '0').send();
  return 'ok';
}

function refuse(reply: FastifyReply, error: OAuthErrorCode, description?: string): void {
  if (error === 'invalid_client') reply.header('www-authenticate', 'Basic realm="hufu", charset="UTF-8"');
  reply
    .code(errorStatus[error])
    .type('application/json')
    .send(JSON.stringify(description === undefined ? { error } : { error, error_description: description }));
}

/** Only what these two operations can meet; everything else would be a mistake of ours. */
function errorOf(reason: Reason): OAuthErrorCode {
  if (reason.code === 'client_authentication_failed') return 'invalid_client';
  if (reason.code === 'client_not_permitted') return 'unauthorized_client';
  if (reason.code === 'temporarily_unavailable') return 'temporarily_unavailable';
  return 'server_error';
}
