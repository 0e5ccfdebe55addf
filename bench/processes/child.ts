/** A server in a process of its own: started, waited for, stopped. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface Child extends AsyncDisposable {
  readonly pid: number;
  /** The next line that it prints. Throws where it ends first. */
  nextLine(): Promise<string>;
  /** Throws where it has ended. */
  checkAlive(): void;
  /** Asks it to end, and waits; the exit code. */
  stop(): Promise<number | null>;
}

const running = new Set<ChildProcess>();
// What is interrupted leaves no server behind.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** @param args of Node: flags, file, arguments. What it writes on standard error is shown. */
export async function startChild(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Child> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child, 'spawn');
  running.add(child);
  const exited = once(child, 'exit').then(() => running.delete(child));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { pid } = child;
  if (pid === undefined) throw new Error('a process without an id');

  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const stop = async (): Promise<number | null> => {
    if (!hasEnded()) child.kill('SIGTERM');
    await exited;
    return child.exitCode;
  };
  return {
    pid,
    async nextLine() {
      const line = await lines.next();
      if (line.done) throw new Error(`${args.join(' ')} ended without a word`);
      return line.value;
    },
    checkAlive() {
      if (hasEnded()) throw new Error(`${args.join(' ')} ended with ${child.exitCode ?? child.signalCode}`);
    },
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
    },
  };
}
