/** Runs a program in our place: its standard streams are ours, our signals are its, and its end is ours. */

import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { errnoOf } from '../../files/errno.ts';

export interface ChildOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether we are in the foreground of a terminal, which sends Ctrl+C and Ctrl+\ to the child by itself. */
  readonly isOnTerminal: boolean;
}

const forwarded = ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGINT', 'SIGQUIT'] as const;
const ofTerminal: ReadonlySet<string> = new Set(['SIGINT', 'SIGQUIT']);

/** As shells have it: 127 not found, 126 cannot be run, 128 + n ended by signal n. */
const notFound = 127;
const notRunnable = 126;
const bySignal = 128;

export class Unstartable extends Error {
  override readonly name = 'Unstartable';
  readonly exitCode: number;

  constructor(exitCode: number, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * Waits for the end of the program, whatever signal comes meanwhile.
 *
 * @returns what a shell would have in `$?`.
 * @throws {Unstartable} where there is no such program, or it cannot be run.
 */
export async function runChild(command: string, args: readonly string[], options: ChildOptions): Promise<number> {
  const child = spawn(command, args, { stdio: 'inherit', env: { ...options.env } });
  const pass = (signal: NodeJS.Signals): void => {
    // Twice is more than once: many programs take the second Ctrl+C for "at once".
    if (!(options.isOnTerminal && ofTerminal.has(signal))) child.kill(signal);
  };
  for (const signal of forwarded) process.on(signal, pass);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', (error) => reject(unstarted(command, error)));
      child.once('exit', (code, signal) => resolve(code ?? bySignal + (signal ? constants.signals[signal] : 0)));
    });
  } finally {
    for (const signal of forwarded) process.off(signal, pass);
  }
}

function unstarted(command: string, error: Error): Unstartable {
  const errno = errnoOf(error);
  if (errno === 'ENOENT') return new Unstartable(notFound, `${command}: there is no such program`);
  return new Unstartable(notRunnable, `${command}: cannot be run (${errno ?? 'unknown'})`);
}
