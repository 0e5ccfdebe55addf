/** Where the tokens of a profile are kept. */

import { join } from 'node:path';
import { TokenError } from '../../core/errors.ts';
import type { Lock } from '../../core/lock.ts';
import { memoryStore } from '../../core/memory-store.ts';
import type { TokenStore } from '../../core/token-store.ts';
import { dataFolder } from '../../files/data-folder.ts';
import { fileLock } from '../../locks/file/index.ts';
import { fileStore } from '../../stores/file/index.ts';
import { keychainStore, keychainWorks } from '../../stores/keychain/index.ts';
import { aesCodec, sealedStore } from '../../stores/sealed.ts';
import type { ClientIo } from '../io.ts';
import { type StorageName, storageNames } from './profile.ts';

type Env = ClientIo['env'];

export interface Storage {
  readonly name: Exclude<StorageName, 'auto'>;
  readonly store: TokenStore;
  readonly lock: Lock | undefined;
  /** `undefined` where nothing is on disk. */
  readonly folder: string | undefined;
}

/** 32 bytes, base64 or base64url: what `sealed` seals under. */
export const storageKeyVariable = 'HUFU_STORAGE_KEY';
/** What `auto` means, where the environment knows better: for machines without people. */
const storageVariable = 'HUFU_STORAGE';

const keyBytes = 32;

/**
 * `auto`: what `HUFU_STORAGE` says; else sealed under a key in the keychain of the operating system; else under the key in
 * `HUFU_STORAGE_KEY`; else in files that only their user can read.
 */
export async function openStorage(choice: StorageName, env: Env): Promise<Storage> {
  const name = choice === 'auto' ? await automatic(env) : choice;
  const inFolder = (part: string, storeOf: (folder: string) => TokenStore): Storage => {
    const folder = join(dataFolder(env), part);
    return { name, folder, store: storeOf(folder), lock: fileLock({ folder }) };
  };
  switch (name) {
    case 'keychain':
      return inFolder('sealed', (folder) => keychainStore({ folder }));
    case 'sealed':
      return inFolder('sealed-by-key', (folder) => sealedStore(fileStore({ folder }), aesCodec(keyIn(env))));
    case 'file':
      return inFolder('tokens', (folder) => fileStore({ folder }));
    case 'memory':
      return { name, folder: undefined, store: memoryStore(), lock: undefined };
  }
}

async function automatic(env: Env): Promise<Storage['name']> {
  const { [storageVariable]: wanted } = env;
  if (wanted) {
    const found = storageNames.find((name) => name === wanted);
    if (found === undefined) {
      throw new TokenError({ code: 'config', message: `${storageVariable}: allowed: ${storageNames.join(', ')}` });
    }
    if (found !== 'auto') return found;
  }
  if (await keychainWorks()) return 'keychain';
  return env[storageKeyVariable] ? 'sealed' : 'file';
}

function keyIn(env: Env): Uint8Array<ArrayBuffer> {
  const text = env[storageKeyVariable];
  const key = text === undefined ? undefined : Uint8Array.from(Buffer.from(text, 'base64'));
  if (key?.length === keyBytes) return key;
  const problem = text ? `is not ${keyBytes} bytes in base64` : 'is not set';
  throw new TokenError({
    code: 'config',
    message: `storage sealed: ${storageKeyVariable} ${problem}: make one by openssl rand -base64 ${keyBytes}`,
  });
}

/** What to know of a storage that seals nothing; `undefined` of the others. */
export const storageNotice = ({ name, folder }: Storage): string | undefined =>
  name === 'file'
    ? `tokens are kept unsealed in ${folder}, for this user alone: no keychain can be used here, and ${storageKeyVariable} is not set`
    : undefined;
