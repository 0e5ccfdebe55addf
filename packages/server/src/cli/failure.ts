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

/** By name, because the modules that throw these are loaded only when they are needed. */
const known: Readonly<Record<string, ExitCode>> = {
  ConfigError: exitCodes.usage,
  BadMasterKey: exitCodes.usage,
  StoreLocked: exitCodes.store,
  StoreUnavailable: exitCodes.store,
  SchemaTooNew: exitCodes.store,
  WrongMasterKey: exitCodes.store,
  KeyUnreadable: exitCodes.store,
  NotADatabase: exitCodes.store,
  AlreadyExists: exitCodes.refused,
  ForeignBackup: exitCodes.refused,
};

export function failureOf(thrown: unknown): CliError {
  if (thrown instanceof CliError) return thrown;
  if (thrown instanceof CommanderError) {
    const exitCode = thrown.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    // A command that was named without its verb has shown its help.
    const code = thrown.code === 'commander.help' ? 'help' : 'usage';
    return new CliError(exitCode, code, withoutValues(thrown.message.replace(/^error: /, '')));
  }
  if (!(thrown instanceof Error)) return new CliError(exitCodes.failed, 'internal', 'a mistake of the command');
  const exitCode = known[thrown.name];
  if (exitCode !== undefined) return new CliError(exitCode, wordOf(thrown.name), thrown.message);
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  if (code === 'ERR_SQLITE_ERROR') return new CliError(exitCodes.store, 'database', thrown.message);
  if ('syscall' in thrown && thrown.syscall === 'listen') {
    return new CliError(exitCodes.usage, code.toLowerCase(), `server.port: ${thrown.message}`);
  }
  if ('syscall' in thrown) return new CliError(exitCodes.store, code.toLowerCase(), thrown.message);
  return new CliError(exitCodes.failed, 'internal', `${thrown.name}: ${thrown.message}`);
}

/** `StoreLocked` becomes `store_locked`. */
const wordOf = (name: string): string => name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

/** A mistyped option may carry a secret behind its `=`. */
const withoutValues = (message: string): string => message.replace(/(--?[\w-]+)=[^\s']*/g, '$1=...');
