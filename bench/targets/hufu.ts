/** Hufu as it runs in production: `hufu serve`, one process, SQLite with every answer on disk, warnings logged. */

import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, startChild } from '../processes/child.ts';
import { send } from '../requests/send.ts';
import type { Target } from './target.ts';

const server = join(import.meta.dirname, '../../packages/server');

/** The command as a clone has it, from source. */
export const command = join(server, 'bin/hufu.js');

/** The command as it is published, which `run.ts` builds first: production reads no TypeScript. */
export const builtCommand = join(server, 'dist/bin/hufu.js');

/** As docs/operation.md starts it where memory counts more than anything else. */
export const small = {
  nodeFlags: ['--max-semi-space-size=4', '--max-old-space-size=64'],
  environment: { MALLOC_ARENA_MAX: '2' },
} as const;

export interface HufuOptions {
  readonly folder: string;
  readonly masterKey: string;
  readonly adminToken: string;
  /** Further options, by their environment names. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Flags of Node, such as those of its profiler. */
  readonly nodeFlags?: readonly string[];
}

export async function serveHufu(options: HufuOptions): Promise<Target> {
  const port = await freePort();
  const child = await startChild([...(options.nodeFlags ?? []), builtCommand, 'serve'], {
    HUFU_SERVER_PORT: String(port),
    HUFU_DATA_DIR: options.folder,
    HUFU_DATA_MASTER_KEY: options.masterKey,
    HUFU_ADMIN_TOKEN: options.adminToken,
    HUFU_LOG_LEVEL: 'warn',
    ...options.environment,
  });
  const url = `http://127.0.0.1:${port}`;
  await ready(child, url);
  return { url, pid: child.pid, [Symbol.asyncDispose]: child.stop };
}

const longestStartMs = 30_000;
const askAgainMs = 20;

async function ready(child: Child, url: string): Promise<void> {
  const request = { method: 'GET', path: '/readyz', headers: [['host', new URL(url).host]], body: '' } as const;
  for (const endMs = Date.now() + longestStartMs; Date.now() < endMs; await sleep(askAgainMs)) {
    child.checkAlive();
    const status = await send(url, request).then(
      (answer) => answer.status,
      () => undefined,
    );
    if (status === 200) return;
  }
  await child.stop();
  throw new Error(`hufu serve was not ready after ${longestStartMs} ms`);
}

/** Somebody else may take it before the server does; then the start fails and says so. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no free port');
  return address.port;
}
