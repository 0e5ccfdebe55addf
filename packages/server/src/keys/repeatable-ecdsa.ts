/**
 * ES256 signatures that come out the same each time (RFC 6979), for the emulator under a seed: OpenSSL draws a number for each
 * signature, whatever the seed is. Not made to hide its timing from an attacker: a real server never comes here.
 */

import { createECDH, createHmac, hash, type KeyObject } from 'node:crypto';

/** Number of points of P-256 (SEC 2, section 2.4.2). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const bytes = 32;

/** @param key private, on P-256. @returns `r ‖ s` in base64url (RFC 7518, section 3.4). */
export function repeatableMaker(key: KeyObject): (signingInput: string) => string {
  const { d = '' } = key.export({ format: 'jwk' });
  const secret = numberOf(Buffer.from(d, 'base64url'));
  return (signingInput) => {
    const digest = numberOf(hash('sha256', signingInput, 'buffer')) % order;
    for (const k of candidates(secret, digest)) {
      const r = xOf(k) % order;
      const s = (inverse(k) * (digest + r * secret)) % order;
      if (r !== 0n && s !== 0n) return Buffer.concat([octets(r), octets(s)]).toString('base64url');
    }
    throw new Error('RFC 6979 names no end of candidates');
  };
}

/** The numbers of section 3.2, of which nearly always the first is taken. */
function* candidates(secret: bigint, digest: bigint): Generator<bigint> {
  const seed = Buffer.concat([octets(secret), octets(digest)]);
  const mac = (key: Uint8Array, ...parts: Uint8Array[]): Buffer =>
    createHmac('sha256', key).update(Buffer.concat(parts)).digest();
  let value: Buffer = Buffer.alloc(bytes, 1);
  let key: Buffer = Buffer.alloc(bytes, 0);
  for (const step of [0, 1]) {
    key = mac(key, value, Buffer.from([step]), seed);
    value = mac(key, value);
  }
  for (;;) {
    value = mac(key, value);
    const k = numberOf(value);
    if (k > 0n && k < order) yield k;
    key = mac(key, value, Buffer.from([0]));
    value = mac(key, value);
  }
}

/** The first coordinate of k·G, which OpenSSL knows as the public half of k. */
function xOf(k: bigint): bigint {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(octets(k));
  return numberOf(curve.getPublicKey().subarray(1, 1 + bytes));
}

const numberOf = (value: Uint8Array): bigint => BigInt(`0x${Buffer.from(value).toString('hex')}`);

const octets = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(2 * bytes, '0'), 'hex');

/** By Fermat's little theorem: the order is a prime. */
function inverse(value: bigint): bigint {
  let result = 1n;
  let base = value;
  for (let exponent = order - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % order;
    base = (base * base) % order;
  }
  return result;
}
