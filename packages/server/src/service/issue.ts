/** Use case: a caller proves who they are and gets a grant. The answer leaves after the grant is on disk. */

import type { IssueCommand } from '../core/command.ts';
import type { Grant } from '../core/grant.ts';
import { grantId } from '../core/ids.ts';
import { decideIssue } from '../core/issue.ts';
import type { TokenOutcome } from '../core/outcome.ts';
import { accept, type Decision } from '../core/reasons.ts';
import { admit } from './admit.ts';
import type { SignatureCheck } from './authenticate-signature.ts';
import type { RequestContext } from './context.ts';
import { grantEvent } from './grant-event.ts';
import type { GrantStore, Random, Signer } from './ports.ts';

export interface IssueParts {
  readonly check: SignatureCheck;
  readonly store: Pick<GrantStore, 'createGrant'>;
  readonly signer: Signer;
  readonly random: Random;
}

export async function issue(
  parts: IssueParts,
  command: IssueCommand,
  context: RequestContext,
): Promise<Decision<TokenOutcome>> {
  const { nowMs } = context;
  const { speech } = command;
  const admitted = await admit(parts.check, command, nowMs);
  if (!admitted.ok) return admitted;
  const caller = admitted.value;
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
    binding: undefined,
    scope: undefined,
    audience: undefined,
    revokedAtMs: undefined,
    generation: 0,
    rotatedAtMs: undefined,
    successorSeen: false,
    idempotencyKeyHash: undefined,
  };
  const token = parts.signer.sign(speech.grantFormat, speech.grantFormat.encode(grant, { issuedAtMs, expiresAtMs }));
  const event = grantEvent('grant.issued', command.operation, grant, caller.accessKeyId, context);
  await parts.store.createGrant(grant, event);
  return accept({ did: 'token', token });
}
