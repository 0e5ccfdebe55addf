/** Bytes as text and back. */

export type Bytes = Uint8Array<ArrayBuffer>;

export const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

/** Lower case, two digits for each byte. */
export const hex = (bytes: Bytes): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

export const base64 = (bytes: Bytes): string => btoa(String.fromCharCode(...bytes));

/** Without padding (RFC 7515, section 2). */
export const base64Url = (bytes: Bytes): string =>
  base64(bytes).replace(/[+/=]/g, (sign) => (sign === '+' ? '-' : sign === '/' ? '_' : ''));

/** Of either alphabet, with padding or without. Throws where `text` is neither. */
export const fromBase64 = (text: string): Bytes =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
