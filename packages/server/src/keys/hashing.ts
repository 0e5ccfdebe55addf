/**
 * Hashes and HMACs on `node:crypto`: the hottest code of the server, two HMACs a request.
 *
 * HMAC is put together from two one-shot hashes (RFC 2104), which takes half the time of `createHmac`: see
 * docs/decisions/0006 for the numbers. Everything here is synchronous, so the blocks below serve one call at a time;
 * they keep the last key's pads until the next call.
 */

import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import type { Hashing } from '../core/proof.ts';

type HmacAlgorithm = 'sha1' | 'sha256';
type TextEncoding = 'hex' | 'base64' | 'base64url';

/** Block size of SHA-1 and SHA-256. */
const blockBytes = 64;
const innerTextBytes = 16 * 1024;
/** Text of this many UTF-16 units fits in any case: UTF-8 takes at most three bytes for each. */
const innerTextUnits = Math.floor(innerTextBytes / 3);

const innerBlock = Buffer.alloc(blockBytes + innerTextBytes);
const outerBlocks = { sha1: Buffer.alloc(blockBytes + 20), sha256: Buffer.alloc(blockBytes + 32) } as const;

const comparedUnits = 512;
const left = Buffer.alloc(2 * comparedUnits);
const right = Buffer.alloc(2 * comparedUnits);

export const hashing: Hashing = {
  hmac(algorithm, key, text) {
    if (text.length > innerTextUnits) return createHmac(algorithm, key).update(text).digest();
    // The same as asking for a buffer, in half the time.
    const digest = hash(algorithm, outerBlock(algorithm, key, text), 'binary');
    const bytes = new Uint8Array(digest.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = digest.charCodeAt(i);
    return bytes;
  },

  hmacText(algorithm, key, text, encoding: TextEncoding) {
    if (text.length > innerTextUnits) return createHmac(algorithm, key).update(text).digest(encoding);
    return hash(algorithm, outerBlock(algorithm, key, text), encoding);
  },

  digestHex(algorithm, data) {
    return hash(algorithm, data, 'hex');
  },

  digestText(algorithm, data, encoding) {
    return hash(algorithm, data, encoding);
  },

  equal(a, b) {
    if (a.length !== b.length) return false;
    if (a.length > comparedUnits) return timingSafeEqual(Buffer.from(a, 'utf16le'), Buffer.from(b, 'utf16le'));
    // UTF-16, because no two strings share their units, whatever characters an attacker sends.
    const length = left.write(a, 'utf16le');
    right.write(b, 'utf16le');
    return timingSafeEqual(left.subarray(0, length), right.subarray(0, length));
  },
};

/** `(key ⊕ opad) ‖ H((key ⊕ ipad) ‖ text)`: what HMAC hashes last. */
function outerBlock(algorithm: HmacAlgorithm, key: string | Uint8Array, text: string): Buffer {
  const outer = outerBlocks[algorithm];
  writePads(algorithm, key, outer);
  const length = innerBlock.write(text, blockBytes);
  outer.write(hash(algorithm, innerBlock.subarray(0, blockBytes + length), 'binary'), blockBytes, 'binary');
  return outer;
}

function writePads(algorithm: HmacAlgorithm, key: string | Uint8Array, outer: Buffer): void {
  if (typeof key !== 'string') writeBytePads(algorithm, key, outer);
  else if (!writeAsciiPads(key, outer)) writeBytePads(algorithm, Buffer.from(key), outer);
}

/** The short way for AccessKey secrets, which need no encoding; false where the key is too long or not ASCII. */
function writeAsciiPads(key: string, outer: Buffer): boolean {
  const length = key.length;
  if (length > blockBytes) return false;
  for (let i = 0; i < blockBytes; i++) {
    const unit = i < length ? key.charCodeAt(i) : 0;
    if (unit > 0x7f) return false;
    innerBlock[i] = unit ^ 0x36;
    outer[i] = unit ^ 0x5c;
  }
  return true;
}

function writeBytePads(algorithm: HmacAlgorithm, key: Uint8Array, outer: Buffer): void {
  const bytes = key.length > blockBytes ? hash(algorithm, key, 'buffer') : key;
  const length = bytes.length;
  for (let i = 0; i < blockBytes; i++) {
    const byte = i < length ? (bytes[i] ?? 0) : 0;
    innerBlock[i] = byte ^ 0x36;
    outer[i] = byte ^ 0x5c;
  }
}
