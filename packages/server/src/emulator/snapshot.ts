/** What a new emulator's folder holds before the first request, kept in memory to go back to. */

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { databaseFile } from '../stores/sqlite/open.ts';
import type { Folder, FolderState } from './folder.ts';

export interface Snapshot {
  readonly state: FolderState;
  readonly database: Uint8Array;
}

/** A store may have it open meanwhile. SQLite reads it: closing a file by other means would drop SQLite's locks on it. */
export function takeSnapshot({ path, state }: Folder): Snapshot {
  const copy = join(path, 'snapshot.db');
  const db = new DatabaseSync(databaseFile(path), { readOnly: true });
  try {
    // The copy is read at once and then removed: nothing is gained by waiting for the disk.
    db.exec('PRAGMA synchronous = OFF');
    db.prepare('VACUUM INTO ?').run(copy);
    keepLog(copy);
    return { state, database: readFileSync(copy) };
  } finally {
    db.close();
    rmSync(copy, { force: true });
  }
}

/** Copies have no write-ahead log, and a store that opens one would wait for the disk to say otherwise. */
function keepLog(file: string): void {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL');
  db.close();
}

/** The folder's database must be closed. */
export function putSnapshot(folder: Folder, { state, database }: Snapshot): void {
  folder.wipe();
  folder.save(state);
  writeFileSync(databaseFile(folder.path), database);
}
