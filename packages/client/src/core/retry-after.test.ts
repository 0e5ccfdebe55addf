import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retryAfterMs } from './retry-after.ts';

const nowMs = Date.parse('2026-11-22T08:00:00Z');

test('seconds are taken as they are, a date by the clock of the server', () => {
  assert.equal(retryAfterMs('7', nowMs), 7_000);
  assert.equal(retryAfterMs(' 0 ', nowMs), 0);
  assert.equal(retryAfterMs('Sun, 22 Nov 2026 08:01:00 GMT', nowMs), 60_000);
  assert.equal(retryAfterMs('Sun, 22 Nov 2026 07:59:00 GMT', nowMs), 0);
});

test('what makes no sense says nothing', () => {
  for (const header of [null, '', 'soon', '-5', '1.5', '9999999999']) {
    assert.equal(retryAfterMs(header, nowMs), undefined);
  }
});
