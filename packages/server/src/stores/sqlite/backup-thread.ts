/** The thread that copies the database for a backup, then ends. It reads one snapshot; the writer goes on beside it. */

import { workerData } from 'node:worker_threads';
import type { BackupJob } from './backup.ts';
import { openReader } from './connection.ts';
import { defaultCacheBytes } from './limits.ts';

// `backup` is the only one who starts this file.
const { file, toPath }: BackupJob = workerData;
const db = openReader({ file, cacheBytes: defaultCacheBytes });
db.prepare('VACUUM INTO ?').run(toPath);
db.close();
