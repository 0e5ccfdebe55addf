/** Checks the admin API's bearer token by keyed hashes, so that the time it takes says nothing of the token. */

import type { Hashing } from '../core/proof.ts';
import type { Sealing } from './ports.ts';

const purpose = 'admin_token';

/** @param token `undefined` where the operator set none: then nothing passes. */
export function adminTokenCheck(
  sealing: Sealing,
  hashing: Hashing,
  token: string | undefined,
): (presented: string) => boolean {
  if (token === undefined) return () => false;
  const expected = sealing.keyedHash(token, purpose);
  return (presented) => hashing.equal(sealing.keyedHash(presented, purpose), expected);
}
