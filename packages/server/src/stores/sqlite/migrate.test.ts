import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { migrate, SchemaTooNew, schemaOf } from './migrate.ts';
import { type Migration, migrations } from './migrations.ts';

const tablesOf = (db: DatabaseSync): unknown[] =>
  db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .all()
    .map((row) => row.name);

const first: Migration = { number: 1, name: 'one', sql: 'CREATE TABLE a (x INTEGER) STRICT' };
const second: Migration = { number: 2, name: 'two', sql: 'CREATE TABLE b (x INTEGER) STRICT' };
const broken: Migration = { number: 2, name: 'two', sql: 'CREATE TABLE b (x INTEGER) STRICT; CREATE TABLE a (y)' };

describe('migrations', () => {
  it('are numbered from one on without a gap', () => {
    assert.deepEqual(
      migrations.map((step) => step.number),
      migrations.map((_, at) => at + 1),
    );
  });
});

describe('migrate', () => {
  it('takes every step on an empty database, and none the second time', () => {
    const db = new DatabaseSync(':memory:');
    assert.equal(migrate(db), migrations.length);
    assert.equal(schemaOf(db), migrations.length);
    assert.equal(migrate(db), 0);
  });

  it('takes the missing steps only', () => {
    const db = new DatabaseSync(':memory:');
    migrate(db, [first]);
    assert.equal(migrate(db, [first, second]), 1);
    assert.deepEqual(tablesOf(db), ['a', 'b']);
  });

  it('leaves a step that fails undone as a whole, and the steps before it done', () => {
    const db = new DatabaseSync(':memory:');
    assert.throws(() => migrate(db, [first, broken]), /already exists/);
    assert.deepEqual(tablesOf(db), ['a']);
    assert.equal(schemaOf(db), 1);
    assert.equal(db.isTransaction, false);
  });

  it('refuses a database of a newer Hufu, and says which schema it knows', () => {
    const db = new DatabaseSync(':memory:');
    migrate(db, [first, second]);
    assert.throws(
      () => migrate(db, [first]),
      (error) => error instanceof SchemaTooNew && /schema 2, .* up to 1: use a newer Hufu/.test(error.message),
    );
    assert.deepEqual(tablesOf(db), ['a', 'b']);
  });
});
