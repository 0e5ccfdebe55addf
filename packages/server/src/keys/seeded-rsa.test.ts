import assert from 'node:assert/strict';
import { checkPrimeSync, createPublicKey, sign, verify } from 'node:crypto';
import { describe, it } from 'node:test';
import { seededRandom } from '../emulator/seeded-random.ts';
import { publicMembers, thumbprint } from './jwk.ts';
import { seededRsa } from './seeded-rsa.ts';

const numberOf = (text: string | undefined): bigint =>
  BigInt(`0x${Buffer.from(text ?? '', 'base64url').toString('hex')}`);

describe('an RSA key from a seed', async () => {
  const key = await seededRsa(seededRandom('a'));
  const { n, e, d, p, q } = key.export({ format: 'jwk' });

  it('is the same for the same seed, in every process, and another for another', async () => {
    assert.equal((await seededRsa(seededRandom('a'))).equals(key), true);
    assert.equal((await seededRsa(seededRandom('b'))).equals(key), false);
    const members = publicMembers(key);
    assert.ok(members);
    assert.equal(thumbprint(members), 'KY4KdPuQ77THm9u4qh8P9F7J7HnhIp4dczFtjqaWLVs');
  });

  it('draws all of its randomness at once', async () => {
    const random = seededRandom('a');
    const made = seededRsa(random);
    const next = random.hex(8);
    await made;
    const again = seededRandom('a');
    await seededRsa(again);
    assert.equal(again.hex(8), next);
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
