/** base64url without padding (RFC 7515, appendix C): one text for each value, and no other is read. */

export const encodeBase64url = (text: string): string => Buffer.from(text).toString('base64url');

/** `undefined` for padding, foreign characters, and bits set behind the last byte. */
export function decodeBase64url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  // Node decodes leniently; only the canonical text comes back the same.
  return bytes.toString('base64url') === text ? bytes : undefined;
}
