/**
 * Records that are sealed at rest, over any store. What stays readable is what the store compares and what helps people: the
 * generation and the writer. Key and generation are bound to the seal, so that no record can take another's place.
 */

export { aesCodec } from './aes-codec.ts';

import { TokenError } from '../core/errors.ts';
import type { Codec, TokenRecord, TokenStore } from '../core/types.ts';
import { fromBase64url, toBase64url } from './base64url.ts';

/** A record that stands there unsealed, from before, is read as it is; the next write seals it. */
export function sealedStore(store: TokenStore, codec: Codec): TokenStore {
  return {
    ...store,
    async read(key) {
      const record = await store.read(key);
      return record?.sealed === undefined ? record : unsealed(key, record, record.sealed, codec);
    },
    async write(key, record, condition) {
      const { v, generation, writer } = record;
      const plain = new TextEncoder().encode(JSON.stringify(record));
      const sealed = toBase64url(await codec.seal(plain, boundTo(key, generation)));
      return store.write(key, { v, generation, writer, skewMs: 0, sealed }, condition);
    },
  };
}

const boundTo = (key: string, generation: number): string => `${generation} ${key}`;

async function unsealed(key: string, record: TokenRecord, sealed: string, codec: Codec): Promise<TokenRecord> {
  const bytes = fromBase64url(sealed);
  if (!bytes) throw new TokenError({ code: 'decrypt_failed', message: 'a sealed record is damaged' });
  const plain = await codec.open(bytes, boundTo(key, record.generation));
  // It was sealed by `write` above: whoever could make another has the key.
  return JSON.parse(new TextDecoder().decode(plain)) as TokenRecord;
}
