/** Assertions as a client signs them (RFC 7523): with keys of node:crypto, and with what an attacker would change. */

import { createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject, randomUUID, sign } from 'node:crypto';

export type AssertionAlgorithm = 'RS256' | 'ES256';

export interface AssertionKey {
  readonly algorithm: AssertionAlgorithm;
  /** For the `kid` of a header and of a key set. */
  readonly id: string;
  readonly privateKey: KeyObject;
  /** SubjectPublicKeyInfo in PEM, as an operator uploads it. */
  readonly publicPem: string;
  /** The same as a JWK, with `kid`, `alg` and `use`. */
  readonly publicJwk: JsonWebKey;
}

export interface AssertionClaims {
  readonly iss?: unknown;
  readonly sub?: unknown;
  readonly aud?: unknown;
  /** Unix seconds. */
  readonly exp?: unknown;
  readonly iat?: unknown;
  readonly nbf?: unknown;
  readonly jti?: unknown;
  readonly [other: string]: unknown;
}

export function makeAssertionKey(algorithm: AssertionAlgorithm): AssertionKey {
  const { privateKey } =
    algorithm === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKey = createPublicKey(privateKey);
  const id = randomUUID();
  return {
    algorithm,
    id,
    privateKey,
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    publicJwk: { ...publicKey.export({ format: 'jwk' }), kid: id, alg: algorithm, use: 'sig' },
  };
}

const kept = new Map<AssertionAlgorithm, AssertionKey>();

/** One key of each kind for a whole test file: making an RSA key takes longer than most tests. */
export function assertionKey(algorithm: AssertionAlgorithm): AssertionKey {
  const key = kept.get(algorithm) ?? makeAssertionKey(algorithm);
  kept.set(algorithm, key);
  return key;
}

/** Good for five minutes, with an id of its own; `change` says otherwise, and `undefined` leaves a claim out. */
export function assertionClaims(
  {
    issuer,
    subject = issuer,
    audience,
  }: { readonly issuer: string; readonly subject?: string; readonly audience: string },
  nowMs: number,
  change: AssertionClaims = {},
): AssertionClaims {
  const iat = Math.floor(nowMs / 1000);
  return { iss: issuer, sub: subject, aud: audience, iat, exp: iat + 300, jti: randomUUID(), ...change };
}

/** @param header members that take the place of the usual ones; `undefined` leaves one out. */
export function signAssertion(
  key: AssertionKey,
  claims: AssertionClaims,
  header: Record<string, unknown> = {},
): string {
  const text = `${encode({ alg: key.algorithm, typ: 'JWT', kid: key.id, ...header })}.${encode(claims)}`;
  // JWS has r and s of an ES256 signature side by side (RFC 7518, section 3.4); for RSA the member has no meaning.
  const signature = sign('sha256', Buffer.from(text), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
