/**
 * Fifty-three bits that look random, for what is neither secret nor may be guessed at: names in events, and jitter. A few lines
 * in place of a cryptographic hash, which the core has no other use for.
 */

/** How a key is written in events and errors. */
export const keyHash = (key: string): string => shortHash(key).toString(16).padStart(14, '0');

/** Whole numbers from 0 to 2^53 - 1; the same for the same text. FNV-1a, with spaces that stir what the last characters brought. */
export function shortHash(text: string): number {
  let bits = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(`${text}   `)) {
    bits = BigInt.asUintN(64, (bits ^ BigInt(byte)) * 0x100000001b3n);
  }
  return Number(bits >> 11n);
}
