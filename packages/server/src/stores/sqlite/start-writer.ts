/** Starts the writer thread, from source and from an emitted `dist` alike. */

import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { WriterOptions } from './connection.ts';
import { writerHeap } from './limits.ts';
import type { FromWriter } from './operations.ts';

const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';

/** @returns the thread, and a promise that settles when it has opened the database. */
export function startWriter(options: WriterOptions): { readonly thread: Worker; readonly ready: Promise<void> } {
  const thread = new Worker(new URL(`./writer.${extension}`, import.meta.url), {
    name: 'hufu store',
    workerData: options,
    resourceLimits: writerHeap,
    env: threadEnvironment(),
  });
  const ready = new Promise<void>((resolve, reject) => {
    thread.once('message', (message: FromWriter) => {
      if (message === 'ready') resolve();
      else reject(new Error('the writer of the store answered before it was asked'));
    });
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('the writer of the store ended before it was ready')));
  });
  return { thread, ready };
}

/**
 * A cache of compiled modules holds for one thread. Where this one has it on, the writer uses it too: from source it
 * then starts sooner, and spares the 25 MB that reading TypeScript takes.
 */
function threadEnvironment(): NodeJS.ProcessEnv {
  const cache = getCompileCacheDir();
  return cache === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: dirname(cache) };
}
