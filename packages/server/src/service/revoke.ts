/** Use cases: a token is handed back (RFC 7009), or an operator ends grants. Both hold from the commit on. */

import type { AuditEvent } from '../core/audit.ts';
import type { GrantId } from '../core/ids.ts';
import type { ClientSecretProof } from '../core/proof.ts';
import { accept, type Decision } from '../core/reasons.ts';
import type { TokenFormat } from '../core/token.ts';
import { authenticateClient, type ClientCheck, mayAskAbout } from './authenticate-client.ts';
import type { RequestContext } from './context.ts';
import type { GrantStore, Signer, Watermark } from './ports.ts';
import { recognize } from './recognize.ts';

export interface RevokeParts {
  readonly clientCheck: ClientCheck;
  readonly store: Pick<GrantStore, 'findGrant' | 'revokeGrant' | 'revokeAll'>;
  readonly signer: Signer;
  readonly formats: readonly TokenFormat[];
}

/**
 * Ends the grant behind a token. An access token of ours has no row of its own, so handing one back ends its grant too
 * (RFC 7009, section 2.1 leaves that to the server). A token that is not alive is a success as well (section 2.2).
 */
export async function revokeToken(
  parts: RevokeParts,
  proof: ClientSecretProof,
  token: string,
  context: RequestContext,
): Promise<Decision<undefined>> {
  const authenticated = await authenticateClient(parts.clientCheck, proof, 'revoke');
  if (!authenticated.ok) return authenticated;
  const { nowMs } = context;
  const recognized = await recognize(parts, token, nowMs);
  if (!recognized.ok || !mayAskAbout(authenticated.value, recognized.value.grant.tenant)) return accept(undefined);
  const { grant, format } = recognized.value;
  await parts.store.revokeGrant(grant.id, nowMs, {
    atMs: nowMs,
    type: 'token.revoked',
    requestId: context.requestId,
    remote: context.remote,
    dialect: grant.dialect,
    tenant: grant.tenant,
    actor: authenticated.value.id,
    subject: grant.subject,
    grantId: grant.id,
    detail: format.type,
  });
  return accept(undefined);
}

/** An operator ends one grant. */
export function revokeGrant(
  parts: Pick<RevokeParts, 'store'>,
  id: GrantId,
  context: RequestContext,
): Promise<'revoked' | 'already' | 'unknown'> {
  const atMs = context.nowMs;
  return parts.store.revokeGrant(id, atMs, operatorEvent(atMs, 'grant.revoked', context, { grantId: id }));
}

/** An operator ends every grant of a tenant, a subject, a client or an access key that was issued up to now. */
export async function revokeAll(
  parts: Pick<RevokeParts, 'store'>,
  target: Omit<Watermark, 'notBeforeMs'>,
  context: RequestContext,
): Promise<Watermark> {
  const notBeforeMs = context.nowMs;
  const watermark = { ...target, notBeforeMs };
  const event = operatorEvent(notBeforeMs, 'grants.revoked', context, {
    tenant: target.tenant,
    detail: `${target.level} ${target.key}`.trim(),
  });
  await parts.store.revokeAll(watermark, event);
  return watermark;
}

const operatorEvent = (
  atMs: number,
  type: AuditEvent['type'],
  context: RequestContext,
  rest: Partial<AuditEvent>,
): AuditEvent => ({ atMs, type, requestId: context.requestId, remote: context.remote, actor: 'admin', ...rest });
