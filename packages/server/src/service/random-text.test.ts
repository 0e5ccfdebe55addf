import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alphabets, randomSecret, randomText } from './random-text.ts';

/** Gives the bytes of a script, in order. */
function scripted(...bytes: number[]) {
  let at = 0;
  return {
    bytes(count: number) {
      at += count;
      return Uint8Array.from(bytes.slice(at - count, at));
    },
    hex: () => '',
  };
}

describe('random text', () => {
  it('passes over bytes that would make the first characters likelier', () => {
    // 248 is the largest multiple of 62 in a byte: 247 is the last fair one.
    assert.equal(randomText(scripted(247, 248, 255, 0), alphabets.base62, 2), 'z0');
    // 252 is the largest multiple of 36.
    assert.equal(randomText(scripted(251, 252, 35), alphabets.upperDigits, 2), '99');
  });

  it('has exactly the length that was asked for', () => {
    assert.equal(randomText(scripted(255, 1, 255, 255, 2, 3), alphabets.digits, 3), '123');
    assert.equal(randomText(scripted(), alphabets.digits, 0), '');
  });

  it('carries 256 bits in a secret', () => {
    const bytes = Array.from({ length: 43 }, (_, n) => n);
    const secret = randomSecret(scripted(...bytes));
    assert.equal(secret.length, 43);
    assert.ok(secret.length * Math.log2(alphabets.base62.length) >= 256);
    assert.equal(new Set(alphabets.base62).size, 62);
    assert.equal(new Set(alphabets.upperDigits).size, 36);
  });
});
