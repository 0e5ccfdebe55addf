/** A server in a process of its own: started, waited for, stopped. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface Child extends AsyncDisposable {
  readonly pid: number;
  /** The first line that it prints; the ones after it are read and dropped. Throws where it ends first. */
  readonly firstLine: Promise<string>;
  /** Throws where it has ended, with its last words. */
  checkAlive(): void;
  /** Asks it to end, and waits. */
  stop(): Promise<void>;
}

/** How much of standard error is kept for the case that it fails. */
const lastWordsCharacters = 4096;

const running = new Set<ChildProcess>();
// What is interrupted leaves no server behind.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** @param args of Node: flags, file, arguments. */
export async function startChild(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Child> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await once(child, 'spawn');
  const { pid } = child;
  if (pid === undefined) throw new Error('a process without an id');
  running.add(child);
  const exited = once(child, 'exit').then(() => running.delete(child));

  let lastWords = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-lastWordsCharacters);
  });
  const ended = (): Error =>
    new Error(`${args.join(' ')} ended with ${child.exitCode ?? child.signalCode}\n${lastWords}`);
  const firstLine = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', resolve);
    child.once('exit', () => reject(ended()));
  });
  // Who does not wait for the line need not hear of its absence.
  firstLine.catch(() => undefined);

  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const stop = async (): Promise<void> => {
    if (!hasEnded()) child.kill('SIGTERM');
    await exited;
  };
  return {
    pid,
    firstLine,
    checkAlive() {
      if (hasEnded()) throw ended();
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
