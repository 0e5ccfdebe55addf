/** How wrong passwords slow a caller down, and lock a name for a while. Names that do not exist are counted alike. */

import { addSeconds, isOver } from './time.ts';

export interface LoginPolicy {
  /** Failures in a row that cost nothing. */
  readonly freeFailures: number;
  /** Wait after the first failure beyond those; it doubles with each further one. */
  readonly firstDelaySeconds: number;
  readonly longestDelaySeconds: number;
  /** Failures in a row at which the name is locked; 0 for never. */
  readonly lockAfterFailures: number;
  readonly lockSeconds: number;
  /** A name that nobody tried for so long starts again from nothing. */
  readonly forgetAfterSeconds: number;
}

export interface LoginAttempts {
  /** Attempts since the last success; each counts as a failure until its password was found right. */
  readonly failures: number;
  readonly lastAtMs: number;
  /** No attempt is taken before this instant. */
  readonly blockedUntilMs: number;
}

export type AttemptDecision =
  | { readonly do: 'try'; readonly next: LoginAttempts }
  | { readonly do: 'refuse'; readonly retryAtMs: number; readonly isLocked: boolean };

/** Counts the attempt before its password is looked at, so that a thousand guesses at once are a thousand guesses. */
export function decideAttempt(
  standing: LoginAttempts | undefined,
  policy: LoginPolicy,
  nowMs: number,
): AttemptDecision {
  const isStale = standing === undefined || isOver(addSeconds(standing.lastAtMs, policy.forgetAfterSeconds), nowMs);
  if (!isOver(standing?.blockedUntilMs ?? 0, nowMs)) {
    const isLocked = isLocking(standing?.failures ?? 0, policy);
    return { do: 'refuse', retryAtMs: standing?.blockedUntilMs ?? nowMs, isLocked };
  }
  // A lock that is over has been paid for.
  const before = isStale || isLocking(standing.failures, policy) ? 0 : standing.failures;
  const failures = before + 1;
  return {
    do: 'try',
    next: { failures, lastAtMs: nowMs, blockedUntilMs: addSeconds(nowMs, waitSeconds(failures, policy)) },
  };
}

/** A second doubled so often is a thousand years. */
const mostDoublings = 35;

const isLocking = (failures: number, { lockAfterFailures }: LoginPolicy): boolean =>
  lockAfterFailures > 0 && failures >= lockAfterFailures;

function waitSeconds(failures: number, policy: LoginPolicy): number {
  if (isLocking(failures, policy)) return policy.lockSeconds;
  const beyond = failures - policy.freeFailures;
  if (beyond <= 0) return 0;
  // Bounded, because 0 seconds times infinity would be no number.
  return Math.min(policy.firstDelaySeconds * 2 ** Math.min(beyond - 1, mostDoublings), policy.longestDelaySeconds);
}
