/**
 * The signature of an AK/SK login. Hashing is passed in, so that this file runs in any JavaScript runtime.
 *
 * doc: get-user-tokens-aksk, read 2026-11-22. The escaping of unusual names is not on the page: JSON's own is taken, with
 * everything beyond ASCII as it is, which is what a port of the page's Java sample writes for quotes and backslashes.
 */

export interface SignedLogin {
  readonly accessKey: string;
  /** Unix seconds as decimal text, as it stands in the header. */
  readonly timestamp: string;
  /** Decoded, whatever its bytes in the header. */
  readonly user: string;
}

/** Compact JSON of three texts in the order of their names. Signed as UTF-8. */
export const stringToSign = ({ accessKey, timestamp, user }: SignedLogin): string =>
  JSON.stringify({ accessKey, timestamp, user });

/**
 * Signs a login.
 *
 * @param secretKey the SK as it was given out. Its text is the key: it is not decoded, although it looks like hex.
 * @param hmacSha256Hex HMAC-SHA256 over the UTF-8 bytes of key and text, in lower-case hex; may be a promise of it.
 *
 * @example
 * const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex');
 * const signature = sign(secretKey, { accessKey, timestamp: timestampText(nowSeconds), user }, hmac);
 */
export const sign = <Hex>(
  secretKey: string,
  login: SignedLogin,
  hmacSha256Hex: (key: string, text: string) => Hex,
): Hex => hmacSha256Hex(secretKey, stringToSign(login));

/** @param unixSeconds a fraction is cut off. */
export const timestampText = (unixSeconds: number): string => String(Math.floor(unixSeconds));

/** Unix seconds of a `timestamp` header; `undefined` for any other text, 13 digits of milliseconds among them. */
export const readTimestamp = (text: string): number | undefined =>
  /^(?:0|[1-9]\d{0,9})$/.test(text) ? Number(text) : undefined;

/** A `signature` header in lower case, which clients send (ours: either is taken); `undefined` where it is no such hex. */
export const readSignature = (text: string): string | undefined =>
  /^[0-9a-f]{64}$/i.test(text) ? text.toLowerCase() : undefined;
