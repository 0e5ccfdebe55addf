/** What the server's errors mean for whoever typed the command. */

import { CliError, type ExitCode, exitCodes } from '@hufu/client/terminal';

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

/** `undefined` for errors of others. */
export function serverFailure(thrown: Error): CliError | undefined {
  const exitCode = known[thrown.name];
  if (exitCode !== undefined) return new CliError(exitCode, wordOf(thrown.name), thrown.message);
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  if (code === 'ERR_SQLITE_ERROR') return new CliError(exitCodes.store, 'database', thrown.message);
  if ('syscall' in thrown && thrown.syscall === 'listen') {
    return new CliError(exitCodes.usage, code.toLowerCase(), `server.port: ${thrown.message}`);
  }
  return undefined;
}

/** `StoreLocked` becomes `store_locked`. */
const wordOf = (name: string): string => name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
