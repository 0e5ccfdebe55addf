/**
 * The RSA key that signs for PDS, made while the store opens: the search for its primes is the longest part of a start.
 */

import { generateKey } from '../keys/generate.ts';
import { systemRandom } from '../keys/random.ts';
import { streamsOf } from './seeded-random.ts';

/**
 * Makes keys as `generateKey` does, but for the first RSA key, which is on its way already.
 *
 * @param seed that the tester chose: the key follows from it.
 */
export function earlyKey(seed: string | undefined): typeof generateKey {
  let early: ReturnType<typeof generateKey> | undefined = generateKey(
    'RS256',
    seed === undefined ? systemRandom : streamsOf(seed)('first rsa key'),
  );
  // Who asks is told; nobody may ask, where the store has its keys.
  early.catch(() => undefined);
  return (algorithm, random) => {
    if (algorithm !== 'RS256' || !early) return generateKey(algorithm, random);
    const made = early;
    early = undefined;
    return made;
  };
}
