/** Assertions, signed ahead on every core: each is good once, and for minutes only. */

import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';

export type AssertionAlgorithm = 'RS256' | 'ES256';

export interface AssertionKey {
  readonly algorithm: AssertionAlgorithm;
  readonly privateKey: KeyObject;
  /** SubjectPublicKeyInfo, as an operator uploads it. */
  readonly publicPem: string;
}

export function newAssertionKey(algorithm: AssertionAlgorithm): AssertionKey {
  const { privateKey } =
    algorithm === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicPem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
  return { algorithm, privateKey, publicPem };
}

const signOnThread = promisify(sign);
/** Enough for every thread of the pool to have work. */
const atOnce = 32;

/** @param payloadOf JSON text of the claims, in which the number makes a difference. */
export async function signAssertions(
  { algorithm, privateKey }: AssertionKey,
  count: number,
  payloadOf: (number: number) => string,
): Promise<string[]> {
  // For RSA the member has no meaning; JWS has r and s of ES256 side by side (RFC 7518, section 3.4).
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const;
  const header = encode(JSON.stringify({ alg: algorithm, typ: 'JWT' }));
  const assertions: string[] = [];
  let number = 0;
  async function signer(): Promise<void> {
    while (number < count) {
      const input = `${header}.${encode(payloadOf(number++))}`;
      assertions.push(`${input}.${(await signOnThread('sha256', Buffer.from(input), key)).toString('base64url')}`);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, signer));
  return assertions;
}

const encode = (text: string): string => Buffer.from(text).toString('base64url');
