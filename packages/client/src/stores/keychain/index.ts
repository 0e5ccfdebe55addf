/**
 * Records in files, sealed under one key of 32 bytes that the operating system keeps: Keychain on macOS, Credential Manager on
 * Windows, the Secret Service on Linux. One key, not the tokens: they can be longer than what a keychain takes, and a keychain has
 * neither compare-and-swap nor lists, and may ask the user for each entry. Needs the optional dependency `@napi-rs/keyring`.
 */

import { join } from 'node:path';
import { TokenError } from '../../core/errors.ts';
import type { Lock, TokenStore } from '../../core/types.ts';
import { dataFolder } from '../../files/data-folder.ts';
import { fileLock } from '../../locks/file/index.ts';
import { aesCodec } from '../aes-codec.ts';
import { fileStore } from '../file/index.ts';
import { sealedStore } from '../sealed.ts';

/** One secret of the operating system's keychain. */
export interface KeychainEntry {
  read(): Promise<Uint8Array | undefined>;
  write(secret: Uint8Array): Promise<void>;
}

export interface KeychainStoreOptions {
  /** Where the sealed records are. Default: `sealed` in the user's data folder. */
  readonly folder?: string | undefined;
  /** Name of the keychain's entry. Default: `hufu`. */
  readonly service?: string | undefined;
  /** Default: the operating system's. */
  readonly entry?: KeychainEntry | undefined;
  /** Held while the key is made. Default: a file lock in the folder. */
  readonly lock?: Lock | undefined;
}

const defaultService = 'hufu';
const keyBytes = 32;
/** A person may have to unlock the keychain meanwhile. */
const times = { waitMs: 120_000, leaseMs: 240_000 };

/** Throws `TokenError` with `config` at the first use where there is no keychain: choose another store then. */
export function keychainStore(options: KeychainStoreOptions = {}): TokenStore {
  const { folder = join(dataFolder(), 'sealed'), service = defaultService } = options;
  const { entry = systemEntry(service), lock = fileLock({ folder }) } = options;
  const key = () => lock.run('keychain', times, () => lastingKey(entry));
  return sealedStore(fileStore({ folder }), aesCodec(key));
}

/** Whether there is a keychain that answers. It may ask a person to unlock it. */
export async function keychainWorks(entry: KeychainEntry = systemEntry(defaultService)): Promise<boolean> {
  try {
    await entry.read();
    return true;
  } catch {
    return false;
  }
}

/** The key, made when there is none. A keychain cannot say "only if there is none": whoever makes one holds the lock. */
async function lastingKey(entry: KeychainEntry): Promise<Uint8Array<ArrayBuffer>> {
  const found = await entry.read();
  if (found?.length === keyBytes) return Uint8Array.from(found);
  if (found)
    throw new TokenError({ code: 'config', message: 'the entry in the keychain is not a key of this program' });
  const made = crypto.getRandomValues(new Uint8Array(keyBytes));
  await entry.write(made);
  return made;
}

function systemEntry(service: string): KeychainEntry {
  /** On Linux never the kernel's keyring, which is empty after a restart: the records could not be opened any more. */
  const open = async () => {
    const { AsyncEntry } = await import('@napi-rs/keyring');
    return new AsyncEntry(service, 'data-key', { linux: { store: 'secret-service' } });
  };
  const explained = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (cause) {
      throw new TokenError({ code: 'config', message: 'no keychain of the operating system can be used here', cause });
    }
  };
  return {
    read: () =>
      explained(async () => {
        const secret = await (await open()).getSecret();
        return secret ? Uint8Array.from(secret) : undefined;
      }),
    write: (secret) => explained(async () => (await open()).setSecret(secret)),
  };
}
