/** SQLite stores in folders of their own, for tests. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore, type SqliteStoreOptions } from './open.ts';

export interface FreshFolder {
  readonly path: string;
  remove(): void;
}

export function freshFolder(): FreshFolder {
  const path = mkdtempSync(join(tmpdir(), 'hufu-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A `FreshStore` of the suite. */
export async function openFreshSqlite(options: Omit<SqliteStoreOptions, 'path'> = {}) {
  const folder = freshFolder();
  const open = () => openSqliteStore({ ...options, path: folder.path });
  let store = await open();
  return {
    store,
    async reopen() {
      await store.close();
      store = await open();
      return store;
    },
    async dispose() {
      await store.close();
      folder.remove();
    },
  };
}
