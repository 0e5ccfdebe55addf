import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { sha256 } from './sha256.ts';

test('it is the SHA-256 of the platform for every length around a block, and for text beyond ASCII', () => {
  const texts = ['虎符', 'a'.repeat(100_000), ...Array.from({ length: 140 }, (_, length) => 'x'.repeat(length))];
  for (const text of texts) assert.equal(sha256(text), createHash('sha256').update(text).digest('hex'));
});
