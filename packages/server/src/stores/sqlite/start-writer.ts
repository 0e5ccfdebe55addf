/** Starts the writer thread, from source and from an emitted `dist` alike. */

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
