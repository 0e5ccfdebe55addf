/** Secrets at rest: sealed with AES-256-GCM, or kept as a keyed hash where comparing is enough (docs/decisions/0006). */

import { createCipheriv, createDecipheriv, createHmac, type KeyObject } from 'node:crypto';
import type { Random, Sealing } from '../service/ports.ts';
import { hashing } from './hashing.ts';
import { deriveKey } from './master.ts';

/** First byte of everything sealed: names the form of the rest, and the keys. */
const formatVersion = 1;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + nonceBytes;

/** A sealed value does not open under this master key and this binding. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
  constructor(binding: string) {
    super(
      `What is sealed as ${binding} does not open: the master key is another one, or the value was changed or moved`,
    );
  }
}

/** Version byte, nonce, ciphertext, tag. Keys live in this closure only. */
export function createSealing(master: KeyObject, random: Random): Sealing {
  const sealKey = deriveKey(master, 'seal');
  const nonceKey = deriveKey(master, 'seal-nonce');
  const hashKeys = new Map<string, Uint8Array>();

  /**
   * GCM breaks when a nonce comes twice. So it is not the random bytes alone but their HMAC with what is sealed: should
   * they repeat (an emulator started again from its seed), only the same text in the same place gets the same nonce.
   */
  function nonceFor(text: string, binding: string): Uint8Array {
    const mix = createHmac('sha256', nonceKey).update(random.bytes(32));
    return mix
      .update(JSON.stringify([binding, text]))
      .digest()
      .subarray(0, nonceBytes);
  }

  return {
    seal(text, binding) {
      const nonce = nonceFor(text, binding);
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce, { authTagLength: tagBytes });
      cipher.setAAD(Buffer.from(binding));
      const ciphertext = cipher.update(text, 'utf8');
      cipher.final();
      return Buffer.concat([Uint8Array.of(formatVersion), nonce, ciphertext, cipher.getAuthTag()]);
    },

    open(sealed, binding) {
      if (sealed[0] !== formatVersion || sealed.length < headBytes + tagBytes) throw new SealBroken(binding);
      const tagAt = sealed.length - tagBytes;
      const nonce = sealed.subarray(1, headBytes);
      const decipher = createDecipheriv('aes-256-gcm', sealKey, nonce, { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(binding));
      decipher.setAuthTag(sealed.subarray(tagAt));
      try {
        const bytes = decipher.update(sealed.subarray(headBytes, tagAt));
        decipher.final();
        return bytes.toString('utf8');
      } catch {
        throw new SealBroken(binding);
      }
    },

    keyedHash(text, purpose) {
      let key = hashKeys.get(purpose);
      if (!key) {
        key = deriveKey(master, `keyed-hash/${purpose}`).export();
        hashKeys.set(purpose, key);
      }
      return hashing.hmacText('sha256', key, text, 'base64url');
    },
  };
}
