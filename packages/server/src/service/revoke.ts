/** Use cases: an operator ends grants. They hold from the commit on. */

import type { AuditEvent } from '../core/audit.ts';
import type { GrantId } from '../core/ids.ts';
import type { RequestContext } from './context.ts';
import type { GrantStore, Watermark } from './ports.ts';

export interface RevokeParts {
  readonly store: Pick<GrantStore, 'revokeGrant' | 'revokeAll'>;
}

/** An operator ends one grant. */
export function revokeGrant(
  parts: RevokeParts,
  id: GrantId,
  context: RequestContext,
): Promise<'revoked' | 'already' | 'unknown'> {
  const atMs = context.nowMs;
  return parts.store.revokeGrant(id, atMs, operatorEvent(atMs, 'grant.revoked', context, { grantId: id }));
}

/** An operator ends every grant of a tenant, a subject, a client or an access key that was issued up to now. */
export async function revokeAll(
  parts: RevokeParts,
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
