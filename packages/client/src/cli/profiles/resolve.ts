/** Gets a value from where a profile says that it is. Never tells what it found. */

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { TokenError, type TokenErrorCode } from '../../core/errors.ts';
import { errnoOf } from '../../files/errno.ts';
import type { ClientIo } from '../io.ts';
import type { Reference } from './profile.ts';
import type { StoredSecrets } from './stored-secrets.ts';

/** Somebody may have to unlock a password manager meanwhile. */
export const commandTimeoutMs = 60_000;
const mostOutputBytes = 64 * 1024;

export interface Places {
  readonly env: ClientIo['env'];
  readonly stored: StoredSecrets;
}

/** @param option names the value in messages. Throws `TokenError` with `config`, or `interaction_required` for a secret nobody typed yet. */
export async function resolveReference(option: string, reference: Reference, places: Places): Promise<string> {
  const text = await find(option, reference, places);
  // The line end that editors and programs add.
  const value = text.replace(/\r?\n$/, '');
  return value === '' ? refuse(option, 'nothing stands where the profile says that it is') : value;
}

async function find(option: string, reference: Reference, { env, stored }: Places): Promise<string> {
  if ('env' in reference) return env[reference.env] ?? refuse(option, `the variable ${reference.env} is not set`);
  if ('file' in reference) return fileText(option, reference.file);
  if ('command' in reference) return commandOutput(option, reference.command, env);
  const found = await stored.read(option);
  return found ?? refuse(option, 'it is not stored yet: log in', 'interaction_required');
}

async function fileText(option: string, file: string): Promise<string> {
  const path = file.startsWith('~/') ? join(homedir(), file.slice(2)) : file;
  return readFile(path, 'utf8').catch((error: unknown) => {
    return refuse(option, `${path} cannot be read (${errnoOf(error) ?? 'unknown'})`);
  });
}

/** Without a shell: no character of an argument means anything. What it says on standard error is the person's to see. */
function commandOutput(
  option: string,
  [program = '', ...args]: readonly string[],
  env: ClientIo['env'],
): Promise<string> {
  return new Promise((settle, fail) => {
    const limits = {
      timeout: commandTimeoutMs,
      maxBuffer: mostOutputBytes,
      encoding: 'utf8',
      env: { ...env },
    } as const;
    const child = execFile(program, args, limits, (error, stdout) => {
      if (!error) return settle(stdout);
      // The message of `execFile` repeats what was printed.
      const why = error.killed ? 'took too long' : `ended with ${error.code ?? error.signal ?? 'a failure'}`;
      fail(new TokenError({ code: 'config', message: `${option}: ${program} ${why}` }));
    });
    child.stderr?.pipe(process.stderr, { end: false });
    // It may ask the person at their terminal; standard input is the command's own.
    child.stdin?.end();
  });
}

function refuse(option: string, problem: string, code: TokenErrorCode = 'config'): never {
  throw new TokenError({ code, message: `${option}: ${problem}` });
}
