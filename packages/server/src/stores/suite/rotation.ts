import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Grant } from '../../core/grant.ts';
import type { RotateAsk, RotateOutcome, Store } from '../../service/ports.ts';
import type { Rule } from './fresh.ts';
import { eventAt, everyEvent, grantAt, issue, startMs } from './samples.ts';

/** When the sessions of these stories are at generation 5, and their last rotation was. */
const rotatedAtMs = startMs + 10_000;
const windowEndMs = rotatedAtMs + 60_000;

interface Call {
  readonly generation: number;
  readonly binding?: string | undefined;
  readonly key?: string;
  readonly atMs?: number;
  readonly retryWindowSeconds?: number;
  readonly rotates?: boolean;
}

const ask = (grantId: string, call: Call): RotateAsk => ({
  grantId,
  presented: {
    generation: call.generation,
    binding: 'binding' in call ? call.binding : 'app',
    idempotencyKeyHash: call.key,
  },
  policy: {
    rotates: call.rotates ?? true,
    retryWindowSeconds: call.retryWindowSeconds ?? 60,
    renewalLifetimeSeconds: 3600,
  },
  nowMs: call.atMs ?? rotatedAtMs + 1,
  event: { atMs: call.atMs ?? rotatedAtMs + 1, requestId: 'refresh', operation: 'Refresh', actor: 'app' },
});

async function session(store: Store, change: Partial<Grant> = {}): Promise<string> {
  const [grant] = await issue(
    store,
    grantAt(startMs, {
      generation: 5,
      rotatedAtMs,
      binding: 'app',
      clientId: 'app',
      accessKeyId: undefined,
      ...change,
    }),
  );
  return grant?.id ?? '';
}

const word = (outcome: RotateOutcome): string => (outcome.did === 'refused' ? outcome.reason.code : outcome.did);

/** The newest event but that of the issue; the log is newest first. */
async function newEvents(store: Store): Promise<readonly Record<string, unknown>[]> {
  return (await everyEvent(store)).filter((event) => event.type !== 'grant.issued');
}

/** Presents a token, and tells the answer together with what became of the grant and the log. */
async function present(store: Store, id: string, call: Call) {
  const before = (await newEvents(store)).length;
  const outcome = await store.rotate(ask(id, call));
  const grant = await store.findGrant(id);
  assert.deepEqual(outcome.grant, grant);
  const events = await newEvents(store);
  const written = events.slice(0, events.length - before).map(({ type, reason }) => [type, reason]);
  return { answer: word(outcome), grant, isRevoked: grant?.revokedAtMs !== undefined, written };
}

export function rotation(rule: Rule): void {
  describe('rotate: the current refresh token', () => {
    rule('moves the grant on, with its event', async (store, fresh) => {
      const id = await session(store, { successorSeen: true, idempotencyKeyHash: 'old' });
      const before = await store.findGrant(id);
      const atMs = rotatedAtMs + 500;
      const outcome = await store.rotate(ask(id, { generation: 5, atMs, key: 'k' }));
      const expected = {
        ...before,
        generation: 6,
        rotatedAtMs: atMs,
        successorSeen: false,
        renewByMs: atMs + 3_600_000,
        idempotencyKeyHash: 'k',
        useCount: 1,
        lastUsedAtMs: atMs,
      };
      assert.deepEqual(outcome, { did: 'rotated', grant: expected });
      assert.deepEqual(await store.findGrant(id), expected);
      assert.deepEqual(await newEvents(store), [
        {
          at: atMs,
          type: 'grant.rotated',
          requestId: 'refresh',
          operation: 'Refresh',
          tenant: 't1',
          actor: 'app',
          subject: 'u1',
          grantId: id,
        },
      ]);
      assert.deepEqual(await (await fresh.reopen()).findGrant(id), expected);
    });

    rule('answers what is kept, where the clock went back as well', async (store, fresh) => {
      const id = await session(store);
      const later = await store.rotate(ask(id, { generation: 5, atMs: rotatedAtMs + 500 }));
      assert.deepEqual(await store.findGrant(id), later.grant);
      const earlier = await store.rotate(ask(id, { generation: 6, atMs: rotatedAtMs + 499, key: 'k' }));
      assert.equal(earlier.did, 'rotated');
      assert.deepEqual([earlier.grant?.useCount, earlier.grant?.lastUsedAtMs], [2, rotatedAtMs + 500]);
      assert.deepEqual(await (await fresh.reopen()).findGrant(id), earlier.grant);
    });

    rule('never makes the grant renewable beyond its end', async (store) => {
      for (const [leftMs, renewableMs] of [
        [3_599_999, 3_599_999],
        [3_600_000, 3_600_000],
        [3_600_001, 3_600_000],
      ] as const) {
        const endMs = rotatedAtMs + leftMs;
        const id = await session(store, { expiresAtMs: endMs, renewByMs: endMs });
        const { grant } = await present(store, id, { generation: 5, atMs: rotatedAtMs });
        assert.equal(grant?.renewByMs, rotatedAtMs + renewableMs);
      }
    });

    rule('forgets the idempotency key of the rotation before', async (store) => {
      const id = await session(store, { idempotencyKeyHash: 'old' });
      assert.equal((await present(store, id, { generation: 5 })).grant?.idempotencyKeyHash, undefined);
    });

    rule('is refused under another binding, and the grant stays as it is', async (store) => {
      const id = await session(store);
      const before = await store.findGrant(id);
      for (const binding of ['other', 'App', '', undefined]) {
        const found = await present(store, id, { generation: 5, binding });
        assert.equal(found.answer, 'binding_mismatch');
        assert.deepEqual(found.grant, before);
        assert.deepEqual(found.written, [['grant.refused', 'binding_mismatch']]);
      }
      assert.equal((await present(store, id, { generation: 5 })).answer, 'rotated');
    });
  });

  describe('rotate: a refresh token that stays', () => {
    rule('gives its own generation again and again, and writes nothing', async (store) => {
      const id = await session(store, { successorSeen: true });
      const before = await store.findGrant(id);
      for (const atMs of [rotatedAtMs, windowEndMs, windowEndMs + 1]) {
        const found = await present(store, id, { generation: 5, atMs, rotates: false });
        assert.deepEqual([found.answer, found.written], ['retry', []]);
        assert.deepEqual(found.grant, before);
      }
    });

    rule('is refused under another binding, and a used one is still a replay', async (store) => {
      const id = await session(store, { successorSeen: true });
      const other = await present(store, id, { generation: 5, binding: 'other', rotates: false });
      assert.deepEqual([other.answer, other.isRevoked], ['binding_mismatch', false]);
      const used = await present(store, id, { generation: 4, rotates: false });
      assert.deepEqual([used.answer, used.isRevoked], ['refresh_replayed', true]);
    });
  });

  describe('rotate: the direct predecessor', () => {
    const asks: readonly (readonly [what: string, change: Partial<Grant>, call: Omit<Call, 'generation'>])[] = [
      ['at the instant of the rotation', {}, { atMs: rotatedAtMs }],
      ['one millisecond before the window ends', {}, { atMs: windowEndMs - 1 }],
      ['with another idempotency key', { idempotencyKeyHash: 'k' }, { key: 'l' }],
      ['with the same idempotency key, although seen', { idempotencyKeyHash: 'k', successorSeen: true }, { key: 'k' }],
    ];
    for (const [what, change, call] of asks) {
      rule(`gets the same successor and writes nothing: ${what}`, async (store) => {
        const id = await session(store, change);
        const before = await store.findGrant(id);
        const found = await present(store, id, { generation: 4, ...call });
        assert.deepEqual([found.answer, found.grant?.generation, found.written], ['retry', 5, []]);
        assert.deepEqual(found.grant, before);
      });
    }

    const replays: readonly (readonly [what: string, change: Partial<Grant>, call: Call])[] = [
      ['when the window ends', {}, { generation: 4, atMs: windowEndMs }],
      ['one millisecond after the window', {}, { generation: 4, atMs: windowEndMs + 1 }],
      ['where the window is 0 seconds', {}, { generation: 4, atMs: rotatedAtMs, retryWindowSeconds: 0 }],
      ['once the successor was seen', { successorSeen: true }, { generation: 4 }],
      [
        'seen, with another idempotency key',
        { successorSeen: true, idempotencyKeyHash: 'k' },
        { generation: 4, key: 'l' },
      ],
      [
        'with the same key when the window ends',
        { idempotencyKeyHash: 'k' },
        { generation: 4, key: 'k', atMs: windowEndMs },
      ],
      ['under another binding', {}, { generation: 4, binding: 'other' }],
      ['without the binding', {}, { generation: 4, binding: undefined }],
      ['where it is older still', {}, { generation: 3, atMs: rotatedAtMs }],
      ['where it is the first of all', {}, { generation: 0, atMs: rotatedAtMs }],
    ];
    for (const [what, change, call] of replays) {
      rule(`is a replay that ends the grant, with its event: ${what}`, async (store) => {
        const id = await session(store, change);
        const found = await present(store, id, call);
        assert.deepEqual([found.answer, found.isRevoked], ['refresh_replayed', true]);
        assert.deepEqual(found.written, [['grant.replayed', 'refresh_replayed']]);
        assert.equal(found.grant?.revokedAtMs, call.atMs ?? rotatedAtMs + 1);
        assert.equal((await present(store, id, { generation: 5 })).answer, 'grant_revoked');
      });
    }
  });

  describe('rotate: what may not be used', () => {
    rule('a generation to come is forged, and touches nothing', async (store) => {
      const id = await session(store);
      const before = await store.findGrant(id);
      for (const generation of [6, 7, 0xffff_ffff]) {
        const found = await present(store, id, { generation });
        assert.equal(found.answer, 'refresh_forged');
        assert.deepEqual(found.grant, before);
        assert.deepEqual(found.written, [['grant.refused', 'refresh_forged']]);
      }
    });

    rule('an unknown grant is refused, with its event', async (store) => {
      for (const id of [grantAt(startMs).id, 'no id']) {
        const found = await present(store, id, { generation: 5 });
        assert.deepEqual([found.answer, found.grant], ['grant_unknown', undefined]);
        assert.deepEqual(found.written, [['grant.refused', 'grant_unknown']]);
      }
    });

    rule('a revoked grant is refused for every generation, and keeps its instant', async (store) => {
      const id = await session(store, { revokedAtMs: rotatedAtMs });
      for (const generation of [3, 4, 5, 6]) {
        const found = await present(store, id, { generation });
        assert.deepEqual([found.answer, found.grant?.revokedAtMs], ['grant_revoked', rotatedAtMs]);
      }
    });

    for (const [level, key] of [
      ['tenant', ''],
      ['subject', 'u1'],
      ['client', 'app'],
    ] as const) {
      rule(`a grant under the watermark of its ${level} is refused, one issued after it is not`, async (store) => {
        const id = await session(store);
        const later = await session(store, { issuedAtMs: startMs + 1 });
        await store.revokeAll({ level, tenant: 't1', key, notBeforeMs: startMs }, eventAt(startMs));
        assert.equal((await present(store, id, { generation: 5 })).answer, 'grant_revoked');
        assert.equal((await present(store, later, { generation: 5 })).answer, 'rotated');
      });
    }

    rule('a grant is refused from its end on, and from the end of its renewal on', async (store) => {
      for (const [change, endMs, code] of [
        [{ expiresAtMs: rotatedAtMs + 100, renewByMs: rotatedAtMs + 100 }, rotatedAtMs + 100, 'grant_expired'],
        [{ renewByMs: rotatedAtMs + 100 }, rotatedAtMs + 100, 'renewal_over'],
      ] as const) {
        const id = await session(store, change);
        for (const atMs of [endMs, endMs + 1]) {
          const found = await present(store, id, { generation: 5, atMs });
          assert.deepEqual([found.answer, found.isRevoked], [code, false]);
        }
        assert.equal((await present(store, id, { generation: 5, atMs: endMs - 1 })).answer, 'rotated');
      }
    });
  });

  describe('rotate: of 64 callers at once', () => {
    const callers = Array.from({ length: 64 }, (_, caller) => caller);

    rule('with one token all get one successor, by exactly one write', async (store) => {
      const id = await session(store);
      const outcomes = await Promise.all(callers.map(() => store.rotate(ask(id, { generation: 5 }))));
      assert.deepEqual(outcomes.map(word).toSorted(), [...callers.slice(1).map(() => 'retry'), 'rotated']);
      assert.deepEqual([...new Set(outcomes.map(({ grant }) => grant?.generation))], [6]);
      assert.equal((await store.findGrant(id))?.generation, 6);
      assert.equal((await store.findGrant(id))?.useCount, 1);
      assert.deepEqual(
        (await newEvents(store)).map(({ type }) => type),
        ['grant.rotated'],
      );
    });

    rule('with a used token all are refused, and one event ends the grant', async (store) => {
      const id = await session(store, { successorSeen: true });
      const outcomes = await Promise.all(callers.map(() => store.rotate(ask(id, { generation: 4 }))));
      assert.deepEqual(outcomes.map(word).toSorted(), [
        ...callers.slice(1).map(() => 'grant_revoked'),
        'refresh_replayed',
      ]);
      const replays = (await newEvents(store)).filter(({ type }) => type === 'grant.replayed');
      assert.equal(replays.length, 1);
    });

    rule('without a retry window one gets the successor and the next ends the grant', async (store) => {
      const id = await session(store);
      const calls = callers.map(() => store.rotate(ask(id, { generation: 5, retryWindowSeconds: 0 })));
      const words = (await Promise.all(calls)).map(word);
      assert.equal(words.filter((one) => one === 'rotated').length, 1);
      assert.equal(words.filter((one) => one === 'refresh_replayed').length, 1);
      assert.equal(words.filter((one) => one === 'grant_revoked').length, 62);
    });
  });

  describe('markSuccessorSeen', () => {
    rule('marks the current generation once', async (store, fresh) => {
      const id = await session(store);
      assert.equal((await store.findGrant(id))?.successorSeen, false);
      assert.equal(await store.markSuccessorSeen(id, 5), true);
      assert.equal(await store.markSuccessorSeen(id, 5), false);
      assert.equal((await store.findGrant(id))?.successorSeen, true);
      assert.deepEqual(await newEvents(store), []);
      assert.equal((await (await fresh.reopen()).findGrant(id))?.successorSeen, true);
    });

    rule('passes over another generation and an unknown grant', async (store) => {
      const id = await session(store);
      for (const generation of [4, 6]) assert.equal(await store.markSuccessorSeen(id, generation), false);
      for (const unknown of [grantAt(startMs).id, 'no id']) {
        assert.equal(await store.markSuccessorSeen(unknown, 5), false);
      }
      assert.equal((await store.findGrant(id))?.successorSeen, false);
    });

    rule('makes a retry a replay', async (store) => {
      const id = await session(store);
      assert.equal((await present(store, id, { generation: 4 })).answer, 'retry');
      await store.markSuccessorSeen(id, 5);
      assert.equal((await present(store, id, { generation: 4 })).answer, 'refresh_replayed');
    });
  });
}
