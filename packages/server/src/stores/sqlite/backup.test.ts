import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { verifyBlocks } from '../../core/auditchain.ts';
import { AlreadyExists, StoreUnavailable } from '../../service/ports.ts';
import { everyRow, grantAt, issue, issued, startMs } from '../suite/samples.ts';
import { freshFolder } from './fresh.sample.ts';
import { openSqliteStore, type SqliteStore } from './open.ts';

async function withStore(body: (store: SqliteStore, path: string) => Promise<void>): Promise<void> {
  const folder = freshFolder();
  const store = await openSqliteStore({ path: join(folder.path, 'data') });
  try {
    await body(store, folder.path);
  } finally {
    await store.close();
    folder.remove();
  }
}

describe('backup', () => {
  it('is a database of its own with everything that was answered before it, taken while work goes on', () =>
    withStore(async (store, path) => {
      const before = await issue(store, ...Array.from({ length: 20 }, (_, at) => grantAt(startMs + at)));
      const meanwhile = Array.from({ length: 200 }, (_, at) => grantAt(startMs + 100 + at));
      const file = join(path, 'copy.db');
      await Promise.all([store.backup(file), ...meanwhile.map((grant) => store.createGrant(grant, issued(grant)))]);
      assert.equal(statSync(file).mode & 0o077, 0);
      assert.equal(existsSync(`${file}.partial`), false);

      mkdirSync(join(path, 'other'));
      copyFileSync(file, join(path, 'other', 'hufu.db'));
      const copy = await openSqliteStore({ path: join(path, 'other') });
      const kept = (await everyRow((page) => copy.listGrants({}, page))).map((grant) => grant.id);
      assert.deepEqual(
        kept.slice(0, 20),
        before.map((grant) => grant.id),
      );
      const [anchor] = await copy.auditChains();
      assert.ok(anchor);
      const blocks = await copy.auditBlocks('main', 0, 1000);
      assert.ok(verifyBlocks(anchor, blocks, (text) => hash('sha256', text)).ok);
      // A grant and its event are in the copy together or not at all.
      assert.equal(blocks.flatMap((block) => block.lines.split('\n')).length, kept.length);
      await issue(copy, grantAt(startMs + 1000));
      await copy.close();
    }));

  it('does not touch a file that is there', () =>
    withStore(async (store, path) => {
      const file = join(path, 'copy.db');
      await store.backup(file);
      const { mtimeMs } = statSync(file);
      await assert.rejects(store.backup(file), AlreadyExists);
      assert.equal(statSync(file).mtimeMs, mtimeMs);
    }));

  it('fails where it cannot write, and the store goes on', () =>
    withStore(async (store, path) => {
      await assert.rejects(store.backup(join(path, 'no such folder', 'copy.db')), /ENOENT/);
      await issue(store, grantAt(startMs));
    }));

  it('is refused by a closed store', () =>
    withStore(async (store, path) => {
      await store.close();
      await assert.rejects(store.backup(join(path, 'copy.db')), StoreUnavailable);
    }));
});
