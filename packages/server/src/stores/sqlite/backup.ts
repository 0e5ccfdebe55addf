/** A copy of the live database: consistent, compact, and complete on disk before it gets its name. */

import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AlreadyExists } from '../../service/ports.ts';

const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';

/** What the copying thread is given. */
export interface BackupJob {
  readonly file: string;
  readonly toPath: string;
}

export async function backup(file: string, toPath: string): Promise<void> {
  if (existsSync(toPath)) throw new AlreadyExists(`${toPath} exists`);
  const partial = `${toPath}.partial`;
  rmSync(partial, { force: true });
  // Made here, because SQLite would make it readable by everybody.
  closeSync(openSync(partial, 'wx', 0o600));
  await copy({ file, toPath: partial });
  sync(partial);
  renameSync(partial, toPath);
  sync(dirname(toPath));
}

/** In a thread of its own: it takes seconds for a large database, and nobody may wait for it. */
function copy(job: BackupJob): Promise<void> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL(`./backup-thread.${extension}`, import.meta.url), { workerData: job });
    thread.once('error', reject);
    thread.once('exit', (code) => (code === 0 ? resolve() : reject(new Error('the backup was cut short'))));
  });
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
