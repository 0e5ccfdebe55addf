import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type KeyTimes, keyState } from '../core/keystate.ts';
import type { OpenKey } from './open-key.ts';
import { createSlot, type SlotKey } from './slot.ts';

const open = (id: string): OpenKey => ({
  id,
  algorithm: 'HS256',
  publicJwk: undefined,
  sign: () => id,
  signThreaded: () => id,
  makeSignature: () => id,
  check: () => false,
});

const key = (id: string, activeFromMs: number, retiresAtMs?: number, dropsAtMs?: number): SlotKey => ({
  open: open(id),
  times: { activeFromMs, retiresAtMs, dropsAtMs },
});

const seen = (slot: ReturnType<typeof createSlot>, nowMs: number): string => {
  const { signing, verifying } = slot.at(nowMs);
  return `${signing?.id ?? '-'}: ${verifying.map(({ id }) => id).join(' ')}`;
};

test('signing and verifying change at their instants, not one millisecond before', () => {
  const slot = createSlot([key('new', 2000), key('old', 1000, 2000, 3000)]);
  const cases: readonly (readonly [nowMs: number, expected: string])[] = [
    [1999, 'old: new old'],
    [2000, 'new: new old'],
    [2001, 'new: new old'],
    [2999, 'new: new old'],
    [3000, 'new: new'],
    [3001, 'new: new'],
  ];
  for (const [nowMs, expected] of cases) assert.equal(seen(slot, nowMs), expected, `${nowMs}`);
});

test('a clock that goes back finds what held then', () => {
  const slot = createSlot([key('new', 2000), key('old', 1000, 2000, 3000)]);
  for (const [nowMs, expected] of [
    [3000, 'new: new'],
    [1999, 'old: new old'],
    [2500, 'new: new old'],
    [1000, 'old: new old'],
  ] as const) {
    assert.equal(seen(slot, nowMs), expected, `${nowMs}`);
  }
});

test('between two instants the view is the same object, so that nothing is searched', () => {
  const slot = createSlot([key('new', 2000), key('old', 1000, 2000, 3000)]);
  assert.equal(slot.at(2000), slot.at(2999));
  assert.notEqual(slot.at(2999), slot.at(3000));
  assert.equal(slot.at(3000), slot.at(Number.MAX_SAFE_INTEGER));
});

test('of several keys that sign, the newest does', () => {
  assert.equal(seen(createSlot([key('c', 0), key('b', 0), key('a', 0)]), 1), 'c: c b a');
});

test('before the oldest key that is left, the first that will sign does', () => {
  assert.equal(seen(createSlot([key('new', 2000), key('old', 1000, 2000, 3000)]), 999), 'old: new old');
  assert.equal(seen(createSlot([key('b', 2000), key('a', 1000, 1500, 1600)]), 1700), 'b: b');
});

test('a slot whose keys are all over signs with none', () => {
  assert.equal(seen(createSlot([key('a', 0, 10, 20)]), 10), '-: a');
  assert.equal(seen(createSlot([key('a', 0, 10, 20)]), 20), '-: ');
  assert.equal(seen(createSlot([]), 0), '-: ');
});

test('whatever the times and however the clock jumps, the kept view is the one that a search would find', () => {
  const instant = fc.integer({ min: 0, max: 20 });
  const times: fc.Arbitrary<KeyTimes> = fc.record({
    activeFromMs: instant,
    retiresAtMs: fc.option(instant, { nil: undefined }),
    dropsAtMs: fc.option(instant, { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(times, { maxLength: 5 }), fc.array(fc.integer({ min: -2, max: 23 })), (all, clock) => {
      const keys = all.map((times, i) => ({ open: open(`${i}`), times }));
      const slot = createSlot(keys);
      for (const nowMs of clock) {
        const { signing, verifying } = slot.at(nowMs);
        const states = keys.map((one) => keyState(one.times, nowMs));
        const expected = states.includes('signing') ? states.indexOf('signing') : states.lastIndexOf('published');
        assert.equal(signing, keys[expected]?.open);
        assert.deepEqual(
          verifying.map(({ id }) => id),
          states.flatMap((state, i) => (state === 'dropped' ? [] : [`${i}`])),
        );
      }
    }),
    { numRuns: 500 },
  );
});
