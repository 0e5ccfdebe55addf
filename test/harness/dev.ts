/** `hufu dev` and `hufu tour` as processes of their own. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../..', import.meta.url));
const bin = fileURLToPath(new URL('../../packages/server/bin/hufu.js', import.meta.url));

export interface Started extends AsyncDisposable {
  readonly process: ChildProcess;
  /** Everything on standard output, at the end. */
  readonly output: Promise<string>;
  readonly errors: Promise<string>;
  /** Exit code, or the signal's name. */
  readonly exited: Promise<number | string>;
}

export function start(command: string, ...args: string[]): Started {
  const child = spawn(process.execPath, [bin, command, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  const exited = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string);
  return {
    process: child,
    output: text(child.stdout),
    errors: text(child.stderr),
    exited,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** The first line of standard output; throws where the process ends without one. */
export async function firstLine({ process, exited, errors }: Started): Promise<string> {
  const { stdout } = process;
  if (!stdout) throw new TypeError('standard output is no pipe');
  const line = once(createInterface({ input: stdout }), 'line').then(([first]) => String(first));
  const ended = exited.then(async (code) => Promise.reject(new Error(`ended with ${code}: ${await errors}`)));
  return Promise.race([line, ended]);
}

/** Standard output as far as the first `mark`; throws where the process ends before. */
export async function outputUntil({ process, exited, errors }: Started, mark: string): Promise<string> {
  const { stdout } = process;
  if (!stdout) throw new TypeError('standard output is no pipe');
  let output = '';
  const marked = new Promise<string>((resolve) => {
    stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (output.includes(mark)) resolve(output);
    });
  });
  const ended = exited.then(async (code) => Promise.reject(new Error(`ended with ${code}: ${await errors}`)));
  return Promise.race([marked, ended]);
}
