/** Decides what a renewal gives: without rotation (a ticket, again and again) and with it (a refresh token, once). */

import { type Grant, grantRefusal, type StoredGrant } from './grant.ts';
import { outOfRange, secondsLeft, within } from './issue.ts';
import type { LifetimeRange, RotationPolicy } from './policy.ts';
import { accept, type Decision, type Reason, refuse } from './reasons.ts';
import { addSeconds, isOver, secondMs, unixSeconds } from './time.ts';

export interface RenewAsk {
  readonly name: string;
  readonly seconds: number | undefined;
}

export interface AccessTokenTimes {
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

/**
 * Renewal without rotation: the access token ends at the least of what was asked, the grant's own rule, the grant's end
 * and the end of the caller's temporary credentials.
 */
export function decideRenewal(
  grant: StoredGrant,
  range: LifetimeRange,
  ask: RenewAsk,
  nowMs: number,
  callerEndsAtMs: number | undefined,
): Decision<AccessTokenTimes> {
  const dead = grantRefusal(grant, nowMs);
  if (dead) return refuse(dead);
  if (ask.seconds !== undefined && !within(range, ask.seconds)) return outOfRange(ask.name, range);
  const seconds = Math.min(
    ask.seconds ?? range.defaultSeconds,
    grant.accessTokenLifetimeSeconds,
    secondsLeft(grant.expiresAtMs, nowMs),
    secondsLeft(callerEndsAtMs, nowMs),
  );
  return accept({ issuedAtMs: nowMs, expiresAtMs: addSeconds(unixSeconds(nowMs) * secondMs, seconds) });
}

/** The access token of a session: it lives as long as its rule says, and no longer than the session can be renewed. */
export function accessTokenTimes(grant: Grant, nowMs: number): AccessTokenTimes {
  const seconds = Math.min(
    grant.accessTokenLifetimeSeconds,
    secondsLeft(grant.expiresAtMs, nowMs),
    secondsLeft(grant.renewByMs, nowMs),
  );
  return { issuedAtMs: nowMs, expiresAtMs: addSeconds(unixSeconds(nowMs) * secondMs, seconds) };
}

/** When the current refresh token came to be. */
export const generationSinceMs = (grant: Grant): number => grant.rotatedAtMs ?? grant.issuedAtMs;

export type Rotation =
  /** The presented token is current: move to `generation`, renewable until `renewByMs`. */
  | { readonly do: 'rotate'; readonly generation: number; readonly renewByMs: number }
  /** An honest retry of the direct predecessor: the same successor again, nothing is written. */
  | { readonly do: 'retry'; readonly generation: number }
  /** A replay: the grant ends. */
  | { readonly do: 'revoke'; readonly reason: Reason }
  | { readonly do: 'refuse'; readonly reason: Reason };

/** A refresh token as it is presented; its tag was checked before. */
export interface Presented {
  readonly generation: number;
  /** Of the caller, in the words of `Grant.binding`. */
  readonly binding: string | undefined;
  readonly idempotencyKeyHash: string | undefined;
}

/** The table of rotation. A store performs the whole answer in one conditional write. */
export function decideRotation(
  grant: StoredGrant,
  policy: RotationPolicy,
  presented: Presented,
  nowMs: number,
): Rotation {
  const dead = grantRefusal(grant, nowMs);
  if (dead) return { do: 'refuse', reason: dead };
  const { generation } = presented;
  const sameBinding = presented.binding === grant.binding;
  if (generation > grant.generation) return { do: 'refuse', reason: { code: 'refresh_forged', grantId: grant.id } };
  if (generation === grant.generation) {
    if (!sameBinding) return { do: 'refuse', reason: { code: 'binding_mismatch', grantId: grant.id } };
    if (!policy.rotates) return { do: 'retry', generation };
    const slid = addSeconds(nowMs, policy.renewalLifetimeSeconds);
    return { do: 'rotate', generation: generation + 1, renewByMs: Math.min(slid, grant.expiresAtMs) };
  }
  if (sameBinding && isHonestRetry(grant, policy, presented, nowMs)) {
    return { do: 'retry', generation: grant.generation };
  }
  return { do: 'revoke', reason: { code: 'refresh_replayed', grantId: grant.id } };
}

/**
 * A client cannot have used a successor that it never got, so a retry comes before the successor is seen; except that one
 * idempotency key names one attempt, whatever its other callers did meanwhile.
 */
function isHonestRetry(grant: Grant, policy: RotationPolicy, presented: Presented, nowMs: number): boolean {
  if (presented.generation !== grant.generation - 1 || grant.rotatedAtMs === undefined) return false;
  const key = presented.idempotencyKeyHash;
  const isSameAttempt = key !== undefined && key === grant.idempotencyKeyHash;
  if (grant.successorSeen && !isSameAttempt) return false;
  return !isOver(addSeconds(grant.rotatedAtMs, policy.retryWindowSeconds), nowMs);
}
