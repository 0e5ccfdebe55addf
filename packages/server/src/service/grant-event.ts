/** The audit event of what a caller got from a grant. */

import type { AuditEvent } from '../core/audit.ts';
import type { Grant } from '../core/grant.ts';
import type { RequestContext } from './context.ts';

export const grantEvent = (
  type: 'grant.issued' | 'grant.renewed' | 'grant.retried',
  operation: string,
  grant: Grant,
  actor: string,
  context: RequestContext,
): AuditEvent => ({
  atMs: context.nowMs,
  type,
  requestId: context.requestId,
  remote: context.remote,
  dialect: grant.dialect,
  operation,
  tenant: grant.tenant,
  actor,
  subject: grant.subject,
  grantId: grant.id,
});
