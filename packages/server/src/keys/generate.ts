/** Makes signing keys. */

import { createECDH, createPrivateKey, createSecretKey, generateKeyPair, type KeyObject } from 'node:crypto';
import type { Algorithm } from '../core/token.ts';
import type { Random } from '../service/ports.ts';
import { publicMembers, thumbprint } from './jwk.ts';
import { seededRsa } from './seeded-rsa.ts';

export interface GeneratedKey {
  /** RFC 7638 thumbprint; 16 random hexadecimal digits for a secret, whose hash is nobody's business. */
  readonly id: string;
  /** Secret of HS256, private key of the others. */
  readonly key: KeyObject;
}

const secretBytes = 32;
const rsaModulusBits = 2048;

/**
 * HS256 and ES256 keys come from `random` alone, and RS256 keys where it repeats: so a seeded emulator makes the same
 * ones again. OpenSSL searches for primes with its own randomness, whatever the seed is.
 */
export async function generateKey(algorithm: Algorithm, random: Random): Promise<GeneratedKey> {
  switch (algorithm) {
    case 'HS256': {
      const key = createSecretKey(random.bytes(secretBytes));
      return { id: random.hex(16), key };
    }
    case 'ES256':
      return named(generateP256(random));
    case 'RS256':
      return named(await (random.repeats ? seededRsa(random) : generateRsa()));
  }
}

function named(key: KeyObject): GeneratedKey {
  const members = publicMembers(key);
  if (!members) throw new Error('A key pair has no public half');
  return { id: thumbprint(members), key };
}

/** Number of points of P-256 (FIPS 186-5; SEC 2, section 2.4.2): a private key is less, and not zero. */
const p256Order = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex');
const p256Bytes = 32;

function generateP256(random: Random): KeyObject {
  const curve = createECDH('prime256v1');
  const scalar = p256Scalar(random);
  curve.setPrivateKey(scalar);
  // 0x04 ‖ x ‖ y
  const point = curve.getPublicKey();
  const [x, y] = [point.subarray(1, 1 + p256Bytes), point.subarray(1 + p256Bytes)].map((n) => n.toString('base64url'));
  if (x === undefined || y === undefined) throw new Error('A point of P-256 has two coordinates');
  return createPrivateKey({
    key: { kty: 'EC', crv: 'P-256', x, y, d: scalar.toString('base64url') },
    format: 'jwk',
  });
}

/** Drawn again until it lies in range, which keeps every key equally likely; a second draw comes once in 2³² keys. */
function p256Scalar(random: Random): Buffer {
  for (;;) {
    const scalar = Buffer.from(random.bytes(p256Bytes));
    if (scalar.compare(p256Order) < 0 && scalar.some((byte) => byte !== 0)) return scalar;
  }
}

function generateRsa(): Promise<KeyObject> {
  return new Promise((resolve, reject) => {
    generateKeyPair('rsa', { modulusLength: rsaModulusBits }, (error, _publicKey, privateKey) => {
      if (error) reject(error);
      else resolve(privateKey);
    });
  });
}
