/**
 * The writer thread: owns the only connection that writes, and commits one batch after the other.
 * The waiting for the disk is here, so that the main thread never waits for it (docs/decisions/0005).
 */

import { parentPort, workerData } from 'node:worker_threads';
import { BatchWriter } from './batch.ts';
import { openWriter, type WriterOptions } from './connection.ts';
import type { FromWriter, ToWriter } from './operations.ts';

if (!parentPort) throw new Error('the writer of the SQLite store runs as a worker thread only');
const port = parentPort;

// The main thread's `startWriter` is the only one who starts this file.
const options: WriterOptions = workerData;
const db = openWriter(options);
const writer = new BatchWriter(db);

const answer = (message: FromWriter): void => port.postMessage(message);

port.on('message', (message: ToWriter) => {
  if (message !== 'close') return answer(writer.run(message));
  db.close();
  port.close();
});

answer('ready');
