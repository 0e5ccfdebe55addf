/** The maths of expiry: how much of a token's life is left, and when it is too little. */

import type { Clock } from './clock.ts';
import type { Policy } from './policy.ts';
import { shortHash } from './short-hash.ts';
import type { TokenFields } from './token.ts';

/** Clocks that disagree by more have been set, or slept. Less is drift, which the monotonic clock knows better. */
export const clockToleranceMs = 60_000;

/** An instant by both clocks. */
export interface Instant {
  readonly wallMs: number;
  readonly monoMs: number;
}

export const instantOf = (clock: Clock): Instant => ({ wallMs: clock.nowMs(), monoMs: clock.monoMs() });

/** How far the wall clock has run ahead of the monotonic one since `start`. Negative: it was set back. */
export const driftSince = (start: Instant, clock: Clock): number =>
  clock.nowMs() - start.wallMs - (clock.monoMs() - start.monoMs);

/** By the monotonic clock; where the clocks disagree too much, by the one that says more. */
export function elapsedSince(start: Instant, clock: Clock): number {
  const mono = clock.monoMs() - start.monoMs;
  const wall = clock.nowMs() - start.wallMs;
  return wall - mono > clockToleranceMs ? wall : mono;
}

/** Milliseconds from the instant at which a token was taken hold of; `Infinity` where there is no such end. */
export interface Lifetime {
  /** From here on it is refreshed ahead. */
  readonly softInMs: number;
  /** From here on it is not served. */
  readonly hardInMs: number;
  readonly endsInMs: number;
  /** As it was on receipt. */
  readonly wholeMs: number;
}

/** What is known of a grant's token beside its fields. */
export interface Receipt {
  /** Unix milliseconds by the clock of whoever received it... */
  readonly receivedAtMs: number;
  /** ...and what has to be added to get the server's. */
  readonly skewMs: number;
  /** Draws the jitter: one for each token and process. */
  readonly seed: string;
}

/** @param serverNowMs the server's time as it is believed to be. */
export function lifetimeOf(fields: TokenFields, receipt: Receipt, policy: Policy, serverNowMs: number): Lifetime {
  const receivedMs = receipt.receivedAtMs + receipt.skewMs;
  const expiryMs = expiresAtMs(fields, receipt, policy);
  const hintMs = fields.refreshAtMs;
  if (expiryMs === undefined) {
    const never = Number.POSITIVE_INFINITY;
    return {
      softInMs: hintMs === undefined ? never : hintMs - serverNowMs,
      hardInMs: never,
      endsInMs: never,
      wholeMs: never,
    };
  }
  const wholeMs = expiryMs - receivedMs;
  const age = serverNowMs - receivedMs;
  // Received in the future: the clock was set back, and nobody knows how old it is.
  const endsInMs = age < -clockToleranceMs ? Number.NEGATIVE_INFINITY : wholeMs - Math.max(0, age);
  const softMs =
    hintMs === undefined ? Math.min(policy.softMs, policy.softShare * wholeMs) : Math.max(0, expiryMs - hintMs);
  const hardInMs = endsInMs - Math.min(policy.hardMs, policy.hardShare * wholeMs);
  const softInMs = endsInMs - softMs * (1 - policy.jitterShare * drawn(receipt.seed));
  return { softInMs: Math.min(softInMs, hardInMs), hardInMs, endsInMs, wholeMs };
}

/** The instant at which a token ends, by the server's clock. */
export function expiresAtMs(fields: TokenFields, receipt: Receipt, policy: Policy): number | undefined {
  const receivedMs = receipt.receivedAtMs + receipt.skewMs;
  if (fields.lifetimeMs !== undefined) return receivedMs + fields.lifetimeMs;
  if (fields.expiresAtMs !== undefined) return fields.expiresAtMs;
  return policy.assumeLifetimeMs === undefined ? undefined : receivedMs + policy.assumeLifetimeMs;
}

/** At least 0, below 1; the same for the same seed. */
const drawn = (seed: string): number => shortHash(seed) / 2 ** 53;
