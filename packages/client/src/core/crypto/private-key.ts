/** Private keys as consoles hand them out: PEM, as PKCS#8 or, for RSA, as PKCS#1. */

import { TokenError } from '../errors.ts';
import { type Bytes, base64Url, fromBase64, utf8 } from './bytes.ts';
import { subtle } from './subtle.ts';

/** What WebCrypto signs with; its own type stays out of ours, since not every compiler knows it. */
type SigningKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

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
): Promise<SigningKey> {
  const der = pkcs8Of(pem, option);
  try {
    return await subtle().importKey('pkcs8', der, algorithm, false, ['sign']);
  } catch {
    // The cause might show parts of the key.
    return refuse(option, `is no key for ${algorithm.namedCurve ?? algorithm.name}`);
  }
}

/** Line ends may have become `\n`, two characters, on the way through an environment variable. */
function pkcs8Of(pem: string, option: string): Bytes {
  const [, label = '', body = ''] = /-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----/s.exec(pem) ?? [];
  if (label === '') return refuse(option, 'is no PEM: -----BEGIN PRIVATE KEY----- and its end are missing');
  if (label === 'ENCRYPTED PRIVATE KEY' || /ENCRYPTED/.test(body))
    return refuse(option, 'is encrypted: decrypt it first');
  if (label !== 'PRIVATE KEY' && label !== 'RSA PRIVATE KEY') return refuse(option, `is a ${label.toLowerCase()}`);
  try {
    const der = fromBase64(body.replace(/\\[nr]|\s/g, ''));
    return label === 'PRIVATE KEY' ? der : wrapped(der);
  } catch {
    return refuse(option, 'is damaged: its text is no Base64');
  }
}

const refuse = (option: string, problem: string): never => {
  throw new TokenError({ code: 'config', message: `${option} ${problem}` });
};

/** Version 0, rsaEncryption, NULL (RFC 5958, section 2; RFC 8017, appendix A.1). */
const rsaPrefix = [
  0x02, 0x01, 0x00, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
];

/** PKCS#8 around a PKCS#1 key: WebCrypto takes nothing else. */
const wrapped = (pkcs1: Bytes): Bytes => Uint8Array.from(element(0x30, [...rsaPrefix, ...element(0x04, [...pkcs1])]));

/** A DER element (X.690, section 8.1). */
function element(tag: number, content: readonly number[]): number[] {
  const { length } = content;
  const digits = length < 0x100 ? [length] : [length >> 8, length & 0xff];
  return [tag, ...(length < 0x80 ? [length] : [0x80 + digits.length, ...digits]), ...content];
}
