/**
 * Use case: a region's token is exchanged for its successor, until some time after its own end. Where the old token stays
 * good, nothing is written beyond a coarse mark; where it ends, the grant rotates.
 */

import type { ExchangeCommand } from '../core/command.ts';
import type { Grant } from '../core/grant.ts';
import type { TokenOutcome } from '../core/outcome.ts';
import { accept, type Decision, refuse, refuseRecorded } from '../core/reasons.ts';
import { generationSinceMs } from '../core/renewal.ts';
import type { RequestContext } from './context.ts';
import { grantEvent } from './grant-event.ts';
import { noteRenewal } from './note-renewal.ts';
import {
  type Held,
  isReplaced,
  platformAccount,
  type RegionParts,
  readRegionToken,
  regionToken,
} from './region-token.ts';

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
  // A retry gets its successor to the letter: its life counts from the rotation.
  const sinceMs = speech.oldToken === 'end' ? generationSinceMs(grant) : nowMs;
  return accept({ did: 'token', token: regionToken(parts.signer, speech, grant, user, account, sinceMs) });
}

function mark(parts: RegionParts, { operation }: ExchangeCommand, held: Held, context: RequestContext): Decision<Held> {
  if (isReplaced(held)) return refuse({ code: 'credential_expired' });
  const noted = noteRenewal(parts, held.grant, operation, actorOf(held.grant), context);
  return noted.ok ? accept(held) : noted;
}

async function rotate(
  parts: RegionParts,
  { speech, operation }: ExchangeCommand,
  held: Held,
  context: RequestContext,
): Promise<Decision<Held>> {
  const { nowMs, requestId, remote } = context;
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
    event: { atMs: nowMs, requestId, remote, dialect: speech.name, operation, actor: actorOf(grant) },
  });
  if (outcome.did === 'refused') return refuseRecorded(outcome.reason);
  // A retry changes nothing, so its event waits for nobody.
  if (outcome.did === 'retry') {
    const event = grantEvent('grant.retried', operation, grant, actorOf(grant), context);
    parts.background(parts.store.appendAudit(event));
  }
  return accept({ ...held, grant: outcome.grant });
}

/** Whoever holds a token may exchange it: all that is known is who it was given to. */
const actorOf = ({ accessKeyId, clientId, subject }: Grant): string => accessKeyId ?? clientId ?? subject;
