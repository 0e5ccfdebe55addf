import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { sampleGrant, sampleIssuedAtMs } from './grant.sample.ts';
import type { StoredGrant } from './grant.ts';
import type { RotationPolicy } from './policy.ts';
import { decideRotation, type Rotation } from './renewal.ts';
import { addSeconds } from './time.ts';

const policy: RotationPolicy = { rotates: true, retryWindowSeconds: 60, renewalLifetimeSeconds: 3_600 };
const rotatedAtMs = sampleIssuedAtMs + 10_000;
const rotated = sampleGrant({ generation: 5, rotatedAtMs, binding: 'app' });
const { id, expiresAtMs, renewByMs } = rotated;

interface Call {
  readonly generation: number;
  readonly binding?: string | undefined;
  readonly idempotencyKeyHash?: string;
  readonly atMs?: number;
  readonly rules?: RotationPolicy;
}

const present = (change: Partial<StoredGrant>, presented: Call): Rotation =>
  decideRotation(
    { ...rotated, ...change },
    presented.rules ?? policy,
    {
      generation: presented.generation,
      binding: 'binding' in presented ? presented.binding : 'app',
      idempotencyKeyHash: presented.idempotencyKeyHash,
    },
    presented.atMs ?? rotatedAtMs + 1,
  );

const replay: Rotation = { do: 'revoke', reason: { code: 'refresh_replayed', grantId: id } };
const forged: Rotation = { do: 'refuse', reason: { code: 'refresh_forged', grantId: id } };
const foreign: Rotation = { do: 'refuse', reason: { code: 'binding_mismatch', grantId: id } };
const retry: Rotation = { do: 'retry', generation: 5 };

describe('rotation: the current refresh token', () => {
  it('moves to the next generation, renewable for a renewal lifetime from now', () => {
    const atMs = rotatedAtMs + 500;
    const next: Rotation = { do: 'rotate', generation: 6, renewByMs: addSeconds(atMs, 3_600) };
    assert.deepEqual(present({}, { generation: 5, atMs }), next);
  });

  it('starts at generation 0, before anything was rotated', () => {
    const first = present({ generation: 0, rotatedAtMs: undefined }, { generation: 0 });
    assert.equal(first.do === 'rotate' && first.generation, 1);
  });

  it('never becomes renewable beyond the absolute end of the grant', () => {
    const renewable = (endMs: number) => {
      const change = { expiresAtMs: endMs, renewByMs: endMs };
      const next = present(change, { generation: 5, atMs: rotatedAtMs });
      return next.do === 'rotate' ? next.renewByMs : undefined;
    };
    const slid = addSeconds(rotatedAtMs, 3_600);
    assert.equal(renewable(slid - 1), slid - 1);
    assert.equal(renewable(slid), slid);
    assert.equal(renewable(slid + 1), slid);
  });

  it('is refused under another binding, and touches nothing', () => {
    for (const binding of ['App', 'app ', '', undefined]) {
      assert.deepEqual(present({}, { generation: 5, binding }), foreign);
    }
    assert.deepEqual(present({ binding: undefined }, { generation: 5 }), foreign);
    assert.equal(present({ binding: undefined }, { generation: 5, binding: undefined }).do, 'rotate');
  });

  it('rotates whether or not the successor was seen', () => {
    assert.equal(present({ successorSeen: true }, { generation: 5 }).do, 'rotate');
  });
});

describe('rotation: a refresh token that stays', () => {
  const rules = { ...policy, rotates: false };
  const same: Rotation = { do: 'retry', generation: 5 };

  it('gives its own generation again, at any time, whether or not it was seen', () => {
    const change = { renewByMs: expiresAtMs };
    for (const atMs of [rotatedAtMs, addSeconds(rotatedAtMs, 60), expiresAtMs - 1]) {
      for (const successorSeen of [false, true]) {
        assert.deepEqual(present({ ...change, successorSeen }, { generation: 5, atMs, rules }), same);
      }
    }
  });

  it('is refused under another binding, and touches nothing', () => {
    for (const binding of ['App', '', undefined]) {
      assert.deepEqual(present({}, { generation: 5, binding, rules }), foreign);
    }
  });

  it('ends with the end of renewal and the end of the grant', () => {
    for (const endMs of [renewByMs, renewByMs + 1]) {
      const over: Rotation = { do: 'refuse', reason: { code: 'renewal_over', grantId: id } };
      assert.deepEqual(present({}, { generation: 5, atMs: endMs, rules }), over);
    }
    assert.deepEqual(present({}, { generation: 5, atMs: renewByMs - 1, rules }), same);
    const ended: Rotation = { do: 'refuse', reason: { code: 'grant_expired', grantId: id } };
    assert.deepEqual(present({ renewByMs: expiresAtMs }, { generation: 5, atMs: expiresAtMs, rules }), ended);
  });

  it('leaves those from before it stayed what they are: retried, replayed or forged', () => {
    assert.deepEqual(present({}, { generation: 4, rules }), retry);
    assert.deepEqual(present({ successorSeen: true }, { generation: 4, rules }), replay);
    assert.deepEqual(present({}, { generation: 3, rules }), replay);
    assert.deepEqual(present({}, { generation: 6, rules }), forged);
  });

  it('moves on again once its client rotates', () => {
    assert.equal(present({}, { generation: 5 }).do, 'rotate');
  });
});

describe('rotation: the direct predecessor', () => {
  const windowEndMs = addSeconds(rotatedAtMs, 60);

  it('gets the same successor again inside the retry window, not from its end on', () => {
    for (const atMs of [rotatedAtMs, rotatedAtMs + 1, windowEndMs - 1_000, windowEndMs - 1]) {
      assert.deepEqual(present({}, { generation: 4, atMs }), retry);
    }
    for (const atMs of [windowEndMs, windowEndMs + 1, windowEndMs + 1_000]) {
      assert.deepEqual(present({}, { generation: 4, atMs }), replay);
    }
  });

  it('is a replay once its successor was seen', () => {
    assert.deepEqual(present({ successorSeen: true }, { generation: 4 }), replay);
  });

  it('is a replay under another binding', () => {
    for (const binding of ['App', 'app ', '', undefined]) {
      assert.deepEqual(present({}, { generation: 4, binding }), replay);
    }
  });

  it('gets the same successor for the same idempotency key, although the successor was seen', () => {
    const seen = { successorSeen: true, idempotencyKeyHash: 'k' };
    for (const atMs of [rotatedAtMs, windowEndMs - 1]) {
      assert.deepEqual(present(seen, { generation: 4, idempotencyKeyHash: 'k', atMs }), retry);
    }
    const refused: readonly Call[] = [
      { generation: 4, idempotencyKeyHash: 'k', atMs: windowEndMs },
      { generation: 4, idempotencyKeyHash: 'k', binding: 'other' },
      { generation: 3, idempotencyKeyHash: 'k' },
      { generation: 4, idempotencyKeyHash: 'l' },
      { generation: 4 },
    ];
    for (const call of refused) assert.deepEqual(present(seen, call), replay);
    const without = { ...seen, idempotencyKeyHash: undefined };
    assert.deepEqual(present(without, { generation: 4 }), replay);
  });

  it('gets a retry under another idempotency key as it would without one', () => {
    assert.deepEqual(present({ idempotencyKeyHash: 'k' }, { generation: 4, idempotencyKeyHash: 'l' }), retry);
    assert.deepEqual(present({ idempotencyKeyHash: 'k' }, { generation: 4 }), retry);
  });

  it('is a replay where the instant of rotation is not known', () => {
    assert.deepEqual(present({ rotatedAtMs: undefined }, { generation: 4 }), replay);
  });

  it('gets no retry at all where the window is 0 seconds', () => {
    const rules = { ...policy, retryWindowSeconds: 0 };
    assert.deepEqual(present({}, { generation: 4, atMs: rotatedAtMs, rules }), replay);
  });
});

describe('rotation: every other refresh token', () => {
  it('of an older generation is a replay, inside the window too', () => {
    for (const generation of [0, 3]) assert.deepEqual(present({}, { generation, atMs: rotatedAtMs }), replay);
  });

  it('of a later generation is forged, and touches nothing', () => {
    for (const generation of [6, 7, Number.MAX_SAFE_INTEGER]) assert.deepEqual(present({}, { generation }), forged);
  });
});

describe('rotation: a dead grant', () => {
  const cases: [string, Partial<StoredGrant>, number, string][] = [
    ['revoked', { revokedAtMs: rotatedAtMs }, rotatedAtMs, 'grant_revoked'],
    ['under a watermark', { notBeforeMs: sampleIssuedAtMs }, rotatedAtMs, 'grant_revoked'],
    ['expired', {}, expiresAtMs, 'grant_expired'],
    ['past its renewal', {}, renewByMs, 'renewal_over'],
  ];
  for (const [what, change, atMs, code] of cases) {
    it(`${what} refuses every generation alike and revokes nothing`, () => {
      for (const generation of [3, 4, 5, 6]) {
        const expected = { do: 'refuse', reason: { code, grantId: id } };
        assert.deepEqual(present(change, { generation, atMs }), expected);
      }
    });
  }

  it('still lives one millisecond before its renewal ends', () => {
    assert.equal(present({}, { generation: 5, atMs: renewByMs - 1 }).do, 'rotate');
  });
});

/** What a store does with each answer. */
function perform(grant: StoredGrant, answer: Rotation, atMs: number): StoredGrant {
  switch (answer.do) {
    case 'rotate':
      return {
        ...grant,
        generation: answer.generation,
        renewByMs: answer.renewByMs,
        rotatedAtMs: atMs,
        successorSeen: false,
      };
    case 'revoke':
      return { ...grant, revokedAtMs: atMs };
    case 'retry':
    case 'refuse':
      return grant;
  }
}

describe('rotation: through any history of calls', () => {
  const call = fc.record({
    /** Distance from the current generation. */
    behind: fc.integer({ min: -2, max: 3 }),
    sameBinding: fc.boolean(),
    seen: fc.boolean(),
    afterMs: fc.integer({ min: 0, max: 90_000 }),
  });

  it('never goes backwards, retries the direct predecessor only, and ends with the first replay', () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 30 }), (calls) => {
        let grant = sampleGrant({ renewByMs: expiresAtMs });
        let nowMs = sampleIssuedAtMs;
        for (const { behind, sameBinding, seen, afterMs } of calls) {
          nowMs += afterMs;
          grant = { ...grant, successorSeen: grant.successorSeen || seen };
          const presented = Math.max(0, grant.generation - behind);
          const answer = decideRotation(
            grant,
            policy,
            { generation: presented, binding: sameBinding ? undefined : 'other', idempotencyKeyHash: undefined },
            nowMs,
          );
          const next = perform(grant, answer, nowMs);

          assert.ok(next.generation === grant.generation || next.generation === grant.generation + 1);
          assert.ok(next.renewByMs <= next.expiresAtMs);
          const isCurrent = presented === grant.generation;
          assert.equal(answer.do === 'rotate', grant.revokedAtMs === undefined && isCurrent && sameBinding);
          if (answer.do === 'retry') {
            assert.equal(presented, grant.generation - 1);
            assert.equal(answer.generation, grant.generation);
            assert.ok(sameBinding && !grant.successorSeen && grant.revokedAtMs === undefined);
            assert.ok(grant.rotatedAtMs !== undefined && nowMs - grant.rotatedAtMs < 60_000);
          }
          if (grant.revokedAtMs !== undefined) assert.equal(answer.do, 'refuse');
          if (answer.do === 'revoke') assert.ok(presented < grant.generation);
          grant = next;
        }
      }),
    );
  });

  it('gives any number of parallel calls with one token one successor and one write', () => {
    let grant = sampleGrant();
    const first = { generation: 0, binding: undefined, idempotencyKeyHash: undefined };
    const answers: Rotation[] = [];
    for (let caller = 0; caller < 64; caller++) {
      const answer = decideRotation(grant, policy, first, rotatedAtMs);
      answers.push(answer);
      grant = perform(grant, answer, rotatedAtMs);
    }
    assert.equal(answers.filter((answer) => answer.do === 'rotate').length, 1);
    assert.equal(answers.filter((answer) => answer.do === 'retry' && answer.generation === 1).length, 63);
    assert.equal(grant.generation, 1);
  });
});
