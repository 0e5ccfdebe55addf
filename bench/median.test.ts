import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median } from './median.ts';

test('the median is the middle value of an odd number, whatever their order', () => {
  assert.equal(median([30, 1, 2]), 2);
});

test('the median is half way between the two middle values of an even number', () => {
  assert.equal(median([4, 1, 100, 2]), 3);
});

test('a median of nothing is a mistake', () => {
  assert.throws(() => median([]));
});
