/** The client's command as its users have it: a process of its own, with a home that is empty at first. */

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export const clientBin = fileURLToPath(new URL('../../packages/client/bin/hufu-client.js', import.meta.url));

export interface Ran {
  /** The exit code; `null` where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Given {
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Home extends AsyncDisposable {
  readonly folder: string;
  /** What every process in this home has. */
  readonly env: Readonly<Record<string, string | undefined>>;
  run(args: readonly string[], given?: Given): Promise<Ran>;
  /** As `run`, and throws unless it ends with 0; its standard output, without the line end. */
  output(args: readonly string[], given?: Given): Promise<string>;
  start(args: readonly string[], given?: Given): ChildProcessWithoutNullStreams;
}

/** @param more variables of every process, such as those that secrets come from. */
export async function emptyHome(more: Readonly<Record<string, string>> = {}): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), 'hufu-home-'));
  const { HUFU_STORAGE_KEY: _key, HUFU_STORAGE: _storage, XDG_RUNTIME_DIR: _runtime, ...inherited } = process.env;
  const places = { HUFU_CONFIG_HOME: join(folder, 'config'), HUFU_DATA_HOME: join(folder, 'data') };
  const env = { ...inherited, ...places, HUFU_STORAGE: 'file', NO_COLOR: '1', ...more };

  const start = (args: readonly string[], given: Given = {}) =>
    spawn(process.execPath, [clientBin, ...args], { env: { ...env, ...given.env }, stdio: 'pipe' });

  async function run(args: readonly string[], given: Given = {}): Promise<Ran> {
    const child = start(args, given);
    const ended = once(child, 'close');
    const read = Promise.all([text(child.stdout), text(child.stderr)]);
    // It may end without reading.
    child.stdin.on('error', () => {});
    child.stdin.end(given.stdin ?? '');
    const [stdout, stderr] = await read;
    const [code] = await ended;
    return { code, stdout, stderr };
  }

  return {
    folder,
    env,
    run,
    start,
    async output(args, given) {
      const { code, stdout, stderr } = await run(args, given);
      if (code !== 0) throw new Error(`${args.join(' ')}: exit code ${code}: ${stderr}`);
      return stdout.trimEnd();
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
