/** Runs `hufu-client` inside the test's process: its own streams, environment and exit code, and a person where the test has one. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, type Readable, Writable } from 'node:stream';
import type { TestContext } from 'node:test';
import type { ClientIo } from './io.ts';
import { main } from './main.ts';

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: Readable;
  /** What a person types where it is not shown, one after the other; makes it a terminal. */
  readonly typed?: readonly string[];
  /** Sees what is written to standard error, as it is written. */
  readonly onErrors?: (text: string) => void;
  readonly openBrowser?: ClientIo['openBrowser'];
}

/** Folders of its own, and files as the storage: the keychain of whoever runs the test is theirs. */
export function sampleHome(t: TestContext): Readonly<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-client-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return { HUFU_CONFIG_HOME: join(folder, 'config'), HUFU_DATA_HOME: join(folder, 'data'), HUFU_STORAGE: 'file' };
}

export async function run(args: readonly string[], surroundings: Surroundings = {}): Promise<Ran> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const typed = surroundings.typed && [...surroundings.typed];
  const io: ClientIo = {
    program: 'hufu-client',
    stdin: surroundings.stdin ?? new PassThrough().end(),
    stdout: collector(stdout),
    stderr: collector(stderr, surroundings.onErrors),
    env: surroundings.env ?? {},
    isTTY: typed !== undefined,
    askHidden: typed && (async () => typed.shift() ?? ''),
    openBrowser: surroundings.openBrowser,
    exitCode: 0,
    untilStopped: () => new Promise(() => undefined),
  };
  const exitCode = await main(args, io);
  return { exitCode, stdout: stdout.join(''), stderr: stderr.join('') };
}

function collector(into: string[], seen: (text: string) => void = () => undefined): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      const text = chunk.toString();
      into.push(text);
      seen(text);
      done();
    },
  });
}
