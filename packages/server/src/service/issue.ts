/** Use case: a caller proves who they are and gets a grant. The answer leaves after the grant is on disk. */

import type { AuditEvent } from '../core/audit.ts';
import type { IssueCommand } from '../core/command.ts';
import type { Grant } from '../core/grant.ts';
import { grantId } from '../core/ids.ts';
import { decideIssue } from '../core/issue.ts';
import { accept, type Decision } from '../core/reasons.ts';
import { authenticateSignature, type SignatureCheck } from './authenticate-signature.ts';
import { authorize } from './authorize.ts';
import type { RequestContext, Speech } from './context.ts';
import type { GrantStore, Random, Signer } from './ports.ts';

export interface IssueParts {
  readonly check: SignatureCheck;
  readonly store: Pick<GrantStore, 'createGrant'>;
  readonly signer: Signer;
  readonly random: Random;
}

export async function issue(
  parts: IssueParts,
  speech: Speech,
  command: IssueCommand,
  context: RequestContext,
): Promise<Decision<string>> {
  const { nowMs } = context;
  const authenticated = await authenticateSignature(parts.check, command.proof, nowMs);
  if (!authenticated.ok) return authenticated;
  const caller = authenticated.value;
  const denied = authorize(caller, command.permission);
  if (denied) return denied;
  const lifetimes = decideIssue(speech.lifetimes, command.ask, nowMs, caller.endsAtMs);
  if (!lifetimes.ok) return lifetimes;

  const { issuedAtMs, expiresAtMs, accessTokenLifetimeSeconds } = lifetimes.value;
  const grant: Grant = {
    id: grantId(issuedAtMs, parts.random.hex(20)),
    dialect: speech.name,
    tenant: caller.tenant,
    subject: caller.userId,
    accessKeyId: caller.accessKeyId,
    clientId: undefined,
    issuedAtMs,
    expiresAtMs,
    renewByMs: expiresAtMs,
    accessTokenLifetimeSeconds,
    revokedAtMs: undefined,
    generation: 0,
    rotatedAtMs: undefined,
    successorSeen: false,
  };
  const event: AuditEvent = {
    atMs: nowMs,
    type: 'grant.issued',
    requestId: context.requestId,
    remote: context.remote,
    dialect: speech.name,
    operation: command.operation,
    tenant: grant.tenant,
    actor: caller.accessKeyId,
    subject: grant.subject,
    grantId: grant.id,
  };
  const stored = parts.store.createGrant(grant, event);
  // Signed while the write is under way; a failed write throws before the token can leave.
  const token = parts.signer.sign(speech.grantFormat, speech.grantFormat.encode(grant, { issuedAtMs, expiresAtMs }));
  await stored;
  return accept(token);
}
