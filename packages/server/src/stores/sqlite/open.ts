/**
 * The SQLite store: one data folder, one process, every answer after its commit is on disk.
 *
 *     const store = await openSqliteStore({ path: '/var/lib/hufu' });
 *     await store.createGrant(grant, event);
 *     await store.close();
 */

import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { openReader, openWriter, type WriterOptions } from './connection.ts';
import { GrantCache } from './grant-cache.ts';
import {
  batchesInFlight,
  defaultBatchOperations,
  defaultCacheBytes,
  defaultCachedGrants,
  defaultMaxPending,
} from './limits.ts';
import { lockFolder } from './lock.ts';
import { migrate } from './migrate.ts';
import { WriteQueue } from './queue.ts';
import { Reader } from './reader.ts';
import { startWriter } from './start-writer.ts';
import { createSqliteStore, type SqliteStore } from './store.ts';

export type { SqliteStore };

export interface SqliteStoreOptions {
  /** The data folder: created, readable by its owner only, where it is missing. */
  readonly path: string;
  /** Most operations that share one commit; 512 by default. */
  readonly batchOperations?: number | undefined;
  /** Most operations that may wait for their commit; beyond it `StoreUnavailable`. 10,000 by default. */
  readonly maxPending?: number | undefined;
  /** Page cache of each of the two connections, in bytes; 8 MiB by default. */
  readonly cacheBytes?: number | undefined;
  /** Grants that were looked up lately and are kept in memory, some 500 bytes each; 8192 by default. */
  readonly cachedGrants?: number | undefined;
  /** The database file grows no larger, in bytes: then writes throw `StoreUnavailable`. No bound by default. */
  readonly maximumFileBytes?: number | undefined;
  /** The folder goes with the process: no commit waits for the disk. Not so by default. */
  readonly isTransient?: boolean | undefined;
}

/**
 * Opens the store of a data folder, and makes or migrates it first where that is needed.
 *
 * Throws `StoreLocked` where the folder is in use, and `SchemaTooNew` where a newer Hufu has written it.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  mkdirSync(options.path, { recursive: true, mode: 0o700 });
  const lock = lockFolder(options.path);
  try {
    return await openLocked(options, lock.release);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openLocked(options: SqliteStoreOptions, release: () => void): Promise<SqliteStore> {
  const file = databaseFile(options.path);
  const cacheBytes = options.cacheBytes ?? defaultCacheBytes;
  const { maximumFileBytes, isTransient } = options;
  const connection = { file, cacheBytes, maximumFileBytes, isTransient };
  prepare(connection);
  const reader = new Reader(openReader(connection));
  const { thread, ready } = startWriter(connection);
  try {
    await ready;
  } catch (error) {
    reader.close();
    await thread.terminate();
    throw error;
  }
  const queue = new WriteQueue(thread, {
    batchOperations: options.batchOperations ?? defaultBatchOperations,
    batchesInFlight,
    maxPending: options.maxPending ?? defaultMaxPending,
  });
  const cache = new GrantCache(options.cachedGrants ?? defaultCachedGrants);
  return createSqliteStore({ file, queue, reader, cache, release });
}

/** Where a data folder keeps its database. SQLite adds `-wal` and `-shm` files beside it, with the same rights. */
export function databaseFile(folder: string): string {
  const file = join(folder, 'hufu.db');
  // Made here, because SQLite would make it readable by everybody.
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  return file;
}

/** Here, not in the writer: a database that cannot be used is refused before a thread is started for it. */
function prepare(connection: WriterOptions): void {
  const db = openWriter(connection);
  try {
    migrate(db);
  } finally {
    db.close();
  }
}
