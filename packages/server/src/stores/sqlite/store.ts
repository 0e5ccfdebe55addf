/** Puts the parts of a SQLite store together: writer, reader and what is held in memory. */

import { type Store, StoreUnavailable } from '../../service/ports.ts';
import { createAuditStore } from './audit-store.ts';
import { backup } from './backup.ts';
import { createClientStore } from './client-store.ts';
import { createCodeStore } from './code-store.ts';
import { createDirectoryStore } from './directory-store.ts';
import type { GrantCache } from './grant-cache.ts';
import { createGrantStore } from './grant-store.ts';
import { createKeyStore } from './key-store.ts';
import { createLoginStore } from './login-store.ts';
import type { WriteQueue } from './queue.ts';
import type { Reader } from './reader.ts';
import { createRegionStore } from './region-store.ts';
import { Watermarks } from './watermarks.ts';

export interface SqliteStore extends Store {
  /**
   * Writes a copy of the database, as it is at this moment, to a file that is not there yet; work goes on meanwhile.
   * Throws `AlreadyExists` where the file is there.
   */
  backup(toPath: string): Promise<void>;
}

export interface StoreParts {
  readonly file: string;
  readonly queue: WriteQueue;
  readonly reader: Reader;
  readonly cache: GrantCache;
  /** Lets go of the data folder, once nothing is open any more. */
  readonly release: () => void;
}

export function createSqliteStore({ file, queue, reader, cache, release }: StoreParts): SqliteStore {
  const watermarks = new Watermarks(reader.db);
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    await queue.drain();
    // Before the writer: the last one that leaves moves the write-ahead log into the database, which a reader cannot.
    reader.close();
    await queue.close();
    release();
  }

  return {
    ...createGrantStore(queue, reader, watermarks, cache),
    ...createCodeStore(queue, reader, watermarks, cache),
    ...createLoginStore(queue, reader),
    ...createAuditStore(queue, reader),
    ...createDirectoryStore(queue, reader, watermarks, cache),
    ...createClientStore(queue, reader, watermarks, cache),
    ...createRegionStore(queue, reader),
    ...createKeyStore(queue, reader),
    ping: async () => {
      if (queue.refusal !== undefined) throw new StoreUnavailable(queue.refusal);
      await reader.ping();
    },
    get pending() {
      return queue.pending;
    },
    get isBehind() {
      return queue.isBehind;
    },
    backup: async (toPath) => {
      await reader.ping();
      await backup(file, toPath);
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
