/**
 * Signed JWTs in compact form (RFC 7515, section 7.1; RFC 7519), read strictly: three parts, canonical base64url, a header
 * whose `alg` is exactly the expected one, no `crit`. Bad input is never an exception.
 */

import type { Algorithm } from '../core/token.ts';
import { decodeBase64url } from './base64url.ts';

export const maximumJwtBytes = 16 * 1024;

export interface JwtHeader {
  readonly alg: string;
  readonly kid: string | undefined;
}

export interface JwtParts {
  readonly header: string;
  readonly payload: string;
  /** Header and payload with the dot between: what is signed. */
  readonly signingInput: string;
  readonly signature: string;
}

/** Headers that stood above a signature that held: a few texts, seen in nearly every token. */
const knownHeaders = new Map<string, JwtHeader>();
const knownHeadersLimit = 64;

/**
 * The payload of a token whose signature holds, or `undefined`.
 *
 * @param holds checks the signature; it may choose the key by `header.kid`.
 * @example verifyJwt(token, 'ES256', (jwt) => verify(jwt.signingInput, jwt.signature))
 */
export function verifyJwt(
  token: string,
  algorithm: Algorithm,
  holds: (jwt: JwtParts, header: JwtHeader) => boolean,
  maximumBytes = maximumJwtBytes,
): Record<string, unknown> | undefined {
  const jwt = splitJwt(token, maximumBytes);
  if (!jwt) return undefined;
  const known = knownHeaders.get(jwt.header);
  const header = known ?? readJwtHeader(jwt.header);
  if (header?.alg !== algorithm || !holds(jwt, header)) return undefined;
  if (!known) remember(jwt.header, header);
  return readJsonObject(jwt.payload);
}

/** Called only after a signature held, so that nobody fills the memory with headers of their own. */
function remember(encoded: string, header: JwtHeader): void {
  if (knownHeaders.size >= knownHeadersLimit) knownHeaders.clear();
  knownHeaders.set(encoded, header);
}

/** Three parts that are not empty, within the size; what stands in them is not looked at. */
export function splitJwt(token: string, maximumBytes = maximumJwtBytes): JwtParts | undefined {
  // Every character of a well-formed token is one byte.
  if (token.length > maximumBytes) return undefined;
  const first = token.indexOf('.');
  const second = token.indexOf('.', first + 1);
  if (first < 1 || second < first + 2 || second === token.length - 1) return undefined;
  if (token.includes('.', second + 1)) return undefined;
  return {
    header: token.slice(0, first),
    payload: token.slice(first + 1, second),
    signingInput: token.slice(0, second),
    signature: token.slice(second + 1),
  };
}

/** Refuses `crit`, since no extension is understood here (RFC 7515, section 4.1.11). */
export function readJwtHeader(encoded: string): JwtHeader | undefined {
  const header = readJsonObject(encoded);
  if (!header || Object.hasOwn(header, 'crit')) return undefined;
  const { alg, kid } = header;
  if (typeof alg !== 'string' || (kid !== undefined && typeof kid !== 'string')) return undefined;
  return { alg, kid };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Of base64url text; `undefined` for everything else than one JSON object. */
export function readJsonObject(encoded: string): Record<string, unknown> | undefined {
  const bytes = decodeBase64url(encoded);
  if (!bytes) return undefined;
  try {
    const value: unknown = JSON.parse(utf8.decode(bytes));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
