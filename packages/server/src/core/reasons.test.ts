import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accept, refuse } from './reasons.ts';

describe('a decision', () => {
  it('is either a value or a reason', () => {
    assert.deepEqual(accept(1), { ok: true, value: 1 });
    assert.deepEqual(refuse({ code: 'timed_out' }), { ok: false, reason: { code: 'timed_out' } });
  });
});
