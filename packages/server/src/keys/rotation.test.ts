import assert from 'node:assert/strict';
import test from 'node:test';
import { keyState } from '../core/keystate.ts';
import { sampleUse } from './ring.sample.ts';
import { successionAt } from './rotation.ts';

const nowMs = 1_730_257_365_559;

test('a new key is published at once, signs after the time ahead, and its predecessors verify one token’s life longer', () => {
  const { times, predecessorsEnd } = successionAt(sampleUse('ES256', 3600), 3600, nowMs, nowMs - 1);
  const activeFromMs = nowMs + 3_600_000;
  assert.deepEqual(times, { createdAtMs: nowMs, activeFromMs, retiresAtMs: undefined, dropsAtMs: undefined });
  assert.deepEqual(predecessorsEnd, { retiresAtMs: activeFromMs, dropsAtMs: activeFromMs + 86_400_000 });
});

test('with no time ahead a new key signs from this very moment', () => {
  const { times } = successionAt(sampleUse('HS256', 0), 0, nowMs, undefined);
  assert.equal(keyState(times, nowMs - 1), 'published');
  assert.equal(keyState(times, nowMs), 'signing');
});

test('a new key is newer than every other, although two were made in one millisecond or the clock went back', () => {
  const createdAtMs = (newest: number | undefined): number =>
    successionAt(sampleUse('HS256', 0), 0, nowMs, newest).times.createdAtMs;
  assert.equal(createdAtMs(undefined), nowMs);
  assert.equal(createdAtMs(nowMs - 1), nowMs);
  assert.equal(createdAtMs(nowMs), nowMs + 1);
  assert.equal(createdAtMs(nowMs + 5000), nowMs + 5001);
});
