/** HMAC-SHA256 (RFC 2104) by WebCrypto: a secret key belongs into code that was made for secrets. */

import { type Bytes, utf8 } from './bytes.ts';
import { subtle } from './subtle.ts';

/** @param key text stands for its UTF-8 bytes; a promise makes chains of keys easy to write. */
export async function hmacSha256(key: string | Promise<Bytes>, text: string): Promise<Bytes> {
  const bytes = typeof key === 'string' ? utf8(key) : await key;
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await subtle().importKey('raw', bytes, algorithm, false, ['sign']);
  return new Uint8Array(await subtle().sign(algorithm, imported, utf8(text)));
}
