/**
 * The master key: 32 bytes that the operator keeps outside the data folder. Everything secret at rest is sealed under
 * keys derived from it, so that a stolen database alone opens nothing. `config` reads its text, `compose` passes it on.
 */

import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { Random } from '../service/ports.ts';

export const masterKeyBytes = 32;

/** The text is no master key. The message describes the form of what was given, never the value. */
export class BadMasterKey extends Error {
  override readonly name = 'BadMasterKey';
}

/**
 * Reads a master key: 64 hexadecimal digits, or 32 bytes in base64 or base64url, with padding or without.
 * White space around it, such as the line end of a file, is passed over.
 *
 * @throws {BadMasterKey}
 */
export function masterKeyOf(text: string): KeyObject {
  const given = text.trim();
  const bytes = decode(given);
  if (bytes?.length !== masterKeyBytes) {
    throw new BadMasterKey(
      `A master key is ${masterKeyBytes} bytes as base64, base64url or 64 hexadecimal digits; given: ${formOf(given)}.`,
    );
  }
  return secretKey(bytes);
}

/** The text of a new master key, in base64. */
export const newMasterKey = (random: Random): string => Buffer.from(random.bytes(masterKeyBytes)).toString('base64');

/**
 * A key of its own for each purpose (HKDF-SHA256, RFC 5869): what one of them gives away says nothing of another.
 *
 * @param purpose stands for ever: another word makes everything unreadable that was made under the old one.
 */
export function deriveKey(master: KeyObject, purpose: string): KeyObject {
  return secretKey(new Uint8Array(hkdfSync('sha256', master, '', `hufu/1/${purpose}`, 32)));
}

/** Takes the bytes into a key object, which prints nothing, and wipes them. */
function secretKey(bytes: Uint8Array): KeyObject {
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return key;
}

function decode(text: string): Uint8Array | undefined {
  if (/^[0-9A-Fa-f]{64}$/.test(text)) return Buffer.from(text, 'hex');
  const unpadded = text.length % 4 === 0 ? text.replace(/={1,2}$/, '') : text;
  for (const encoding of ['base64', 'base64url'] as const) {
    const bytes = Buffer.from(unpadded, encoding);
    // Node decodes leniently; writing it again finds foreign characters and a damaged last one.
    if (bytes.toString(encoding).replace(/=+$/, '') === unpadded) return bytes;
  }
  return undefined;
}

function formOf(text: string): string {
  if (text === '') return 'nothing';
  if (/^[0-9A-Fa-f]+$/.test(text)) return `${text.length} hexadecimal digits`;
  const bytes = decode(text);
  if (bytes) return `${bytes.length} bytes in base64`;
  if (/^[A-Za-z0-9+/_=-]+$/.test(text)) return `${text.length} characters that are not well-formed base64`;
  return `${text.length} characters, some of them foreign to both`;
}
