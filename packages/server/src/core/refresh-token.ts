/**
 * A refresh token as text: 45 bytes in base64url, 60 characters. Nothing in it is secret but the tag, which only the
 * holder of the renewal key can make; so no table holds a refresh token, and garbage is refused before one is asked.
 *
 * | bytes | |
 * |---|---|
 * | 1 | version, 1 |
 * | 8 | id of the key that made the tag |
 * | 16 | grant id |
 * | 4 | generation, the most significant byte first |
 * | 16 | tag: the first half of HMAC-SHA256 over `taggedText` |
 */

import { type GrantId, isGrantId } from './ids.ts';

export interface RefreshTokenParts {
  /** 16 hexadecimal digits. */
  readonly keyId: string;
  readonly grantId: GrantId;
  /** 0 to `latestGeneration`. */
  readonly generation: number;
  /** 32 hexadecimal digits. */
  readonly tag: string;
}

/** What a text says, and the part of it that the tag is made over. */
export interface DecodedRefreshToken extends RefreshTokenParts {
  readonly tagged: string;
}

/** As many rotations as four bytes count: one a second for 136 years. */
export const latestGeneration = 0xffff_ffff;

export const tagDigits = 32;

const version = '01';
const keyIdForm = /^[0-9a-f]{16}$/;
const tagForm = /^[0-9a-f]{32}$/;
const tokenForm = /^[A-Za-z0-9_-]{60}$/;

/** What the tag is made over: every byte before it, in hexadecimal. Throws a `RangeError` for what no token can hold. */
export function taggedText({ keyId, grantId, generation }: Omit<RefreshTokenParts, 'tag'>): string {
  if (!keyIdForm.test(keyId)) throw new RangeError('a refresh token names its key by 16 hexadecimal digits');
  if (!isGrantId(grantId)) throw new RangeError('a refresh token names its grant by a grant id');
  if (!Number.isInteger(generation) || generation < 0 || generation > latestGeneration) {
    throw new RangeError('the generation of a refresh token is an unsigned integer of 32 bits');
  }
  return version + keyId + grantId.replaceAll('-', '') + generation.toString(16).padStart(8, '0');
}

/** @param tagged of `taggedText`. */
export function encodeRefreshToken(tagged: string, tag: string): string {
  if (!tagForm.test(tag)) throw new RangeError('the tag of a refresh token has 32 hexadecimal digits');
  return base64url(tagged + tag);
}

/** `undefined` for everything that `encodeRefreshToken` does not write; never throws. The tag is still to be checked. */
export function decodeRefreshToken(token: string): DecodedRefreshToken | undefined {
  if (!tokenForm.test(token)) return undefined;
  const digits = hexadecimal(token);
  if (!digits.startsWith(version)) return undefined;
  const id = digits.slice(18, 50);
  const grantId = `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`;
  if (!isGrantId(grantId)) return undefined;
  const generation = Number.parseInt(digits.slice(50, 58), 16);
  return { keyId: digits.slice(2, 18), grantId, generation, tagged: digits.slice(0, 58), tag: digits.slice(58) };
}

/**
 * By hand, because the core knows no `Buffer`, and by tables, because every refresh does both: three digits are two
 * characters, 12 bits. 45 is a multiple of 3: no padding, and one text for each value.
 */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const hexadecimalDigits = '0123456789abcdef';

/** The value of a character at its code. */
const valuesOf = (characters: string): Uint8Array => {
  const values = new Uint8Array(128);
  for (let value = 0; value < characters.length; value++) values[characters.charCodeAt(value)] = value;
  return values;
};
const characterValues = valuesOf(alphabet);
const digitValues = valuesOf(hexadecimalDigits);

const twelveBits = Array.from({ length: 1 << 12 }, (_, bits) => bits);
const characterPairs = twelveBits.map((bits) => alphabet.charAt(bits >> 6) + alphabet.charAt(bits & 63));
const digitTriples = twelveBits.map((bits) => bits.toString(16).padStart(3, '0'));

function base64url(digits: string): string {
  const digitAt = (at: number): number => digitValues[digits.charCodeAt(at)] ?? 0;
  let text = '';
  for (let at = 0; at < digits.length; at += 3) {
    text += characterPairs[(digitAt(at) << 8) | (digitAt(at + 1) << 4) | digitAt(at + 2)];
  }
  return text;
}

function hexadecimal(text: string): string {
  const valueAt = (at: number): number => characterValues[text.charCodeAt(at)] ?? 0;
  let digits = '';
  for (let at = 0; at < text.length; at += 2) digits += digitTriples[(valueAt(at) << 6) | valueAt(at + 1)];
  return digits;
}
