import assert from 'node:assert/strict';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { type Store, StoreUnavailable } from '../../service/ports.ts';
import { eventAt, everyRow, grantAt, issue, issued, startMs } from '../suite/samples.ts';
import { openReader } from './connection.ts';
import { freshFolder } from './fresh.sample.ts';
import { GrantCache } from './grant-cache.ts';
import { lockFolder } from './lock.ts';
import { migrate, SchemaTooNew } from './migrate.ts';
import { databaseFile, openSqliteStore } from './open.ts';
import { WriteQueue } from './queue.ts';
import { Reader } from './reader.ts';
import { startWriter } from './start-writer.ts';
import { createSqliteStore } from './store.ts';

async function inFolder(body: (path: string) => Promise<void>): Promise<void> {
  const folder = freshFolder();
  try {
    await body(folder.path);
  } finally {
    folder.remove();
  }
}

const grantsIn = async (store: Store): Promise<number> => (await everyRow((page) => store.listGrants({}, page))).length;

describe('openSqliteStore', () => {
  it('makes the folder, and lets nobody else read it', () =>
    inFolder(async (parent) => {
      const path = join(parent, 'deep', 'data');
      const store = await openSqliteStore({ path });
      await store.appendAudit(eventAt(startMs));
      assert.equal(statSync(path).mode & 0o777, 0o700);
      for (const name of readdirSync(path).filter((file) => file.startsWith('hufu.db'))) {
        assert.equal(statSync(join(path, name)).mode & 0o077, 0, name);
      }
      await store.close();
    }));

  it('leaves one file with all data behind when it is closed', () =>
    inFolder(async (path) => {
      const store = await openSqliteStore({ path });
      await issue(store, grantAt(startMs));
      await store.close();
      assert.deepEqual(readdirSync(path).toSorted(), ['hufu.db', 'hufu.lock']);
    }));

  it('refuses a database of a newer Hufu, and leaves the folder to it', () =>
    inFolder(async (path) => {
      const db = new DatabaseSync(databaseFile(path));
      db.exec('PRAGMA user_version = 9999');
      db.close();
      await assert.rejects(openSqliteStore({ path }), SchemaTooNew);
      lockFolder(path).release();
    }));

  it('refuses a file that is no database, and leaves the folder to others', () =>
    inFolder(async (path) => {
      writeFileSync(join(path, 'hufu.db'), 'x'.repeat(5000));
      await assert.rejects(openSqliteStore({ path }), /not a database/);
      lockFolder(path).release();
    }));

  it('refuses writes beyond the size that it is given, and takes them again when room was made', () =>
    inFolder(async (path) => {
      const store = await openSqliteStore({ path, maximumFileBytes: 400_000 });
      let held = 0;
      const fill = async () => {
        for (;;) {
          const grants = Array.from({ length: 50 }, (_, at) => grantAt(startMs + at, { expiresAtMs: 1 }));
          await Promise.all(
            grants.map((grant) => store.createGrant(grant, eventAt(startMs, { type: 'grant.issued' }))),
          );
          held += 50;
        }
      };
      await assert.rejects(fill(), StoreUnavailable);
      assert.ok(held > 0);
      assert.equal(await grantsIn(store), held);
      await store.ping();
      assert.equal(await store.purgeExpired(2, 10_000), held);
      await issue(store, grantAt(startMs));
      assert.equal(await grantsIn(store), 1);
      await store.close();
    }));

  it('refuses more waiting operations than it is given', () =>
    inFolder(async (path) => {
      const store = await openSqliteStore({ path, maxPending: 2 });
      const answers = await Promise.allSettled([1, 2, 3].map((ms) => store.appendAudit(eventAt(startMs + ms))));
      assert.deepEqual(
        answers.map((answer) => answer.status),
        ['fulfilled', 'fulfilled', 'rejected'],
      );
      await store.close();
    }));
});

function prepared(path: string): string {
  const file = databaseFile(path);
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL');
  migrate(db);
  db.close();
  return file;
}

describe('a store whose writer dies', () => {
  it('rejects what is pending and later, says so to a ping, still reads, and closes', () =>
    inFolder(async (path) => {
      const file = prepared(path);
      const { thread, ready } = startWriter({ file, cacheBytes: 1 << 20, maximumFileBytes: undefined });
      await ready;
      let isReleased = false;
      const store = createSqliteStore({
        file,
        queue: new WriteQueue(thread, { batchOperations: 512, batchesInFlight: 2, maxPending: 100 }),
        reader: new Reader(openReader({ file, cacheBytes: 1 << 20 })),
        cache: new GrantCache(10),
        release: () => {
          isReleased = true;
        },
      });
      const [grant] = await issue(store, grantAt(startMs));
      const late = grantAt(startMs + 1);
      const lost = assert.rejects(store.createGrant(late, issued(late)), StoreUnavailable);
      const isGone = thread.terminate();
      await lost;
      await isGone;
      await assert.rejects(store.createGrant(late, issued(late)), StoreUnavailable);
      await assert.rejects(store.ping(), StoreUnavailable);
      // Nobody waits for this one, and that must not end the process.
      void store.appendAudit(eventAt(startMs));
      assert.equal((await store.findGrant(grant?.id ?? ''))?.id, grant?.id);
      await store.close();
      assert.ok(isReleased);
      await assert.rejects(store.ping(), StoreUnavailable);
    }));
});
