/** The two secrets of the configuration, given as such or as a file. */

import { readFileSync } from 'node:fs';
import { ConfigError } from './load.ts';
import type { Config } from './schema.ts';

/** Text of the master key. A server does not start without one: what it sealed could not be opened again. */
export function masterKeyText(config: Config): string {
  const { masterKey, masterKeyFile } = config.data;
  if (masterKey !== undefined) return masterKey;
  if (masterKeyFile !== undefined) return readSecretFile('data.masterKeyFile', masterKeyFile);
  throw new ConfigError(
    'data.masterKey: given none, allowed: 32 random bytes in base64 (environment HUFU_DATA_MASTER_KEY) or data.masterKeyFile',
  );
}

/** The admin API's token; without one, the API refuses every call. */
export function adminTokenText(config: Config): string | undefined {
  const { token, tokenFile } = config.admin;
  return token ?? (tokenFile === undefined ? undefined : readSecretFile('admin.tokenFile', tokenFile));
}

export function readSecretFile(option: string, file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new ConfigError(`${option}: given ${JSON.stringify(file)}, which cannot be read (${code})`);
  }
  if (text === '') throw new ConfigError(`${option}: given ${JSON.stringify(file)}, which is empty`);
  return text;
}
