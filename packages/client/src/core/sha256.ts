/**
 * SHA-256 (FIPS 180-4) at once, not in a promise: keys and intents need it, and WebCrypto is missing on plain http origins.
 * For names and fingerprints only; nothing here is a secret key.
 */

const primes: number[] = [];
for (let candidate = 2; primes.length < 64; candidate += 1) {
  if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
}
const fractionBits = (root: number): number => Math.floor((root % 1) * 2 ** 32);
const initial = primes.slice(0, 8).map((prime) => fractionBits(prime ** (1 / 2)));
const constants = primes.map((prime) => fractionBits(prime ** (1 / 3)));

const rotate = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

/** Lower-case hexadecimal digits of the hash of `text` in UTF-8. */
export function sha256(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const padded = new DataView(new ArrayBuffer((((bytes.length + 8) >> 6) + 1) * 64));
  bytes.forEach((byte, at) => {
    padded.setUint8(at, byte);
  });
  padded.setUint8(bytes.length, 0x80);
  padded.setUint32(padded.byteLength - 8, Math.floor(bytes.length / 2 ** 29));
  padded.setUint32(padded.byteLength - 4, bytes.length << 3);
  const state = Uint32Array.from(initial);
  for (let block = 0; block < padded.byteLength; block += 64) compress(state, padded, block);
  return [...state].map((word) => word.toString(16).padStart(8, '0')).join('');
}

function compress(state: Uint32Array, padded: DataView, block: number): void {
  const schedule = new Uint32Array(64);
  // Indices are bounded by the lengths above: a typed array answers `undefined` to the type checker alone.
  const word = (at: number): number => schedule[at] ?? 0;
  for (let at = 0; at < 64; at += 1) {
    if (at < 16) {
      schedule[at] = padded.getUint32(block + at * 4);
      continue;
    }
    const [early, late] = [word(at - 15), word(at - 2)];
    const small0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const small1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    schedule[at] = word(at - 16) + small0 + word(at - 7) + small1;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let at = 0; at < 64; at += 1) {
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + sum1 + choice + (constants[at] ?? 0) + word(at)) | 0;
    const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + sum0 + majority) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((value, at) => {
    state[at] = (state[at] ?? 0) + value;
  });
}
