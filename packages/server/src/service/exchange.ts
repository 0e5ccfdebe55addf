/**
 * Use case: a region's token is exchanged for its successor, until some time after its own end. Where the old token stays
 * good, nothing is written beyond a coarse mark; where it ends, the grant rotates.
 */

import type { ExchangeCommand } from '../core/command.ts';
import type { TokenOutcome } from '../core/outcome.ts';
import { accept, type Decision, refuse, refuseRecorded } from '../core/reasons.ts';
import type { RequestContext } from './context.ts';
import { grantEvent } from './grant-event.ts';
import { type Held, platformAccount, type RegionParts, readRegionToken, regionToken } from './region-token.ts';

export async function exchange(
  parts: RegionParts,
  command: ExchangeCommand,
  context: RequestContext,
): Promise<Decision<TokenOutcome>> {
  const { nowMs } = context;
  const { speech, proof } = command;
  const read = await readRegionToken(parts, speech, proof.token, speech.renewalWindowSeconds, nowMs);
  if (!read.ok) return read;
  const renewed =
    speech.oldToken === 'end'
      ? await rotate(parts, command, read.value, context)
      : mark(parts, command, read.value, context);
  if (!renewed.ok) return renewed;
  const { grant, user, membership } = renewed.value;
  const account = membership?.account ?? platformAccount(speech, user);
  return accept({ did: 'token', token: regionToken(parts.signer, speech, grant, user, account, nowMs) });
}

/** The answer waits for no write, but no renewal may pass that the audit log cannot take. */
function mark(parts: RegionParts, { operation }: ExchangeCommand, held: Held, context: RequestContext): Decision<Held> {
  if (parts.store.isBehind) return refuse({ code: 'temporarily_unavailable', detail: 'the store is behind' });
  parts.usage.mark(held.grant.id, context.nowMs);
  const actor = held.grant.clientId ?? held.grant.subject;
  parts.background(parts.store.appendAudit(grantEvent('grant.renewed', operation, held.grant, actor, context)));
  return accept(held);
}

async function rotate(
  parts: RegionParts,
  { speech, operation }: ExchangeCommand,
  held: Held,
  { nowMs, requestId, remote }: RequestContext,
): Promise<Decision<Held>> {
  const { grant, facts } = held;
  const outcome = await parts.store.rotate({
    grantId: grant.id,
    presented: { generation: facts.generation ?? 0, binding: grant.binding, idempotencyKeyHash: undefined },
    policy: {
      rotates: true,
      retryWindowSeconds: speech.retryWindowSeconds,
      renewalLifetimeSeconds: speech.loginLifetimeSeconds,
    },
    nowMs,
    event: { atMs: nowMs, requestId, remote, dialect: speech.name, operation, actor: grant.clientId ?? grant.subject },
  });
  return outcome.did === 'refused' ? refuseRecorded(outcome.reason) : accept({ ...held, grant: outcome.grant });
}
