import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addSeconds, isOver, secondMs, unixSeconds } from './time.ts';

const instant = fc.integer({ min: 0, max: 2 ** 45 });

describe('instants', () => {
  it('lie in the second that began last', () => {
    assert.deepEqual([999, 1000, 1001, 1999, 2000].map(unixSeconds), [0, 1, 1, 1, 2]);
  });

  it('before 1970 lie in the second that began last, too', () => {
    assert.deepEqual([-1, -1000, -1001].map(unixSeconds), [-1, -1, -2]);
  });

  it('are over from their own first moment on', () => {
    assert.equal(isOver(5000, 4999), false);
    assert.equal(isOver(5000, 5000), true);
    assert.equal(isOver(5000, 5001), true);
  });

  it('move by seconds without touching the milliseconds', () => {
    assert.equal(addSeconds(1_234, 2), 3_234);
    assert.equal(addSeconds(1_234, 0), 1_234);
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 2 ** 31 }), (atMs, seconds) => {
        const moved = addSeconds(atMs, seconds);
        assert.equal(unixSeconds(moved), unixSeconds(atMs) + seconds);
        assert.equal(moved % secondMs, atMs % secondMs);
      }),
    );
  });
});
