/** Signs assertions as the vendor's SDK does, for the emulator's tour. */

import { sign } from 'node:crypto';
import { assertionHeader } from '@hufu/wire/pds';
import { encodeBase64url } from '../keys/base64url.ts';

/**
 * A compact JWT under RS256.
 *
 * @param privateKeyPem RSA, in PKCS#8 or PKCS#1.
 * @param payload JSON text, such as `assertionPayload` writes.
 */
export function signPdsAssertion(privateKeyPem: string, payload: string): string {
  const text = `${encodeBase64url(assertionHeader)}.${encodeBase64url(payload)}`;
  return `${text}.${sign('sha256', Buffer.from(text), privateKeyPem).toString('base64url')}`;
}
