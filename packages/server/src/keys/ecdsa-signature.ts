/**
 * The two forms of an ECDSA signature over P-256: `r ‖ s` in JWTs (RFC 7518, section 3.4), and DER (RFC 3279, section
 * 2.2.3), which OpenSSL makes and takes. Node converts them too, at half the price of a signature: docs/decisions/0006.
 */

const halfBytes = 32;
export const rawSignatureBytes = 2 * halfBytes;

/** Tags and lengths of the sequence and its two integers; an integer whose first bit is set gets a zero before it. */
const longestDerBytes = 2 + 2 * (2 + 1 + halfBytes);
const [sequenceTag, integerTag] = [0x30, 0x02] as const;

/** @param der from OpenSSL: what is no signature over P-256 is a mistake of ours. */
export function rawSignature(der: Uint8Array): Buffer {
  const raw = Buffer.alloc(rawSignatureBytes);
  const secondAt = copyInteger(der, 2, raw, halfBytes);
  const end = copyInteger(der, secondAt, raw, rawSignatureBytes);
  if (der[0] !== sequenceTag || der[1] !== der.length - 2 || end !== der.length) {
    throw new TypeError('OpenSSL gave no ECDSA signature over P-256');
  }
  return raw;
}

/** Right-aligned before `endAt`, without zeros in front. @returns where the next integer stands. */
function copyInteger(der: Uint8Array, at: number, raw: Buffer, endAt: number): number {
  const from = at + 2;
  const to = from + (der[at + 1] ?? 0);
  let first = from;
  while (first < to && der[first] === 0) first++;
  if (der[at] !== integerTag || to - first > halfBytes) throw new TypeError('An ECDSA signature of no P-256 key');
  raw.set(der.subarray(first, to), endAt - (to - first));
  return to;
}

/** `undefined` where `raw` is of another length. Whether its two numbers are in range is OpenSSL's to say. */
export function derSignature(raw: Uint8Array): Buffer | undefined {
  if (raw.length !== rawSignatureBytes) return undefined;
  const der = Buffer.alloc(longestDerBytes);
  const secondAt = writeInteger(raw, 0, der, 2);
  const end = writeInteger(raw, halfBytes, der, secondAt);
  der[0] = sequenceTag;
  der[1] = end - 2;
  return der.subarray(0, end);
}

/** In as few bytes as it takes, as DER asks for. @returns where the next integer stands. */
function writeInteger(raw: Uint8Array, at: number, der: Buffer, to: number): number {
  const last = at + halfBytes - 1;
  let first = at;
  while (first < last && raw[first] === 0) first++;
  const needsZero = (raw[first] ?? 0) >= 0x80;
  const bytesAt = to + 2 + (needsZero ? 1 : 0);
  der[to] = integerTag;
  der.set(raw.subarray(first, last + 1), bytesAt);
  const end = bytesAt + (last + 1 - first);
  der[to + 1] = end - to - 2;
  return end;
}
