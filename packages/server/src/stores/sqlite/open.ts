/**
 * The SQLite store: one data folder, one process, every answer after its commit is on disk.
 *
 *     const store = await openSqliteStore({ path: '/var/lib/hufu' });
 *     await store.createGrant(grant, event);
 *     await store.close();
 */

import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { type Store, StoreUnavailable } from '../../service/ports.ts';
import { createAuditStore } from './audit-store.ts';
import { backup } from './backup.ts';
import { openReader, openWriter } from './connection.ts';
import { createDirectoryStore } from './directory-store.ts';
import { createGrantStore } from './grant-store.ts';
import { createKeyStore } from './key-store.ts';
import { defaultBatchOperations, defaultCacheBytes, defaultMaxPending } from './limits.ts';
import { lockFolder } from './lock.ts';
import { migrate } from './migrate.ts';
import { WriteQueue } from './queue.ts';
import { Reader } from './reader.ts';
import { startWriter } from './start-writer.ts';
import { Watermarks } from './watermarks.ts';

export interface SqliteStoreOptions {
  /** The data folder: created, readable by its owner only, where it is missing. */
  readonly path: string;
  /** Most operations that share one commit; 512 by default. */
  readonly batchOperations?: number | undefined;
  /** Most operations that may wait for their commit; beyond it `StoreUnavailable`. 10,000 by default. */
  readonly maxPending?: number | undefined;
  /** Page cache of each of the two connections, in bytes; 8 MiB by default. */
  readonly cacheBytes?: number | undefined;
  /** The database file grows no larger, in bytes: then writes throw `StoreUnavailable`. No bound by default. */
  readonly maximumFileBytes?: number | undefined;
}

export interface SqliteStore extends Store {
  /**
   * Writes a copy of the database, as it is at this moment, to a file that is not there yet; work goes on meanwhile.
   * Throws `AlreadyExists` where the file is there.
   */
  backup(toPath: string): Promise<void>;
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
  const cacheBytes = options.cacheBytes ?? defaultCacheBytes;
  const connection = { file: databaseFile(options.path), cacheBytes, maximumFileBytes: options.maximumFileBytes };
  prepare(connection);
  const { thread, ready } = startWriter(connection);
  const reader = new Reader(openReader(connection));
  try {
    await ready;
  } catch (error) {
    reader.close();
    await thread.terminate();
    throw error;
  }
  const queue = new WriteQueue(thread, {
    batchOperations: options.batchOperations ?? defaultBatchOperations,
    maxPending: options.maxPending ?? defaultMaxPending,
  });
  let closing: Promise<void> | undefined;

  return {
    ...createGrantStore(queue, reader, new Watermarks(reader.db)),
    ...createAuditStore(queue, reader),
    ...createDirectoryStore(queue, reader),
    ...createKeyStore(queue, reader),
    ping: async () => {
      if (queue.refusal !== undefined) throw new StoreUnavailable(queue.refusal);
      await reader.ping();
    },
    get pending() {
      return queue.pending;
    },
    backup: async (toPath) => {
      await reader.ping();
      await backup(connection.file, toPath);
    },
    close: () => {
      closing ??= (async () => {
        await queue.close();
        reader.close();
        release();
      })();
      return closing;
    },
  };
}

/** Where a data folder keeps its database. SQLite adds `-wal` and `-shm` files beside it, with the same rights. */
export function databaseFile(folder: string): string {
  const file = join(folder, 'hufu.db');
  // Made here, because SQLite would make it readable by everybody.
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  return file;
}

function prepare(connection: Parameters<typeof openWriter>[0]): void {
  const db = openWriter(connection);
  try {
    migrate(db);
  } finally {
    db.close();
  }
}
