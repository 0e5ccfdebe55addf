/**
 * Fifty-three bits that look random, for what is neither secret nor may be guessed at: names in events, and jitter. A few lines
 * in place of a cryptographic hash, which the core has no other use for.
 */

/** How a key is written in events and errors. */
export const keyHash = (key: string): string => shortHash(key).toString(16).padStart(14, '0');

/** Whole numbers from 0 to 2^53 - 1; the same for the same text. */
export function shortHash(text: string): number {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    high = Math.imul(high ^ code, 0x9e3779b1);
    low = Math.imul(low ^ code, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return (low & 0x1fffff) * 2 ** 32 + (high >>> 0);
}
