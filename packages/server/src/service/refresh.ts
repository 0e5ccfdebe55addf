/**
 * Use case: a refresh token gives the next pair of tokens, once; and the same pair's refresh token again to an honest client
 * that lost the answer. The client is authenticated before; what it proved comes as `binding`.
 */

import type { User } from '../core/directory.ts';
import type { Hashing } from '../core/proof.ts';
import { accept, type Decision, type Reason, refuse, refuseRecorded } from '../core/reasons.ts';
import { isWithin } from '../core/scope.ts';
import type { RequestContext } from './context.ts';
import { recordRefusal, refusalOfThrown } from './execute.ts';
import type { People } from './people.ts';
import type { RotateAsk, RotateOutcome, Store } from './ports.ts';
import { findGrantOf } from './recognize.ts';
import { type PairParts, type RotatingSpeech, type TokenPair, tokenPair } from './token-pair.ts';

export interface RefreshParts extends PairParts {
  readonly store: Pick<Store, 'findGrant' | 'rotate' | 'appendAudit'>;
  readonly people: Pick<People, 'standing'>;
  readonly hashing: Pick<Hashing, 'digestHex'>;
  readonly background: (work: Promise<unknown>) => void;
}

export interface RefreshAsk {
  readonly operation: string;
  /** As it was presented. */
  readonly refreshToken: string;
  /** What the caller has proved, in the words of `Grant.binding`. */
  readonly binding: string | undefined;
  /** Names the attempt: whoever repeats it within the retry window gets the same successor. */
  readonly idempotencyKey: string | undefined;
  /** For the audit log. */
  readonly actor: string | undefined;
  /** Fewer scopes than the session has, for this access token (RFC 6749, section 6). */
  readonly scope?: string | undefined;
  /** Must be what the session's tokens are for (RFC 8707, section 2.2). */
  readonly resource?: string | undefined;
}

/** 128 bits: keys of one grant are compared with one another only. */
const keyHashDigits = 32;

interface Admitted {
  readonly grantId: string;
  readonly presented: RotateAsk['presented'];
  readonly user: User | undefined;
}

/** Every refusal is in the audit log when this settles, or on its way there: `refuseRecorded` says so. */
export async function refresh(
  parts: RefreshParts,
  speech: RotatingSpeech,
  ask: RefreshAsk,
  context: RequestContext,
): Promise<Decision<TokenPair>> {
  const refused = (reason: Reason): Decision<never> => {
    recordRefusal(parts, speech.name, ask.operation, reason, context, ask.actor);
    return refuseRecorded(reason);
  };
  try {
    const admitted = await admit(parts, speech, ask);
    if (!admitted.ok) return refused(admitted.reason);
    const outcome = await parts.store.rotate(rotateAsk(speech, ask, admitted.value, context));
    // The store has kept this refusal with its decision.
    if (outcome.did === 'refused') return refuseRecorded(outcome.reason);
    if (outcome.did === 'retry') recordRetry(parts, speech, ask, outcome.grant, context);
    const { user } = admitted.value;
    return accept(await tokenPair(parts, speech, outcome.grant, user, ask.scope, context.nowMs));
  } catch (error) {
    return refused(refusalOfThrown(error).reason);
  }
}

/** Whether there is something to decide: the token is ours, its session speaks this dialect, its user may act. */
async function admit(parts: RefreshParts, speech: RotatingSpeech, ask: RefreshAsk): Promise<Decision<Admitted>> {
  const facts = parts.refreshTokens.read(ask.refreshToken);
  if (!facts) return refuse({ code: 'credential_invalid', detail: 'not a refresh token' });
  const found = await findGrantOf(parts.store, facts);
  if (!found.ok) return found;
  const grant = found.value;
  if (grant.dialect !== speech.name) return refuse({ code: 'grant_foreign', grantId: grant.id });
  const { mayAct, user } = await parts.people.standing(grant);
  if (!mayAct) return refuse({ code: 'grant_suspended', grantId: grant.id });
  const clientId = grant.clientId ?? '';
  if (ask.resource !== undefined && ask.resource !== grant.audience) {
    return refuse({ code: 'target_not_allowed', clientId });
  }
  if (!isWithin(grant.scope, ask.scope)) return refuse({ code: 'scope_not_allowed', clientId });
  const idempotencyKeyHash = keyHash(parts, ask.idempotencyKey);
  const presented = { generation: facts.generation, binding: ask.binding, idempotencyKeyHash };
  return accept({ grantId: grant.id, presented, user });
}

const keyHash = ({ hashing }: RefreshParts, key: string | undefined): string | undefined =>
  key === undefined ? undefined : hashing.digestHex('sha256', key).slice(0, keyHashDigits);

function rotateAsk(
  speech: RotatingSpeech,
  ask: RefreshAsk,
  { grantId, presented }: Admitted,
  { nowMs, requestId, remote }: RequestContext,
): RotateAsk {
  const event = { atMs: nowMs, requestId, remote, dialect: speech.name, operation: ask.operation, actor: ask.actor };
  return { grantId, presented, policy: speech.rotation, nowMs, event };
}

/** A retry changes nothing, so its event waits for nobody. */
function recordRetry(
  parts: RefreshParts,
  speech: RotatingSpeech,
  ask: RefreshAsk,
  { id, tenant, subject }: Extract<RotateOutcome, { did: 'retry' | 'rotated' }>['grant'],
  { nowMs, requestId, remote }: RequestContext,
): void {
  parts.background(
    parts.store.appendAudit({
      atMs: nowMs,
      type: 'grant.retried',
      requestId,
      remote,
      dialect: speech.name,
      operation: ask.operation,
      tenant,
      actor: ask.actor,
      subject,
      grantId: id,
    }),
  );
}
