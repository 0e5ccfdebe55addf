/** Names of things that are too long or too telling to be written down. */

import type { Json } from './platform.ts';
import { sha256 } from './sha256.ts';

/**
 * A cache identity from what tells one token from another. The order of names does not matter, `undefined` parts do not
 * count, and no part can run into the next.
 *
 * @example identityKey('oauth2', { issuer, clientId, scope: 'a b' }) // 'oauth2:5f0e…'
 */
export function identityKey(provider: string, parts: { readonly [name: string]: Json | undefined }): string {
  const named = Object.entries(parts).filter(([, part]) => part !== undefined);
  named.sort(([a], [b]) => (a < b ? -1 : 1));
  return `${provider}:${sha256(JSON.stringify(named)).slice(0, 40)}`;
}
