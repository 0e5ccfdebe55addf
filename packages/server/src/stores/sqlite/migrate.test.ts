import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { noProfile } from '../../core/directory.ts';
import { everyRow } from '../suite/samples.ts';
import { freshFolder } from './fresh.sample.ts';
import { migrate, SchemaTooNew, schemaOf } from './migrate.ts';
import { type Migration, migrations } from './migrations.ts';
import { databaseFile, openSqliteStore } from './open.ts';

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

describe('the step to sessions', () => {
  it('loses no row: clients ask about tokens as before, users keep their keys and never log in', async (t) => {
    const { path, remove } = freshFolder();
    t.after(remove);
    const db = new DatabaseSync(databaseFile(path));
    migrate(db, migrations.slice(0, 2));
    db.exec(`
      INSERT INTO tenants VALUES ('t1', 'one', 'enabled', 1);
      INSERT INTO users VALUES ('t1', 'u1', 'User', 'disabled', '[]', 2), ('t1', 'u2', 'Two', 'enabled', '[]', 3);
      INSERT INTO access_keys VALUES ('ak1', 't1', 'u1', 'enabled', x'01', NULL, NULL, 4);
      INSERT INTO clients VALUES
        ('c1', '*', 'Gateway', 'enabled', 'hash 1', '["introspect","revoke"]', 5),
        ('c2', 't1', 'Old', 'disabled', 'hash 2', '[]', 6);
      INSERT INTO watermarks VALUES ('client', 't1', 'c2', 7);
    `);
    db.close();
    const store = await openSqliteStore({ path });
    t.after(() => store.close());
    const old = {
      dialect: 'oauth',
      type: 'resource_server',
      authentication: 'client_secret',
      keys: [],
      grantTypes: [],
      redirectUris: [],
      requiresPkce: true,
      scopes: [],
      isThirdParty: false,
      resources: [],
      rotation: { rotates: true, retryWindowSeconds: undefined },
    };
    assert.deepEqual(await everyRow((page) => store.listClients({}, page)), [
      {
        ...old,
        id: 'c1',
        tenant: '*',
        name: 'Gateway',
        status: 'enabled',
        secretHash: 'hash 1',
        permissions: ['introspect', 'revoke'],
        createdAtMs: 5,
      },
      {
        ...old,
        id: 'c2',
        tenant: 't1',
        name: 'Old',
        status: 'disabled',
        secretHash: 'hash 2',
        permissions: [],
        createdAtMs: 6,
      },
    ]);
    const person = {
      tenant: 't1',
      policy: [],
      loginName: undefined,
      passwordHash: undefined,
      role: 'user',
      profile: noProfile,
      firstLoginAtMs: undefined,
    };
    assert.deepEqual(await everyRow((page) => store.listUsers({}, page)), [
      { ...person, id: 'u1', name: 'User', status: 'disabled', createdAtMs: 2 },
      { ...person, id: 'u2', name: 'Two', status: 'enabled', createdAtMs: 3 },
    ]);
    assert.equal((await store.findAccessKey('ak1'))?.user.id, 'u1');
  });
});
