/**
 * Puts a backup in the place of a data folder's database. What was ended since the backup stays ended: revocations,
 * watermarks, disabled and deleted accounts, old passwords, used refresh tokens, codes and assertions, and retired keys are
 * taken over from the database that it replaces.
 */

import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AlreadyExists } from '../../service/ports.ts';
import { backup as copyDatabase } from './backup.ts';
import { type CarriedOver, carryOver } from './carry-over.ts';
import { openWriter } from './connection.ts';
import { defaultCacheBytes } from './limits.ts';
import { lockFolder } from './lock.ts';
import { migrate, schemaOf } from './migrate.ts';

/** The file is no backup of this server. */
export class NotADatabase extends Error {
  override readonly name = 'NotADatabase';
}

export interface RestoreOptions {
  readonly backup: string;
  readonly folder: string;
  /** Whether a database that is there may be replaced; it is kept beside the new one. */
  readonly replace: boolean;
  /**
   * `forget` only where the database that is there cannot be read any more: then everything that was revoked since the
   * backup is alive again.
   */
  readonly revocations: 'keep' | 'forget';
  /** Names the database that is kept. */
  readonly nowMs: number;
}

export interface Restored {
  /** Instant of the newest audit event of the backup; `undefined` where it has none. */
  readonly newestEventAtMs: number | undefined;
  /** The database that was replaced. */
  readonly kept: string | undefined;
  /** What was taken over from it. */
  readonly carriedOver: CarriedOver | undefined;
}

export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { backup, folder } = options;
  if (!existsSync(backup)) throw new NotADatabase(`${backup} does not exist`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = lockFolder(folder);
  const fresh = join(folder, 'hufu.db.restoring');
  try {
    const present = join(folder, 'hufu.db');
    const replaces = existsSync(present);
    if (replaces && !options.replace) throw new AlreadyExists(`${folder} holds a database`);
    removeDatabase(fresh);
    await copyDatabase(backup, fresh).catch((error: unknown) => {
      throw new NotADatabase(`${backup} cannot be read as a database: ${error instanceof Error ? error.message : ''}`);
    });
    const carriedFrom = replaces && options.revocations === 'keep' ? present : undefined;
    const prepared = prepare(fresh, backup, carriedFrom);
    const kept = replaces ? keep(present, options.nowMs) : undefined;
    renameSync(fresh, present);
    sync(folder);
    return { ...prepared, kept };
  } finally {
    removeDatabase(fresh);
    lock.release();
  }
}

/** Brings the copy to today's schema, and into it what must not come back to life. */
function prepare(fresh: string, named: string, carriedFrom: string | undefined): Omit<Restored, 'kept'> {
  if (schemaOfFile(fresh) === 0) throw new NotADatabase(`${named} is no backup of a Hufu data folder`);
  if (carriedFrom !== undefined) settle(carriedFrom);
  const db = openWriter({ file: fresh, cacheBytes: defaultCacheBytes, maximumFileBytes: undefined });
  try {
    migrate(db);
    const newest = db.prepare('SELECT max(last_at_ms) AS at FROM audit_blocks').get()?.at;
    const carriedOver = carriedFrom === undefined ? undefined : carryOver(db, carriedFrom);
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return { newestEventAtMs: typeof newest === 'number' ? newest : undefined, carriedOver };
  } finally {
    db.close();
  }
}

/** Brings the database that is replaced to the same schema, so that its rows can be read. */
function settle(file: string): void {
  const db = openWriter({ file, cacheBytes: defaultCacheBytes, maximumFileBytes: undefined });
  try {
    migrate(db);
  } finally {
    db.close();
  }
}

function schemaOfFile(file: string): number {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    return schemaOf(db);
  } finally {
    db.close();
  }
}

/** A second name for the old database, so that at no moment the folder has none. */
function keep(present: string, nowMs: number): string {
  const kept = `${present}.replaced-${new Date(nowMs).toISOString().replaceAll(':', '-')}`;
  linkSync(present, kept);
  chmodSync(kept, 0o600);
  // There are none where it could be read; else they hold its last commits, and the new database must not find them.
  for (const suffix of ['-wal', '-shm']) if (existsSync(present + suffix)) renameSync(present + suffix, kept + suffix);
  return kept;
}

function removeDatabase(file: string): void {
  for (const suffix of ['', '.partial', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true });
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
