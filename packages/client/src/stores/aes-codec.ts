/** AES-256-GCM by WebCrypto, under a key of 32 bytes or one that cannot be taken out. Needs a secure context in browsers. */

import { subtle } from '../core/crypto/subtle.ts';
import { TokenError } from '../core/errors.ts';
import type { PlatformKey } from '../core/platform.ts';
import type { Codec } from '../core/types.ts';

const algorithm = 'AES-GCM';
const keyBytes = 32;
/** NIST SP 800-38D: 96 bits, drawn anew for each seal. A key seals far fewer than 2^32 records. */
const nonceBytes = 12;

/** @param key 32 random bytes, or a WebCrypto key for AES-GCM: fetched once, at the first use. */
export function aesCodec(key: Uint8Array<ArrayBuffer> | (() => Promise<Uint8Array<ArrayBuffer> | PlatformKey>)): Codec {
  let imported: Promise<PlatformKey> | undefined;
  const use = async (): Promise<PlatformKey> => {
    imported ??= importKey(typeof key === 'function' ? await key() : key);
    try {
      return await imported;
    } catch (error) {
      imported = undefined;
      throw error;
    }
  };
  const parameters = (nonce: Uint8Array<ArrayBuffer>, bound: string) => ({
    name: algorithm,
    iv: nonce,
    additionalData: new TextEncoder().encode(bound),
  });
  return {
    async seal(plain, bound) {
      const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes));
      const sealed = new Uint8Array(await subtle().encrypt(parameters(nonce, bound), await use(), plain));
      const bytes = new Uint8Array(nonceBytes + sealed.length);
      bytes.set(nonce);
      bytes.set(sealed, nonceBytes);
      return bytes;
    },
    async open(sealed, bound) {
      const opening = await use();
      const nonce = sealed.slice(0, nonceBytes);
      try {
        return new Uint8Array(await subtle().decrypt(parameters(nonce, bound), opening, sealed.slice(nonceBytes)));
      } catch (cause) {
        const message = 'a record was sealed under another key, or changed: log out to remove it';
        throw new TokenError({ code: 'decrypt_failed', message, cause });
      }
    },
  };
}

async function importKey(key: Uint8Array<ArrayBuffer> | PlatformKey): Promise<PlatformKey> {
  if (!(key instanceof Uint8Array)) return key;
  if (key.length !== keyBytes) throw new TokenError({ code: 'config', message: `the key needs ${keyBytes} bytes` });
  return subtle().importKey('raw', key, algorithm, false, ['encrypt', 'decrypt']);
}
