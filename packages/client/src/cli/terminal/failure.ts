/** How a command fails: an exit code for scripts, a stable word for `--json`, a sentence for people. Never a secret. */

import { CommanderError } from 'commander';
import { type ExitCode, exitCodes } from './exit-codes.ts';

export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: ExitCode;
  readonly code: string;

  constructor(exitCode: ExitCode, code: string, message: string) {
    super(message);
    this.exitCode = exitCode;
    this.code = code;
  }
}

export const usageError = (message: string): CliError => new CliError(exitCodes.usage, 'usage', message);

/** What a part of the program knows of the errors that it throws; `undefined` for those of others. */
export type FailureReader = (thrown: Error) => CliError | undefined;

/** @param readers asked in this order; whoever knows the error says what it means. */
export function failureOf(thrown: unknown, readers: readonly FailureReader[]): CliError {
  if (thrown instanceof CliError) return thrown;
  if (thrown instanceof CommanderError) {
    const exitCode = thrown.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    // A command that was named without its verb has shown its help.
    const code = thrown.code === 'commander.help' ? 'help' : 'usage';
    return new CliError(exitCode, code, withoutValues(thrown.message.replace(/^error: /, '')));
  }
  if (!(thrown instanceof Error)) return new CliError(exitCodes.failed, 'internal', 'a mistake of the command');
  for (const read of readers) {
    const failure = read(thrown);
    if (failure) return failure;
  }
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  if ('syscall' in thrown) return new CliError(exitCodes.store, code.toLowerCase(), thrown.message);
  return new CliError(exitCodes.failed, 'internal', `${thrown.name}: ${thrown.message}`);
}

/** A mistyped option may carry a secret behind its `=`. */
const withoutValues = (message: string): string => message.replace(/(--?[\w-]+)=[^\s']*/g, '$1=...');
