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
  const text = hexadecimal(token);
  if (!text.startsWith(version)) return undefined;
  const id = text.slice(18, 50);
  const grantId = `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`;
  if (!isGrantId(grantId)) return undefined;
  const generation = Number.parseInt(text.slice(50, 58), 16);
  return { keyId: text.slice(2, 18), grantId, generation, tagged: text.slice(0, 58), tag: text.slice(58) };
}

/**
 * By hand, because the core knows no `Buffer`; three digits are two characters, 12 bits. 45 is a multiple of 3: no padding,
 * and one text for each value. Every refresh does both, so they go by character codes, from small tables to kept places.
 */
const characters = codeTable('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_');
const digits = codeTable('0123456789abcdef');

const characterCodes: number[] = Array.from({ length: 60 }, () => 0);
const digitCodes: number[] = Array.from({ length: 90 }, () => 0);

interface CodeTable {
  /** By value. */
  readonly codes: Uint8Array;
  /** By character code. */
  readonly values: Uint8Array;
}

function codeTable(text: string): CodeTable {
  const codes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const values = new Uint8Array(128);
  codes.forEach((code, value) => {
    values[code] = value;
  });
  return { codes, values };
}

/** @param text 90 hexadecimal digits. */
function base64url(text: string): string {
  const valueAt = (at: number): number => digits.values[text.charCodeAt(at)] ?? 0;
  for (let from = 0, to = 0; from < digitCodes.length; from += 3, to += 2) {
    const bits = (valueAt(from) << 8) | (valueAt(from + 1) << 4) | valueAt(from + 2);
    characterCodes[to] = characters.codes[bits >> 6] ?? 0;
    characterCodes[to + 1] = characters.codes[bits & 63] ?? 0;
  }
  return String.fromCharCode(...characterCodes);
}

/** @param text 60 characters of base64url. */
function hexadecimal(text: string): string {
  const valueAt = (at: number): number => characters.values[text.charCodeAt(at)] ?? 0;
  for (let from = 0, to = 0; from < characterCodes.length; from += 2, to += 3) {
    const bits = (valueAt(from) << 6) | valueAt(from + 1);
    digitCodes[to] = digits.codes[bits >> 8] ?? 0;
    digitCodes[to + 1] = digits.codes[(bits >> 4) & 15] ?? 0;
    digitCodes[to + 2] = digits.codes[bits & 15] ?? 0;
  }
  return String.fromCharCode(...digitCodes);
}
