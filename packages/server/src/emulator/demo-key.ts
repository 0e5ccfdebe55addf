/**
 * The private key of the demo JWT application, in PKCS#8 PEM. The search for its primes is the longest part of a start,
 * and goes on beside everything else.
 */

import { clientKeys } from '../keys/client-key.ts';
import { seededRsa } from '../keys/seeded-rsa.ts';
import type { FolderState } from './folder.ts';
import { streamsOf } from './seeded-random.ts';

/**
 * The key that the folder holds; for a new folder one that follows from the seed, where the tester chose it.
 *
 * @param isChosen false where the seed is random, so that nobody expects the same key of it again.
 */
export async function jwtAppKeyOf({ seed, jwtAppKeyPem }: FolderState, isChosen: boolean): Promise<string> {
  if (jwtAppKeyPem !== undefined) return jwtAppKeyPem;
  if (!isChosen) return (await clientKeys.generate('RS256')).privateKeyPem;
  const key = await seededRsa(streamsOf(seed)('pds jwt app key'));
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
