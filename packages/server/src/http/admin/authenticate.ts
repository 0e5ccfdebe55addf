/** Lets in who has the admin token, and nobody else. */

import type { FastifyReply, FastifyRequest } from 'fastify';
import { AdminError, adminErrors } from './errors.ts';
import type { AdminParts } from './parts.ts';

type AuthenticateParts = Pick<AdminParts, 'isAdminToken' | 'contextOf' | 'background' | 'store'>;

/** RFC 6750, section 2.1, and whatever else an operator may have chosen as a token. */
const bearer = /^Bearer +([\x21-\x7e]{1,4096})$/i;

export function authenticate(parts: AuthenticateParts, request: FastifyRequest, reply: FastifyReply): void {
  reply.header('cache-control', 'no-store').header('x-request-id', request.id);
  const token = bearer.exec(request.headers.authorization ?? '')?.[1];
  if (token !== undefined && parts.isAdminToken(token)) return;
  const known = token === undefined ? '' : ', error="invalid_token"';
  reply.header('www-authenticate', `Bearer realm="hufu admin"${known}`);
  if (token !== undefined) recordGuess(parts, request);
  throw new AdminError('unauthorized', adminErrors.unauthorized.meaning);
}

/** A wrong token is a guess or a mistake; an operator wants to see both. */
function recordGuess(parts: AuthenticateParts, request: FastifyRequest): void {
  const { requestId, nowMs, remote } = parts.contextOf(request);
  const reason = 'admin_token_invalid';
  parts.background(parts.store.appendAudit({ atMs: nowMs, type: 'request.refused', requestId, remote, reason }));
}
