import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { eventAt, everyRow, startMs } from '../suite/samples.ts';
import { AuditSearch } from './audit-search.ts';
import { BatchWriter } from './batch.ts';
import { encodeCursor } from './cursor.ts';
import { migrate } from './migrate.ts';
import { fillPage } from './page.ts';
import { eventRow } from './rows.ts';

describe('a page of a list', () => {
  const numbers = (count: number) => Array.from({ length: count }, (_, at) => [at] as const);
  const isEven = (at: number): boolean => at % 2 === 0;
  const page = (count: number, limit: number, mostScanned: number, matches = isEven) =>
    fillPage(
      { limit, after: undefined },
      { rows: numbers(count), read: ([at]) => Number(at), matches, cursorOf: String },
      mostScanned,
    );

  it('ends where it is full, behind the last row that it looked at', () => {
    assert.deepEqual(page(10, 2, 100), { rows: [0, 2], next: '2' });
  });

  it('is the last one where no row is left, however full it is', () => {
    assert.deepEqual(page(3, 2, 100), { rows: [0, 2], next: undefined });
    assert.deepEqual(page(3, 3, 100), { rows: [0, 2], next: undefined });
    assert.deepEqual(page(0, 3, 100), { rows: [], next: undefined });
  });

  for (const [mostScanned, expected] of [
    [4, { rows: [0, 2], next: '3' }],
    [5, { rows: [0, 2, 4], next: undefined }],
    [6, { rows: [0, 2, 4], next: undefined }],
  ] as const) {
    it(`of five rows ends after it looked at ${mostScanned}`, () => {
      assert.deepEqual(page(5, 100, mostScanned), expected);
    });
  }

  it('may be empty and have a next one', () => {
    assert.deepEqual(
      page(5, 100, 3, () => false),
      { rows: [], next: '2' },
    );
  });

  for (const [limit, rows] of [
    [0, 1],
    [1, 1],
    [1000, 1000],
    [1001, 1000],
  ] as const) {
    it(`that is asked for ${limit} rows holds ${rows}`, () => {
      assert.equal(page(2000, limit, 5000, () => true).rows.length, rows);
    });
  }
});

describe('a page of the audit log', () => {
  const db = new DatabaseSync(':memory:');
  migrate(db);
  const writer = new BatchWriter(db);
  for (let at = 1; at <= 20; at++) {
    writer.run([['appendAudit', eventRow(eventAt(startMs + at, { requestId: `r${at}` }))]]);
  }
  const lines = db
    .prepare('SELECT lines FROM audit_blocks ORDER BY number DESC')
    .all()
    .map(({ lines }) => lines);

  for (const bounds of [
    { blocks: 1, characters: 1_000_000 },
    { blocks: 3, characters: 1_000_000 },
    { blocks: 20, characters: 1 },
    { blocks: 4, characters: 100 },
  ]) {
    const search = new AuditSearch(db, bounds);

    it(`of ${bounds.blocks} blocks and ${bounds.characters} characters leaves the rest to the next one`, async () => {
      assert.deepEqual(await everyRow(async (ask) => search.page({}, ask)), lines);
      assert.notEqual(search.page({}, { limit: 1000, after: undefined }).next, undefined);
    });

    it(`of ${bounds.blocks} blocks and ${bounds.characters} characters finds what is far behind`, async () => {
      assert.deepEqual(await everyRow(async (ask) => search.page({ requestId: 'r1' }, ask)), lines.slice(-1));
      assert.deepEqual(await everyRow(async (ask) => search.page({ untilMs: startMs + 2 }, ask)), lines.slice(-1));
    });
  }

  it('behind a cursor far above or below the log ends at once', () => {
    const search = new AuditSearch(db, { blocks: 30, characters: 1_000_000 });
    const above = search.page({}, { limit: 1000, after: encodeCursor(Number.MAX_SAFE_INTEGER, 1) });
    assert.equal(above.rows.length, 20);
    assert.equal(above.next, undefined);
    const below = search.page({}, { limit: 1000, after: encodeCursor(-5, -5) });
    assert.deepEqual(below, { rows: [], next: undefined });
  });
});
