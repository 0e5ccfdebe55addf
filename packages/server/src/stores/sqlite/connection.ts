/** Opens the database file, for the one writer and for the reader. */

import { DatabaseSync } from 'node:sqlite';
import { busyTimeoutMs, checkpointPages, pageBytes, walKeptBytes } from './limits.ts';

export interface ConnectionOptions {
  readonly file: string;
  readonly cacheBytes: number;
}

export interface WriterOptions extends ConnectionOptions {
  readonly maximumFileBytes: number | undefined;
  /** No commit waits for the disk. */
  readonly isTransient?: boolean | undefined;
}

export function openWriter({ file, cacheBytes, maximumFileBytes, isTransient }: WriterOptions): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: busyTimeoutMs, enableForeignKeyConstraints: true });
  // FULL: a commit is on disk before it is answered, through a loss of power too.
  db.exec(`PRAGMA synchronous = ${isTransient ? 'OFF' : 'FULL'}; PRAGMA journal_mode = WAL`);
  db.exec(`PRAGMA wal_autocheckpoint = ${checkpointPages}; PRAGMA journal_size_limit = ${walKeptBytes}`);
  if (maximumFileBytes !== undefined) {
    db.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(maximumFileBytes / pageBytes))}`);
  }
  bound(db, cacheBytes);
  return db;
}

export function openReader({ file, cacheBytes }: ConnectionOptions): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: busyTimeoutMs, readOnly: true });
  bound(db, cacheBytes);
  return db;
}

/** Memory is the page cache and nothing else: a mapped file would count as the process's own. */
function bound(db: DatabaseSync, cacheBytes: number): void {
  db.exec(`PRAGMA cache_size = -${Math.ceil(cacheBytes / 1024)}; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY`);
}
