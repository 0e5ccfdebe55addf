/** Decides how long a new grant and its access tokens live. */

import type { LifetimePolicy, LifetimeRange } from './policy.ts';
import { accept, type Decision, refuse } from './reasons.ts';
import { addSeconds, secondMs, unixSeconds } from './time.ts';

export interface IssueAsk {
  /** Named as the dialect names them, for the refusal. */
  readonly grantLifetime: { readonly name: string; readonly seconds: number | undefined };
  readonly accessTokenLifetime: { readonly name: string; readonly seconds: number | undefined };
}

export interface Lifetimes {
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
  readonly accessTokenLifetimeSeconds: number;
}

/** Both ends belong to the range; what is no number lies outside. */
export const within = (range: LifetimeRange, seconds: number): boolean =>
  seconds >= range.minimumSeconds && seconds <= range.maximumSeconds;

/**
 * The grant ends on a whole second, `lifetime` after the second of issue. An access token lives the least of what was
 * asked, the grant's life and what is left of the caller's own temporary credentials.
 *
 * @param callerEndsAtMs end of the caller's temporary credentials, where they are temporary.
 */
export function decideIssue(
  policy: LifetimePolicy,
  ask: IssueAsk,
  nowMs: number,
  callerEndsAtMs: number | undefined,
): Decision<Lifetimes> {
  const grantSeconds = ask.grantLifetime.seconds ?? policy.grant.defaultSeconds;
  if (!within(policy.grant, grantSeconds)) return outOfRange(ask.grantLifetime.name, policy.grant);
  const accessSeconds = ask.accessTokenLifetime.seconds ?? Math.min(policy.accessToken.defaultSeconds, grantSeconds);
  if (!within(policy.accessToken, accessSeconds)) return outOfRange(ask.accessTokenLifetime.name, policy.accessToken);
  if (accessSeconds > grantSeconds && policy.overlongAccessToken === 'refuse') {
    return refuse({
      code: 'lifetime_out_of_range',
      name: ask.accessTokenLifetime.name,
      maximumSeconds: grantSeconds,
    });
  }
  const second = unixSeconds(nowMs) * secondMs;
  return accept({
    issuedAtMs: nowMs,
    expiresAtMs: addSeconds(second, grantSeconds),
    accessTokenLifetimeSeconds: Math.min(accessSeconds, grantSeconds, secondsLeft(callerEndsAtMs, nowMs)),
  });
}

/** Whole seconds from the second of `nowMs` until `endAtMs`, never negative; infinite where nothing ends. */
export function secondsLeft(endAtMs: number | undefined, nowMs: number): number {
  if (endAtMs === undefined) return Number.POSITIVE_INFINITY;
  return Math.max(0, unixSeconds(endAtMs) - unixSeconds(nowMs));
}

export const outOfRange = (name: string, range: LifetimeRange) =>
  refuse({ code: 'lifetime_out_of_range', name, maximumSeconds: range.maximumSeconds });
