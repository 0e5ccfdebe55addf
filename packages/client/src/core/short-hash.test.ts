import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortHash } from './short-hash.ts';

test('texts that differ a little have hashes that differ a lot, spread evenly below 2^53', () => {
  const hashes = Array.from({ length: 20_000 }, (_, n) => shortHash(`sample:alice ${n}`));
  assert.equal(new Set(hashes).size, hashes.length);
  assert.ok(hashes.every((hash) => Number.isSafeInteger(hash) && hash >= 0));
  const tenths = Array.from({ length: 10 }, () => 0);
  for (const hash of hashes) {
    const tenth = Math.floor((hash / 2 ** 53) * 10);
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
  }
  assert.ok(
    tenths.every((count) => count > 1_800 && count < 2_200),
    tenths.join(),
  );
  assert.equal(shortHash('虎符'), shortHash('虎符'));
});
