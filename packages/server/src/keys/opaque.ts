/**
 * Access tokens that only this server reads: `h1.<key id>.<payload>.<tag>`, where the tag is an HMAC over everything before
 * it. Four parts, so that no JWT is ever taken for one, nor one for a JWT.
 */

import { encodeBase64url } from './base64url.ts';
import { readJsonObject } from './jwt.ts';
import type { OpenKey } from './open-key.ts';

const form = /^(h1\.([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{1,4096}))\.([A-Za-z0-9_-]{43})$/;

/** @param payload JSON text. */
export function signOpaque(key: OpenKey, payload: string): string {
  const tagged = `h1.${key.id}.${encodeBase64url(payload)}`;
  return `${tagged}.${key.makeSignature(tagged)}`;
}

/** The payload of a token that one of the keys made; `undefined` for anything else. Never throws. */
export function verifyOpaque(keys: readonly OpenKey[], token: string): Record<string, unknown> | undefined {
  const [, tagged, keyId, payload, tag] = form.exec(token) ?? [];
  if (tagged === undefined || payload === undefined || tag === undefined) return undefined;
  const key = keys.find(({ id }) => id === keyId);
  return key?.check(tagged, tag) ? readJsonObject(payload) : undefined;
}
