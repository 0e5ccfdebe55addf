import assert from 'node:assert/strict';
import { checkPrimeSync, createPublicKey, sign, verify } from 'node:crypto';
import { describe, it } from 'node:test';
import { seededRandom } from '../emulator/seeded-random.ts';
import { seededRsa } from './seeded-rsa.ts';

const numberOf = (text: string | undefined): bigint =>
  BigInt(`0x${Buffer.from(text ?? '', 'base64url').toString('hex')}`);

describe('an RSA key from a seed', () => {
  const key = seededRsa(seededRandom('a'));
  const { n, e, d, p, q } = key.export({ format: 'jwk' });

  it('is the same for the same seed, and another for another', () => {
    assert.equal(seededRsa(seededRandom('a')).equals(key), true);
    assert.equal(seededRsa(seededRandom('b')).equals(key), false);
  });

  it('is RSA-2048 with the usual exponent, of two different primes', () => {
    assert.equal(key.asymmetricKeyDetails?.modulusLength, 2048);
    assert.equal(key.asymmetricKeyDetails?.publicExponent, 65_537n);
    assert.equal(e, 'AQAB');
    assert.equal(numberOf(n), numberOf(p) * numberOf(q));
    assert.notEqual(p, q);
    for (const one of [p, q]) assert.equal(checkPrimeSync(numberOf(one)), true);
  });

  it('has the exponent that undoes the public one', () => {
    for (const one of [p, q]) assert.equal((numberOf(d) * 65_537n) % (numberOf(one) - 1n), 1n);
  });

  it('signs what its public half verifies', () => {
    const data = Buffer.from('text');
    const signature = sign('sha256', data, key);
    assert.equal(verify('sha256', data, createPublicKey(key), signature), true);
  });
});
