/** Judges the claims of an assertion by the server's clock; in an emulator, whose clock may be moved, also by the callers' own. */

import { type AssertionClaims, type AssertionPolicy, assertionProblem } from '../core/assertion.ts';
import type { AssertionProblem } from '../core/reasons.ts';
import type { Clock } from './ports.ts';

export interface AssertionClocks {
  /** A second clock by which callers may sign; only an emulator has one. */
  readonly callersClock?: Clock | undefined;
}

export function judgeAssertion(
  { callersClock }: AssertionClocks,
  claims: AssertionClaims,
  policy: AssertionPolicy,
  audiences: readonly string[],
  nowMs: number,
): AssertionProblem | undefined {
  const problem = assertionProblem(claims, policy, audiences, nowMs);
  if (problem === undefined || !callersClock) return problem;
  return assertionProblem(claims, policy, audiences, callersClock.nowMs()) === undefined ? undefined : problem;
}
