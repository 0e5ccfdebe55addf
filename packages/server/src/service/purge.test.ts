import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type PurgeOptions, purge } from './purge.ts';

const nowMs = 10_000_000;

const options: PurgeOptions = {
  graceSeconds: 100,
  attemptsKeptSeconds: 300,
  auditRetentionSeconds: 500,
  sliceRows: 10,
  maxSlices: 3,
};

/** A store that holds so many rows of each kind, and notes what it was asked. */
function heldBy(rows: Readonly<Record<string, number>>) {
  const left = new Map(Object.entries(rows));
  const asked: (readonly [kind: string, beforeMs: number, limit: number])[] = [];
  const take = (kind: string) => async (beforeMs: number, limit: number) => {
    asked.push([kind, beforeMs, limit]);
    const gone = Math.min(limit, left.get(kind) ?? 0);
    left.set(kind, (left.get(kind) ?? 0) - gone);
    return gone;
  };
  const store = {
    purgeExpired: take('grants'),
    purgeAssertions: take('assertions'),
    purgeCodes: take('codes'),
    purgeAttempts: take('attempts'),
    purgeAudit: take('audit'),
    purgeKeys: (atMs: number) => take('keys')(atMs, 1),
    oldestExpired: async (beforeMs: number) => ((left.get('grants') ?? 0) > 0 ? beforeMs - 7000 : undefined),
  };
  return { store, asked, left };
}

const run = (store: ReturnType<typeof heldBy>['store'], change: Partial<PurgeOptions> = {}) =>
  purge(store, { nowMs: () => nowMs }, { ...options, ...change });

describe('purge', () => {
  it('asks for each kind by its own rule', async () => {
    const { store, asked } = heldBy({});
    await run(store);
    assert.deepEqual(asked, [
      ['grants', nowMs - 100_000, 10],
      ['assertions', nowMs, 10],
      ['codes', nowMs - 100_000, 10],
      ['attempts', nowMs - 300_000, 10],
      ['audit', nowMs - 500_000, 10],
      ['keys', nowMs, 1],
    ]);
  });

  it('goes on slice by slice until one is not full, and counts the rows of all kinds', async () => {
    const { store, asked } = heldBy({ grants: 25, assertions: 10, codes: 9, attempts: 11, audit: 12 });
    assert.deepEqual(await run(store), { rows: 55, auditBlocks: 12, lagSeconds: 0 });
    const times = (kind: string): number => asked.filter(([asking]) => asking === kind).length;
    assert.deepEqual(['grants', 'assertions', 'codes', 'attempts', 'audit'].map(times), [3, 2, 1, 2, 2]);
  });

  it('takes no more slices of one kind than it may, and says how far it is behind', async () => {
    const { store, left } = heldBy({ grants: 31, codes: 31, attempts: 31 });
    assert.deepEqual(await run(store), { rows: 90, auditBlocks: 0, lagSeconds: 7 });
    assert.deepEqual([left.get('grants'), left.get('codes'), left.get('attempts')], [1, 1, 1]);
  });

  it('keeps the audit log for ever where its retention is 0', async () => {
    const { store, asked } = heldBy({ audit: 5 });
    assert.equal((await run(store, { auditRetentionSeconds: 0 })).auditBlocks, 0);
    assert.ok(!asked.some(([kind]) => kind === 'audit'));
  });
});
