import assert from 'node:assert/strict';
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { derSignature, rawSignature } from './ecdsa-signature.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const p1363 = { dsaEncoding: 'ieee-p1363' } as const;

/** A number below 2^256 of so many bytes, the first of which is `first`. */
const half = (bytes: number, first: number): Buffer => {
  const value = Buffer.alloc(32, 0x5a);
  value.fill(0, 0, 32 - bytes);
  if (bytes > 0) value[32 - bytes] = first;
  return value;
};
const integer = (digits: string): string => `02${(digits.length / 2).toString(16).padStart(2, '0')}${digits}`;
const sequence = (...digits: string[]): Buffer => {
  const text = digits.map(integer).join('');
  return Buffer.from(`30${(text.length / 2).toString(16).padStart(2, '0')}${text}`, 'hex');
};

test('an integer is written in as few bytes as it takes, with a zero before a first bit that is set', () => {
  for (const [bytes, first, digits] of [
    [0, 0, '00'],
    [1, 0x01, '01'],
    [1, 0x7f, '7f'],
    [1, 0x80, '0080'],
    [31, 0x7f, `7f${'5a'.repeat(30)}`],
    [31, 0x80, `0080${'5a'.repeat(30)}`],
    [32, 0x7f, `7f${'5a'.repeat(31)}`],
    [32, 0x80, `0080${'5a'.repeat(31)}`],
  ] as const) {
    const other = half(32, 0x11);
    const otherDigits = other.toString('hex');
    for (const [raw, der] of [
      [Buffer.concat([half(bytes, first), other]), sequence(digits, otherDigits)],
      [Buffer.concat([other, half(bytes, first)]), sequence(otherDigits, digits)],
    ] as const) {
      assert.deepEqual(derSignature(raw), der, `${bytes} bytes from ${first}`);
      assert.deepEqual(rawSignature(der), raw, `${bytes} bytes from ${first}`);
    }
  }
});

test('to DER and back is the same, whatever the two numbers are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), (raw) => {
      const der = derSignature(raw);
      assert.ok(der);
      assert.deepEqual(rawSignature(der), Buffer.from(raw));
    }),
  );
});

test('both forms are those of node:crypto', () => {
  // One in 128 has a half that begins with a zero byte.
  for (let number = 0; number < 1000; number++) {
    const data = Buffer.from(String(number));
    assert.equal(
      verify('sha256', data, { key: publicKey, ...p1363 }, rawSignature(sign('sha256', data, privateKey))),
      true,
    );
    const der = derSignature(sign('sha256', data, { key: privateKey, ...p1363 }));
    assert.ok(der);
    assert.equal(verify('sha256', data, publicKey, der), true);
  }
});

test('a raw signature has 64 bytes', () => {
  assert.equal(derSignature(Buffer.alloc(63)), undefined);
  assert.notEqual(derSignature(Buffer.alloc(64)), undefined);
  assert.equal(derSignature(Buffer.alloc(65)), undefined);
  assert.equal(derSignature(Buffer.alloc(0)), undefined);
});

test('what OpenSSL would never give is not taken for a signature', () => {
  const good = sequence('01', '02');
  for (const bad of [
    Buffer.alloc(0),
    good.subarray(0, -1),
    Buffer.concat([good, Buffer.alloc(1)]),
    Buffer.from(good.toString('hex').replace(/^30/, '31'), 'hex'),
    Buffer.from(good.toString('hex').replace('020102', '030102'), 'hex'),
    sequence('01', '11'.repeat(33)),
  ]) {
    assert.throws(() => rawSignature(bad), TypeError, bad.toString('hex'));
  }
});
