/** Chance: for names that must not meet and waits that must not coincide. WebCrypto's generator exists on http origins, too. */

/** Hexadecimal digits, two for each byte. */
export function randomHex(bytes: number): string {
  const drawn = crypto.getRandomValues(new Uint8Array(bytes));
  return [...drawn].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** At least 0, below 1. */
export const randomShare = (): number => Number(`0x${randomHex(4)}`) / 2 ** 32;
