/**
 * A process of its own that shares the credential. It asks for a token whenever its parent says so, and stops or dies at the
 * point that it was told to.
 */

import * as files from 'node:fs/promises';
import { createTokenSource, isTokenError, type Lock, type Provider, type TokenStore } from '@hufu/client';
import { fileLock } from '@hufu/client/locks/file';
import { fileStore } from '@hufu/client/stores/file';
import type { Point } from './points.ts';
import { rotating } from './rotating-provider.ts';
import { sharedClock } from './shared-clock.ts';

export interface WorkerOptions {
  readonly url: string;
  readonly folder: string;
  readonly clockFile: string;
  readonly isReplayable?: boolean;
  /** Where it dies or stands still. */
  readonly point?: Point;
  readonly signal?: 'SIGKILL' | 'SIGSTOP';
}

export type Reply =
  | { readonly is: 'ready' | 'at-point' }
  | { readonly is: 'token'; readonly token: string }
  | { readonly is: 'error'; readonly code: string };

const options: WorkerOptions = JSON.parse(process.argv[2] ?? '{}');
const clock = sharedClock(options.clockFile);

async function at(point: Point): Promise<void> {
  if (point !== options.point) return;
  await new Promise<void>((sent) => process.send?.({ is: 'at-point' } satisfies Reply, () => sent()));
  process.kill(process.pid, options.signal ?? 'SIGKILL');
}

/** The step that a write belongs to. */
let writing: 'intent' | 'grant' | 'other' = 'other';

const inner = fileStore({
  folder: options.folder,
  files: {
    ...files,
    async link(from, to) {
      if (writing === 'grant') await at('record-prepared');
      await files.link(from, to);
      if (writing === 'grant') await at('record-linked');
    },
  },
});
let reads = 0;
const store: TokenStore = {
  ...inner,
  async read(key) {
    reads += 1;
    if (reads === 1) await at('before-first-read');
    const record = await inner.read(key);
    if (reads === 1) await at('after-first-read');
    return record;
  },
  async write(key, record, condition) {
    writing = record.intent ? 'intent' : record.cooldown ? 'other' : 'grant';
    if (writing === 'intent') await at('before-intent');
    if (writing === 'grant') await at('before-persist');
    const outcome = await inner.write(key, record, condition);
    if (writing === 'intent') await at('after-intent');
    if (writing === 'grant') await at('after-persist');
    writing = 'other';
    return outcome;
  },
};

const innerLock = fileLock({ folder: options.folder, clock });
const lock: Lock = {
  async run(key, times, work) {
    const result = await innerLock.run(key, times, async (lease) => {
      await at('lock-taken');
      const done = await work(lease);
      await at('before-lock-release');
      return done;
    });
    await at('after-lock-release');
    return result;
  },
};

const server = rotating({ url: options.url, isReplayable: options.isReplayable });
const provider: Provider = {
  ...server,
  async refresh(previous, context) {
    await at('before-send');
    const grant = await server.refresh?.(previous, context);
    if (!grant) throw new Error('no refresh');
    await at('after-answer');
    return grant;
  },
};

// Waits are real, and many processes on a small machine are slow: nobody gives up before all had their turn.
const policy = { lockWaitMs: 120_000, leaseMs: 240_000, flightTimeoutMs: 600_000, httpTimeoutMs: 60_000 };
const source = createTokenSource({ provider, store, lock, clock, policy: options.signal ? {} : policy });

const reply = (message: Reply): void => {
  process.send?.(message);
};

process.on('message', async (order) => {
  if (order === 'exit') process.exit(0);
  try {
    reply({ is: 'token', token: (await source.getToken()).token });
  } catch (error) {
    reply({ is: 'error', code: isTokenError(error) ? error.code : String(error) });
  }
});
reply({ is: 'ready' });
