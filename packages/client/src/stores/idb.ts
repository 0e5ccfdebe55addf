/**
 * Records in IndexedDB, whose transactions make compare and write one step between tabs, with Web Locks or without. With
 * `sealed`, what is kept is encrypted under a key that no script can take out of the browser; a script of the page can still use
 * it, so it protects copies of the profile, not a page with injected code. Sealing needs a secure context.
 */

import { subtle } from '../core/crypto/subtle.ts';
import type { PlatformKey } from '../core/platform.ts';
import { tokenStore } from '../core/sharing/token-store.ts';
import type { TokenRecord, TokenStore } from '../core/types.ts';
import { aesCodec } from './aes-codec.ts';
import { announcements } from './announce.ts';
import { type IdbConnection, type IdbFactory, idbConnection, resultOf } from './idb-connection.ts';
import { sealedStore } from './sealed.ts';

export interface IdbStoreOptions {
  /** Default: `hufu`. */
  readonly database?: string | undefined;
  /** Default: false. */
  readonly sealed?: boolean | undefined;
  /** Default: the platform's. */
  readonly indexedDB?: IdbFactory | undefined;
}

/** Of the only key that there is. */
const keyName = 'records';

export function idbStore({ database = 'hufu', sealed = false, indexedDB }: IdbStoreOptions = {}): TokenStore {
  const connection = idbConnection(database, indexedDB);
  const store = plainStore(connection, database);
  if (!sealed) return store;
  const inner = sealedStore(
    store,
    aesCodec(() => lastingKey(connection)),
  );
  return {
    ...inner,
    async read(key) {
      // Said at once, and not when a record has to be kept.
      subtle();
      return inner.read(key);
    },
  };
}

function plainStore(connection: IdbConnection, database: string): TokenStore {
  const news = announcements(`hufu:${database}`);
  // Written by this store alone.
  const recordOf = (value: unknown): TokenRecord | undefined => value as TokenRecord | undefined;
  return tokenStore({
    read: async (key) => recordOf(await connection.run('records', 'readonly', (records) => resultOf(records.get(key)))),
    async write(key, record, { ifGeneration }) {
      const outcome = await connection.run('records', 'readwrite', async (records) => {
        if (recordOf(await resultOf(records.get(key)))?.generation !== ifGeneration) return 'conflict';
        await resultOf(records.put(record, key));
        return 'ok';
      });
      if (outcome === 'ok') news.tell(key);
      return outcome;
    },
    async remove(key, condition) {
      const outcome = await connection.run('records', 'readwrite', async (records) => {
        const found = recordOf(await resultOf(records.get(key)));
        if (condition && found?.generation !== condition.ifGeneration) return 'conflict';
        await resultOf(records.delete(key));
        return 'ok';
      });
      if (outcome === 'ok') news.tell(key);
      return outcome;
    },
    async list(prefix) {
      const keys = await connection.run('records', 'readonly', (records) => resultOf(records.getAllKeys()));
      return keys.map(String).filter((key) => key.startsWith(prefix));
    },
    watch: (key, changed) => news.on(key, changed),
  });
}

/** Made once for the database. IndexedDB keeps the key itself, which nobody can turn into bytes. */
async function lastingKey(connection: IdbConnection): Promise<PlatformKey> {
  const found = await connection.run('keys', 'readonly', (keys) => resultOf(keys.get(keyName)));
  if (found) return found as PlatformKey;
  const made = await subtle().generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  // Another tab may have been first: whichever is kept is the key. Nothing but keys is put there.
  return connection.run('keys', 'readwrite', async (keys) => {
    const first = await resultOf(keys.get(keyName));
    if (!first) await resultOf(keys.put(made, keyName));
    return (first ?? made) as PlatformKey;
  });
}
