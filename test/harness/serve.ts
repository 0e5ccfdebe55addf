/** `hufu serve` as a process of its own on a data folder that a test may keep, kill and open again. */

import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Keys } from './sign.ts';

const bin = fileURLToPath(new URL('../../packages/server/bin/hufu.js', import.meta.url));

export interface Installation extends AsyncDisposable {
  readonly folder: string;
  readonly env: Record<string, string>;
}

/** A data folder with its master key and admin token. */
export async function install(env: Record<string, string> = {}): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'hufu-test-'));
  return {
    folder,
    env: {
      HUFU_DATA_DIR: folder,
      HUFU_DATA_MASTER_KEY: randomBytes(32).toString('base64'),
      HUFU_ADMIN_TOKEN: randomBytes(24).toString('base64url'),
      HUFU_SERVER_PORT: '0',
      ...env,
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

export interface Served extends AsyncDisposable {
  readonly url: string;
  readonly host: string;
  readonly process: ChildProcess;
  /** Everything that it wrote so far. */
  output(): string;
  /** Exit code, or the signal's name. */
  stop(signal: NodeJS.Signals): Promise<number | string>;
}

export async function serve(installation: Installation): Promise<Served> {
  const child = spawn(process.execPath, [bin, 'serve'], {
    env: { PATH: process.env.PATH ?? '', ...installation.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let announce: (url: string) => void = () => undefined;
  const listening = new Promise<string>((resolve) => {
    announce = resolve;
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const url = /"url":"(http[^"]+)"/.exec(output)?.[1];
      if (url !== undefined) announce(url);
    });
  }
  const exited = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string);
  const url = await Promise.race([
    listening,
    exited.then((code) => Promise.reject(new Error(`serve ended with ${code}: ${output}`))),
  ]);
  return {
    url,
    host: new URL(url).host,
    process: child,
    output: () => output,
    stop(signal) {
      child.kill(signal);
      return exited;
    },
    // A test that failed must not leave a process behind, which would keep the whole run waiting.
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Calls the admin API; throws for anything but success. */
export async function admin(
  installation: Installation,
  url: string,
  method: string,
  path: string,
  body?: object,
): Promise<Record<string, unknown>> {
  const answer = await fetch(`${url}/admin/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${installation.env.HUFU_ADMIN_TOKEN}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
}

/** A tenant with a user who may do everything with tickets, and the user's access key. */
export async function provision(installation: Installation, url: string): Promise<Keys> {
  await admin(installation, url, 'POST', '/tenants', { id: 'acme', name: 'Acme' });
  const policy = {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'log:*', Resource: 'acs:log:*:*:ticket/*' }],
  };
  await admin(installation, url, 'POST', '/users', { tenant: 'acme', id: 'alice', name: 'Alice', policy });
  const key = await admin(installation, url, 'POST', '/accesskeys', { tenant: 'acme', userId: 'alice' });
  return { accessKeyId: String(key.id), accessKeySecret: String(key.secret) };
}
