/** The access token of PDS, and the assertion by which a JWT application proves itself. */

import type { SubType } from './facts.ts';

/** doc: decoded from the token that the API reference prints. No `kid`. */
export const jwtHeader = '{"alg":"RS256","typ":"JWT"}';

/** What `customJson` holds, as text. */
export interface CustomClaims {
  readonly clientId: string;
  readonly domainId: string;
  readonly scope: readonly string[];
  readonly role: string;
  /** Our grant id; what the vendor's `ref` means is not published. */
  readonly ref: string;
  readonly device_id: string;
  /** Ours, behind the documented members: generation of the session that the token belongs to. */
  readonly generation: number;
}

export interface AccessTokenClaims {
  readonly userId: string;
  readonly custom: CustomClaims;
  /** Unix seconds. */
  readonly exp: number;
  readonly iat: number;
}

/** Compact JSON in the documented order. */
export function accessTokenPayload({ userId, custom, exp, iat }: AccessTokenClaims): string {
  const { clientId, domainId, scope, role, ref, device_id, generation } = custom;
  const customJson = JSON.stringify({ clientId, domainId, scope, role, ref, device_id, generation });
  return JSON.stringify({ userId, customJson, exp, iat });
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value);

/** Reads a decoded access token; `undefined` where it is none of ours. */
export function readAccessToken(payload: Record<string, unknown>): AccessTokenClaims | undefined {
  const { userId, customJson, exp, iat } = payload;
  if (typeof userId !== 'string' || typeof customJson !== 'string' || !isCount(exp) || !isCount(iat)) return undefined;
  const custom = readCustom(customJson);
  return custom && { userId, custom, exp, iat };
}

function readCustom(text: string): CustomClaims | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { clientId, domainId, scope, role, ref, device_id, generation } = value as Record<string, unknown>;
  if (typeof clientId !== 'string' || typeof domainId !== 'string' || typeof role !== 'string') return undefined;
  if (typeof ref !== 'string' || typeof device_id !== 'string' || !isCount(generation)) return undefined;
  if (!Array.isArray(scope) || !scope.every((word) => typeof word === 'string')) return undefined;
  return { clientId, domainId, scope, role, ref, device_id, generation };
}

/** doc 175893, in the vendor's own words; what the SDK sends stands in `facts.ts`. */
export interface AssertionClaims {
  /** App ID. */
  readonly iss: string;
  /** User id, or domain id for the service account. */
  readonly sub: string;
  readonly sub_type: SubType;
  /** Domain id. */
  readonly aud: string;
  readonly jti: string;
  /** Unix seconds. */
  readonly exp: number;
  readonly iat: number | undefined;
  readonly nbf: number | undefined;
  readonly auto_create: boolean;
}

/** What is wrong with an assertion's payload: the name of the claim. */
export type AssertionProblem = 'iss' | 'sub' | 'sub_type' | 'aud' | 'jti' | 'exp' | 'iat' | 'nbf' | 'auto_create';

/** Reads a decoded assertion whose form is right; times and signature are not looked at. */
export function readAssertion(payload: Record<string, unknown>): AssertionClaims | AssertionProblem {
  const { iss, sub, sub_type, aud, jti, exp, iat, nbf, auto_create = false } = payload;
  const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
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
