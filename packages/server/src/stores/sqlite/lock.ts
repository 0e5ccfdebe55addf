/**
 * One process a data folder. The lock is a transaction that is never ended on a second, empty database: the operating
 * system lets go of it when the process dies, however it dies, so nothing stale is ever left behind.
 *
 * Nobody else may open that file in this process: on POSIX systems, closing any handle to it would drop the lock.
 */

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isBusy } from './sqlite-errors.ts';

/** Another process, or another store of this one, has the data folder open. */
export class StoreLocked extends Error {
  override readonly name = 'StoreLocked';

  constructor(folder: string) {
    super(`the data folder ${folder} is in use by another Hufu: stop that one first, or name another folder`);
  }
}

export interface FolderLock {
  release(): void;
}

export function lockFolder(folder: string): FolderLock {
  const db = new DatabaseSync(join(folder, 'hufu.lock'), { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (isBusy(error)) throw new StoreLocked(folder);
    throw error;
  }
  return { release: () => db.close() };
}
