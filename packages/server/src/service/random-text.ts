/** Random text over an alphabet, each character equally likely. */

import type { Random } from './ports.ts';

const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const digits = '0123456789';

export const alphabets = {
  digits,
  upperDigits: `${upper}${digits}`,
  base62: `${digits}${upper}${upper.toLowerCase()}`,
} as const;

/** Characters of base62 that carry 256 bits. */
export const secretCharacters = 43;

/** @param alphabet at most 256 characters. */
export function randomText(random: Random, alphabet: string, length: number): string {
  // Bytes from here on would make the first characters likelier than the last.
  const fair = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    for (const byte of random.bytes(length - text.length)) {
      if (byte < fair) text += alphabet.charAt(byte % alphabet.length);
    }
  }
  return text;
}

export const randomSecret = (random: Random): string => randomText(random, alphabets.base62, secretCharacters);
