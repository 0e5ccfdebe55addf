/** Runs a command of any dialect, and keeps every refusal in the audit log. */

import type { Command } from '../core/command.ts';
import { type Decision, type Reason, refuse } from '../core/reasons.ts';
import type { RequestContext, Speech } from './context.ts';
import { type IssueParts, issue } from './issue.ts';
import { type AuditStore, StoreUnavailable } from './ports.ts';
import { type RenewParts, renew } from './renew.ts';

export type ExecuteParts = IssueParts & RenewParts;

export async function execute(
  parts: ExecuteParts,
  speech: Speech,
  command: Command,
  context: RequestContext,
): Promise<Decision<string>> {
  const outcome = await run(parts, speech, command, context).catch(refusalOfThrown);
  if (!outcome.ok)
    recordRefusal(parts, speech.name, command.operation, outcome.reason, context, command.proof.accessKeyId);
  return outcome;
}

function run(
  parts: ExecuteParts,
  speech: Speech,
  command: Command,
  context: RequestContext,
): Promise<Decision<string>> {
  switch (command.do) {
    case 'issue':
      return issue(parts, speech, command, context);
    case 'renew':
      return renew(parts, speech, command, context);
  }
}

/** A store that cannot answer is never a "no": nothing was decided. Everything else that is thrown is a mistake of ours. */
export function refusalOfThrown(error: unknown): { readonly ok: false; readonly reason: Reason } {
  if (error instanceof StoreUnavailable) return refuse({ code: 'temporarily_unavailable', detail: error.message });
  throw error;
}

export function recordRefusal(
  parts: {
    readonly store: Pick<AuditStore, 'appendAudit'>;
    readonly background: (work: Promise<unknown>) => void;
  },
  dialect: string | undefined,
  operation: string | undefined,
  reason: Reason,
  context: RequestContext,
  actor?: string,
): void {
  parts.background(
    parts.store.appendAudit({
      atMs: context.nowMs,
      type: reason.code === 'request_malformed' ? 'request.refused' : 'grant.refused',
      requestId: context.requestId,
      remote: context.remote,
      dialect,
      operation,
      actor,
      tenant: 'tenant' in reason ? reason.tenant : undefined,
      grantId: 'grantId' in reason ? reason.grantId : undefined,
      reason: reason.code,
      detail: detailOf(reason),
    }),
  );
}

/** What an operator wants to see beside the code. */
function detailOf(reason: Reason): string | undefined {
  switch (reason.code) {
    case 'request_malformed':
      return `${reason.problem}: ${reason.detail}`;
    case 'permission_denied':
      return `${reason.action} on ${reason.resource}`;
    case 'request_time_skewed':
      return `request time ${reason.requestTime.slice(0, 64)}`;
    case 'lifetime_out_of_range':
      return `${reason.name} above ${reason.maximumSeconds}`;
    case 'client_not_permitted':
      return reason.permission;
    case 'credential_invalid':
    case 'temporarily_unavailable':
    case 'internal':
      return reason.detail;
    case 'access_key_unknown':
    case 'access_key_disabled':
    case 'user_disabled':
    case 'tenant_disabled':
    case 'security_token_invalid':
    case 'security_token_expired':
    case 'signature_mismatch':
    case 'rate_limited':
    case 'client_authentication_failed':
    case 'credential_expired':
    case 'grant_unknown':
    case 'grant_foreign':
    case 'grant_revoked':
    case 'grant_suspended':
    case 'grant_expired':
    case 'renewal_over':
    case 'refresh_replayed':
    case 'refresh_forged':
    case 'binding_mismatch':
    case 'timed_out':
      return undefined;
  }
}
