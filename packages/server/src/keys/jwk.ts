/** Public keys as others see them (RFC 7517), and their names (RFC 7638). No private member can get in. */

import { hash, type KeyObject } from 'node:crypto';
import type { Algorithm } from '../core/token.ts';
import { publicHalf } from './algorithms.ts';

interface EcMembers {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
}

interface RsaMembers {
  readonly kty: 'RSA';
  readonly n: string;
  readonly e: string;
}

export type PublicMembers = EcMembers | RsaMembers;

export type PublicJwk = PublicMembers & {
  readonly use: 'sig';
  readonly alg: Algorithm;
  readonly kid: string;
};

/** The public half of a key, without a name; `undefined` for a secret, which has none. */
export function publicMembers(key: KeyObject): PublicMembers | undefined {
  if (key.type === 'secret') return undefined;
  const { kty, crv, x, y, n, e } = publicHalf(key).export({ format: 'jwk' });
  if (kty === 'EC' && crv === 'P-256' && x && y) return { kty, crv, x, y };
  if (kty === 'RSA' && n && e) return { kty, n, e };
  throw new Error('A public key is neither of P-256 nor of RSA');
}

/** SHA-256 over the required members in alphabetical order (RFC 7638, section 3). */
export function thumbprint(members: PublicMembers): string {
  return hash('sha256', canonicalText(members), 'base64url');
}

function canonicalText(members: PublicMembers): string {
  switch (members.kty) {
    case 'EC':
      return JSON.stringify({ crv: members.crv, kty: members.kty, x: members.x, y: members.y });
    case 'RSA':
      return JSON.stringify({ e: members.e, kty: members.kty, n: members.n });
  }
}
