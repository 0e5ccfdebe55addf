/** Private keys as consoles hand them out: PEM, as PKCS#8 or, for RSA, as PKCS#1. */

import { refuse } from '../given.ts';
import type { PlatformKey } from '../platform.ts';
import { type Bytes, base64Url, fromBase64, utf8 } from './bytes.ts';
import { subtle } from './subtle.ts';

/** RS256 (RFC 7518, section 3.3). */
const rs256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

/** Base64url of the RS256 signature. @param option names the key in errors. */
export async function signRs256(pem: string, text: string, option: string): Promise<string> {
  const key = await importPrivateKey(pem, rs256, option);
  return base64Url(new Uint8Array(await subtle().sign(rs256, key, utf8(text))));
}

/** Throws `TokenError` with `config` for everything that is no such key. */
export async function importPrivateKey(
  pem: string,
  algorithm: { readonly name: string; readonly hash?: string; readonly namedCurve?: string },
  option: string,
): Promise<PlatformKey> {
  const web = subtle();
  try {
    return await web.importKey('pkcs8', pkcs8Of(pem), algorithm, false, ['sign']);
  } catch {
    // The cause might show parts of the key.
    return refuse(`${option} is no private key for ${algorithm.namedCurve ?? algorithm.name}, unencrypted and in PEM`);
  }
}

/** Line ends may have become `\n`, two characters, on the way through an environment variable. */
function pkcs8Of(pem: string): Bytes {
  const [, kind, body = ''] = /-----BEGIN (RSA )?PRIVATE KEY-----(.+)-----END \1?PRIVATE KEY-----/s.exec(pem) ?? [];
  const der = fromBase64(body.replace(/\\[nr]|\s/g, ''));
  return kind ? wrapped(der) : der;
}

/** Version 0, rsaEncryption, NULL (RFC 5958, section 2; RFC 8017, appendix A.1). */
const rsaPrefix = [2, 1, 0, 48, 13, 6, 9, 42, 134, 72, 134, 247, 13, 1, 1, 1, 5, 0];

/** PKCS#8 around a PKCS#1 key: WebCrypto takes nothing else. */
const wrapped = (pkcs1: Bytes): Bytes => Uint8Array.from(element(0x30, [...rsaPrefix, ...element(0x04, [...pkcs1])]));

/** A DER element (X.690, section 8.1). */
function element(tag: number, content: readonly number[]): number[] {
  const { length } = content;
  // Two digits always: DER wants the shortest form, but no RSA key is shorter than 256 bytes.
  return [tag, 0x82, length >> 8, length & 0xff, ...content];
}
