import assert from 'node:assert/strict';
import test from 'node:test';
import { systemRandom } from './random.ts';

test('hexadecimal digits come in the number that was asked for, odd ones too', () => {
  for (const digits of [0, 1, 2, 15, 16, 20, 31, 16_384, 16_385, 40_001]) {
    assert.match(systemRandom.hex(digits), new RegExp(`^[0-9a-f]{${digits}}$`));
  }
});

test('no digits come twice, over many refills of the pool', () => {
  // 50,000 draws of 64 bits: two equal ones by chance would be met once in ten thousand million runs.
  const seen = new Set(Array.from({ length: 50_000 }, () => systemRandom.hex(16)));
  assert.equal(seen.size, 50_000);
});

test('every digit is about equally common', () => {
  const counts = new Map<string, number>();
  for (const digit of systemRandom.hex(160_000)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  assert.equal(counts.size, 16);
  // Ten standard deviations, so that chance never fails the test.
  for (const count of counts.values()) assert.ok(Math.abs(count - 10_000) < 970, `${count}`);
});

test('bytes come in the number that was asked for, and are the caller’s own', () => {
  for (const count of [0, 1, 12, 32, 10_000]) assert.equal(systemRandom.bytes(count).length, count);
  const first = systemRandom.bytes(32);
  const before = Buffer.from(first).toString('hex');
  const second = systemRandom.bytes(32);
  assert.notDeepEqual(second, first);
  second.fill(0);
  assert.equal(Buffer.from(first).toString('hex'), before);
});
