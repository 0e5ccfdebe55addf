/** The maths of expiry: how much of a token's life is left, and when it is too little. */

import { type Clock, never } from './clock.ts';
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

/** Milliseconds from the receipt of a token. */
export interface Lifetime {
  /** From here on it is refreshed ahead. */
  readonly softInMs: number;
  /** From here on it is not served. */
  readonly hardInMs: number;
  readonly wholeMs: number;
}

/**
 * @param serverMs when it was received, in unix milliseconds by the server's clock, as far as that is known.
 * @param seed draws the jitter: one for each token and process.
 */
export function lifetimeOf(fields: TokenFields, policy: Policy, serverMs: number, seed: string): Lifetime {
  const { lifetimeMs, expiresAtMs, refreshAtMs } = fields;
  const wholeMs = lifetimeMs ?? (expiresAtMs === undefined ? policy.assumeLifetimeMs : expiresAtMs - serverMs);
  // One that was over on receipt is nonsense, as of a clock that is wrong: each call would be a refresh.
  const hintInMs = (refreshAtMs ?? 0) - serverMs;
  const isHinted = hintInMs > 0;
  if (wholeMs === never) return { softInMs: isHinted ? hintInMs : never, hardInMs: never, wholeMs };
  const hardInMs = wholeMs - Math.min(policy.hardMs, policy.hardShare * wholeMs);
  const softMs = isHinted ? wholeMs - hintInMs : Math.min(policy.softMs, policy.softShare * wholeMs);
  // At least 0, below 1; the same for the same seed.
  const drawn = shortHash(seed) / 2 ** 53;
  const softInMs = Math.min(hardInMs, wholeMs - softMs * (1 - policy.jitterShare * drawn));
  return { softInMs, hardInMs, wholeMs };
}
