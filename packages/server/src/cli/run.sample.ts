/** Runs the `hufu` command inside the test's process: its own streams, environment and exit code. */

import { Readable, Writable } from 'node:stream';
import { composeServer } from '../compose.ts';
import type { Io } from './io.ts';
import { main } from './main.ts';
import { type Json, sampleMasterKey } from './server.sample.ts';

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** What a person types where it is not shown, line by line. */
  readonly typed?: readonly string[];
  /** Ends `serve`. */
  readonly stopped?: Promise<string>;
  /** Sees what is written, as it is written. */
  readonly onOutput?: (text: string) => void;
  readonly openServer?: Io['openServer'];
}

export async function run(args: readonly string[], surroundings: Surroundings = {}): Promise<Ran> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const typed = surroundings.typed && [...surroundings.typed];
  const io: Io = {
    program: 'hufu',
    stdin: Readable.from(surroundings.stdin === undefined ? [] : [surroundings.stdin]),
    stdout: collector(stdout, surroundings.onOutput),
    stderr: collector(stderr),
    env: { HUFU_DATA_MASTER_KEY: sampleMasterKey, ...surroundings.env },
    isTTY: false,
    askHidden: typed && (async () => typed.shift() ?? ''),
    exitCode: 0,
    openServer: surroundings.openServer ?? ((config, adminToken) => composeServer(config, { adminToken })),
    untilStopped: () => surroundings.stopped ?? new Promise(() => undefined),
  };
  const exitCode = await main(args, io);
  return { exitCode, stdout: stdout.join(''), stderr: stderr.join('') };
}

/** Runs with `--json`; the one line that it printed. */
export async function runJson(args: readonly string[], surroundings?: Surroundings): Promise<Json> {
  const { exitCode, stdout, stderr } = await run([...args, '--json'], surroundings);
  const lines = stdout.split('\n');
  if (exitCode !== 0 || lines.length !== 2 || lines[1] !== '') {
    throw new Error(`${args.join(' ')}: exit code ${exitCode}, output ${stdout}, errors ${stderr}`);
  }
  return JSON.parse(lines[0] ?? '');
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
