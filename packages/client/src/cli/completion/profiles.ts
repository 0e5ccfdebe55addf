/** Names of profiles for completion, with their providers. */

import type { ClientIo } from '../io.ts';
import { readProfiles } from '../profiles/profiles-file.ts';
import type { Candidate } from './completions.ts';

/** A file that cannot be read has no names: nobody wants a failure between two keys. */
export async function profileCandidates(io: Pick<ClientIo, 'env'>): Promise<readonly Candidate[]> {
  const profiles = await readProfiles(io.env).catch(() => ({}));
  return Object.entries(profiles)
    .map(([value, profile]) => ({ value, description: providerOf(profile) }))
    .sort((one, other) => (one.value < other.value ? -1 : 1));
}

function providerOf(profile: unknown): string {
  const isObject = typeof profile === 'object' && profile !== null;
  return isObject && 'provider' in profile && typeof profile.provider === 'string' ? profile.provider : '';
}
