/** An assertion by which a client proves itself or asks for a user's session (RFC 7523, section 3): what it says, judged. */

import type { AssertionProblem } from './reasons.ts';
import { addSeconds, secondMs } from './time.ts';

/** The claims of an assertion, as a dialect has read them. Times are unix seconds, and may have fractions (RFC 7519, section 2). */
export interface AssertionClaims {
  readonly issuer: string;
  readonly subject: AssertionSubject;
  /** Every audience that it names. */
  readonly audiences: readonly string[];
  readonly jti: string | undefined;
  readonly exp: number;
  readonly iat: number | undefined;
  readonly nbf: number | undefined;
}

export type AssertionSubject =
  /** @param create makes the user where the directory has none of this id. */
  | { readonly kind: 'user'; readonly id: string; readonly create: boolean }
  /** The account of the tenant itself. */
  | { readonly kind: 'service'; readonly id: string };

export interface AssertionPolicy {
  /** How far the caller's clock may be off, either way. */
  readonly leewaySeconds: number;
  /** How far ahead `exp` may lie, before the leeway. */
  readonly longestLifetimeSeconds: number;
  /** Least and most characters of a `jti`. */
  readonly jtiLength: { readonly minimum: number; readonly maximum: number };
  readonly requiresJti: boolean;
  /** Replayed ones are refused. */
  readonly singleUse: boolean;
}

/**
 * What is wrong with the claims, or `undefined`. Issuer and subject are the caller's to compare. Each comparison is made so
 * that what is no number fails it.
 */
export function assertionProblem(
  claims: AssertionClaims,
  policy: AssertionPolicy,
  audiences: readonly string[],
  nowMs: number,
): AssertionProblem | undefined {
  const { leewaySeconds, jtiLength } = policy;
  const { jti, exp, iat, nbf } = claims;
  if (!claims.audiences.some((one) => audiences.includes(one))) return 'aud';
  if (
    jti === undefined ? policy.requiresJti : [...jti].length < jtiLength.minimum || [...jti].length > jtiLength.maximum
  ) {
    return 'jti';
  }
  const isAlive = addSeconds(exp * secondMs, leewaySeconds) > nowMs;
  if (!isAlive) return 'exp';
  if (exp * secondMs > addSeconds(nowMs, policy.longestLifetimeSeconds + leewaySeconds)) return 'lifetime';
  const hasCome = (seconds: number): boolean => seconds * secondMs <= addSeconds(nowMs, leewaySeconds);
  if (iat !== undefined && !hasCome(iat)) return 'iat';
  if (nbf !== undefined && !hasCome(nbf)) return 'nbf';
  return undefined;
}

/** From here on its own end refuses it, whatever the caller's clock: a whole millisecond. */
export const assertionOverMs = (
  { exp }: Pick<AssertionClaims, 'exp'>,
  { leewaySeconds }: Pick<AssertionPolicy, 'leewaySeconds'>,
): number => Math.ceil(addSeconds(exp * secondMs, leewaySeconds));

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isSeconds = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** Reads the standard claims (RFC 7519, section 4.1), or names the one that is wrong. */
export function readClientAssertion(payload: Record<string, unknown>): AssertionClaims | AssertionProblem {
  const { iss, sub, aud, jti, exp, iat, nbf } = payload;
  if (!isText(iss)) return 'iss';
  if (!isText(sub)) return 'sub';
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud];
  if (audiences.length === 0 || !audiences.every(isText)) return 'aud';
  if (jti !== undefined && !isText(jti)) return 'jti';
  if (!isSeconds(exp)) return 'exp';
  if (iat !== undefined && !isSeconds(iat)) return 'iat';
  if (nbf !== undefined && !isSeconds(nbf)) return 'nbf';
  return { issuer: iss, subject: { kind: 'user', id: sub, create: false }, audiences, jti, exp, iat, nbf };
}
