import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type KeyState, type KeyTimes, keyState } from './keystate.ts';

const rotated: KeyTimes = { activeFromMs: 1_000, retiresAtMs: 2_000, dropsAtMs: 3_000 };
const current: KeyTimes = { activeFromMs: 1_000, retiresAtMs: undefined, dropsAtMs: undefined };

describe('a signing key', () => {
  const table: [number, KeyState][] = [
    [999, 'published'],
    [1_000, 'signing'],
    [1_001, 'signing'],
    [1_999, 'signing'],
    [2_000, 'retiring'],
    [2_001, 'retiring'],
    [2_999, 'retiring'],
    [3_000, 'dropped'],
    [3_001, 'dropped'],
  ];
  for (const [nowMs, state] of table) {
    it(`is ${state} at ${nowMs} ms`, () => assert.equal(keyState(rotated, nowMs), state));
  }

  it('signs for ever while it has no successor', () => {
    assert.equal(keyState(current, 999), 'published');
    assert.equal(keyState(current, 1_000), 'signing');
    assert.equal(keyState(current, Number.MAX_SAFE_INTEGER), 'signing');
  });

  it('that is retired before it ever signed only waits for its turn to go', () => {
    const skipped: KeyTimes = { activeFromMs: 1_000, retiresAtMs: 500, dropsAtMs: 600 };
    assert.deepEqual(
      [500, 600].map((nowMs) => keyState(skipped, nowMs)),
      ['published', 'dropped'],
    );
  });

  it('only ever moves forward through its states', () => {
    const order: KeyState[] = ['published', 'signing', 'retiring', 'dropped'];
    const times = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(times, times, times, times, times, (active, signs, verifies, first, later) => {
        const key: KeyTimes = {
          activeFromMs: active,
          retiresAtMs: active + signs,
          dropsAtMs: active + signs + verifies,
        };
        const before = order.indexOf(keyState(key, first));
        const after = order.indexOf(keyState(key, first + later));
        assert.ok(before <= after);
      }),
    );
  });

  it('hands over to a successor without a gap and without two that sign', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 0, max: 10_000 }), (handover, nowMs) => {
        const old: KeyTimes = { activeFromMs: 0, retiresAtMs: handover, dropsAtMs: handover + 100 };
        const next: KeyTimes = { activeFromMs: handover, retiresAtMs: undefined, dropsAtMs: undefined };
        const signing = [old, next].filter((key) => keyState(key, nowMs) === 'signing');
        assert.equal(signing.length, 1);
      }),
    );
  });
});
