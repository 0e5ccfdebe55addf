/** The assertion by which a JWT application proves itself: what its payload says, written and read. */

import { jwtHeader } from './claims.ts';
import { type SubType, sdkAssertionSpreadSeconds } from './facts.ts';

/** sdk: the same header as that of an access token, without `kid`. */
export const assertionHeader = jwtHeader;

/** doc 175893. */
export interface AssertionClaims {
  /** App ID. */
  readonly iss: string;
  /** User id, or domain id for the service account. */
  readonly sub: string;
  readonly sub_type: SubType;
  /** Domain id: one string, no list. */
  readonly aud: string;
  readonly jti: string;
  /** Unix seconds. */
  readonly exp: number;
  /** sdk: sent. What is documented of it could not be read. */
  readonly iat: number | undefined;
  /** source: a member of the structure `JWTPayload`; sdk: never sent. */
  readonly nbf: number | undefined;
  readonly auto_create: boolean;
}

/** For whom a token is asked: one user, or the service account of the domain. */
export type AssertionSubject =
  | { readonly type: 'user'; readonly userId: string; readonly autoCreate?: boolean | undefined }
  | { readonly type: 'service' };

export interface AssertionRequest {
  readonly clientId: string;
  readonly domainId: string;
  readonly subject: AssertionSubject;
  /** Unique; documented are 16 to 128 characters. */
  readonly jti: string;
  /** Unix seconds, whole. */
  readonly nowSeconds: number;
}

/** The claims that the SDK would send at that second: 300 s to either side, `auto_create` always there. */
export function assertionClaims({ clientId, domainId, subject, jti, nowSeconds }: AssertionRequest): AssertionClaims {
  return {
    iss: clientId,
    sub: subject.type === 'user' ? subject.userId : domainId,
    sub_type: subject.type,
    aud: domainId,
    jti,
    exp: nowSeconds + sdkAssertionSpreadSeconds,
    iat: nowSeconds - sdkAssertionSpreadSeconds,
    nbf: undefined,
    auto_create: subject.type === 'user' && subject.autoCreate === true,
  };
}

/** Compact JSON in the SDK's order; `nbf`, which it never sends, stands where its source has it commented out. */
export function assertionPayload(claims: AssertionClaims): string {
  const { iss, sub, sub_type, aud, jti, exp, iat, nbf, auto_create } = claims;
  return JSON.stringify({ iss, sub, sub_type, aud, jti, exp, iat, nbf, auto_create });
}

/** What is wrong with an assertion's payload: the name of the claim. */
export type AssertionProblem = keyof AssertionClaims;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value);

/** Reads a decoded assertion whose form is right; times, lengths and signature are not looked at. */
export function readAssertion(payload: Record<string, unknown>): AssertionClaims | AssertionProblem {
  const { iss, sub, sub_type, aud, jti, exp, iat, nbf, auto_create = false } = payload;
  if (!isText(iss)) return 'iss';
  if (!isText(sub)) return 'sub';
  if (sub_type !== 'user' && sub_type !== 'service') return 'sub_type';
  if (!isText(aud)) return 'aud';
  if (!isText(jti)) return 'jti';
  if (!isCount(exp)) return 'exp';
  if (iat !== undefined && !isCount(iat)) return 'iat';
  if (nbf !== undefined && !isCount(nbf)) return 'nbf';
  if (typeof auto_create !== 'boolean') return 'auto_create';
  return { iss, sub, sub_type, aud, jti, exp, iat, nbf, auto_create };
}
