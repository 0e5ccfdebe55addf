/** What seals records at rest. */

export interface Codec {
  /** @param bound is authenticated with `plain` and must be the same on `open`: it names the key and the generation. */
  seal(plain: Uint8Array<ArrayBuffer>, bound: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Throws `TokenError` with `decrypt_failed` on anything that `seal` did not make with this key and `bound`. */
  open(sealed: Uint8Array<ArrayBuffer>, bound: string): Promise<Uint8Array<ArrayBuffer>>;
}
