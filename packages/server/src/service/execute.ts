/** Runs a command of any dialect, and keeps every refusal in the audit log. */

import type { Command } from '../core/command.ts';
import type { Outcome } from '../core/outcome.ts';
import { type Decision, type Reason, type Refusal, refuse } from '../core/reasons.ts';
import { assert } from './assert.ts';
import { clientCredentials } from './client-credentials.ts';
import { clientKey } from './client-key.ts';
import type { RequestContext } from './context.ts';
import { endSession } from './end-session.ts';
import { exchange } from './exchange.ts';
import { inspectToken } from './inspect-token.ts';
import { introspect } from './introspect.ts';
import { type IssueParts, issue } from './issue.ts';
import { type AuditStore, Overloaded, StoreUnavailable } from './ports.ts';
import { redeem } from './redeem.ts';
import { refreshSession } from './refresh-session.ts';
import type { RegionParts } from './region-token.ts';
import { type RenewParts, renew } from './renew.ts';
import type { SessionUseParts } from './session-parts.ts';
import { signIn } from './sign-in.ts';

export type ExecuteParts = IssueParts & RenewParts & SessionUseParts & RegionParts;

export async function execute(
  parts: ExecuteParts,
  command: Command,
  context: RequestContext,
): Promise<Decision<Outcome>> {
  const outcome = await run(parts, command, context).catch(refusalOfThrown);
  if (!outcome.ok && !outcome.isRecorded) {
    const actor = await knownActor(parts, command).catch(() => undefined);
    recordRefusal(parts, command.speech.name, command.operation, outcome.reason, context, actor);
  }
  return outcome;
}

/** An id that is no client's may be a secret that somebody put into the wrong field: it goes to no log. */
async function knownActor({ people }: ExecuteParts, command: Command): Promise<string | undefined> {
  const actor = actorOf(command);
  if (actor === undefined || 'proof' in command) return actor;
  return (await people.findClient(actor, undefined)) === undefined ? undefined : actor;
}

function run(parts: ExecuteParts, command: Command, context: RequestContext): Promise<Decision<Outcome>> {
  switch (command.do) {
    case 'issue':
      return issue(parts, command, context);
    case 'renew':
      return renew(parts, command, context);
    case 'redeem':
      return redeem(parts, command, context);
    case 'assert':
      return assert(parts, command, context);
    case 'refresh':
      return refreshSession(parts, command, context);
    case 'client_credentials':
      return clientCredentials(parts, command, context);
    case 'end':
      return endSession(parts, command, context);
    case 'client_key':
      return clientKey(parts, command);
    case 'introspect':
      return introspect(parts, command, context);
    case 'sign_in':
      return signIn(parts, command, context);
    case 'exchange':
      return exchange(parts, command, context);
    case 'inspect':
      return inspectToken(parts, command, context);
  }
}

/** Who says to act; for a refusal it may well be somebody else. */
function actorOf(command: Command): string | undefined {
  const proof = 'proof' in command ? command.proof : command.client;
  switch (proof.kind) {
    case 'signature':
      return proof.accessKeyId;
    case 'password':
      return proof.organisation;
    case 'token':
    case 'client_of_token':
      return undefined;
    case 'client_secret':
    case 'client_assertion':
    case 'client_name':
      return proof.clientId;
  }
}

/** A store that cannot answer is never a "no": nothing was decided. Everything else that is thrown is a mistake of ours. */
export function refusalOfThrown(error: unknown): Refusal {
  if (error instanceof StoreUnavailable || error instanceof Overloaded) {
    return refuse({ code: 'temporarily_unavailable', detail: error.message });
  }
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
    case 'grant_type_not_allowed':
      return reason.grantType;
    case 'code_mismatch':
    case 'assertion_refused':
      return reason.problem;
    case 'login_blocked':
      return reason.isLocked ? 'locked' : 'slowed down';
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
    case 'access_key_foreign':
    case 'login_name_unknown':
    case 'signature_replayed':
    case 'region_not_allowed':
    case 'platform_token':
    case 'client_unknown':
    case 'redirect_uri_not_registered':
    case 'code_challenge_missing':
    case 'code_unknown':
    case 'code_expired':
    case 'code_replayed':
    case 'assertion_replayed':
    case 'user_unknown':
    case 'account_disabled':
    case 'password_wrong':
    case 'scope_not_allowed':
    case 'target_not_allowed':
    case 'login_required':
    case 'consent_required':
    case 'consent_denied':
    case 'timed_out':
      return undefined;
  }
}
