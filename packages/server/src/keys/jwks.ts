/** The public key set (RFC 7517, section 5), and how long a verifier may keep it. */

import { type KeyTimes, keyState } from '../core/keystate.ts';
import { secondMs } from '../core/time.ts';
import type { PublicJwk } from './jwk.ts';

export interface Jwks {
  readonly keys: readonly PublicJwk[];
  /** For `Cache-Control`. */
  readonly maxAgeSeconds: number;
}

const longestMaxAgeSeconds = 3600;

/**
 * Every public key that signs, will sign, or whose tokens still live.
 *
 * Whoever keeps the set for `maxAgeSeconds` sees a key that is added now before its first token: half the time that keys
 * are published ahead, since another process on the same store may itself learn of the key late. Never beyond the next
 * drop either, so that a dropped key leaves every cache at its hour.
 *
 * @param publishAheadSeconds the least of the uses in the set.
 */
export function jwksAt(
  keys: readonly { readonly publicJwk: PublicJwk | undefined; readonly times: KeyTimes }[],
  publishAheadSeconds: number,
  nowMs: number,
): Jwks {
  const published: PublicJwk[] = [];
  let seconds = Math.min(publishAheadSeconds / 2, longestMaxAgeSeconds);
  for (const { publicJwk, times } of keys) {
    if (!publicJwk || keyState(times, nowMs) === 'dropped') continue;
    published.push(publicJwk);
    if (times.dropsAtMs !== undefined) seconds = Math.min(seconds, (times.dropsAtMs - nowMs) / secondMs);
  }
  // An empty set may get its first key at any moment.
  return { keys: published, maxAgeSeconds: published.length === 0 ? 0 : Math.floor(seconds) };
}
