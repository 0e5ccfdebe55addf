/**
 * What of our environment a child does not get: it is given a token, which ends soon, in place of the secrets that make any
 * number of them.
 */

import type { ClientIo } from '../io.ts';
import type { Profile } from '../profiles/profile.ts';
import { readReference } from '../profiles/reference.ts';
import { storageKeyVariable } from '../profiles/storage.ts';

/** The variables that the profile's secrets come from, and the key of the storage. */
export function secretVariables({ options }: Pick<Profile, 'options'>): readonly string[] {
  const names = Object.values(options).flatMap((value) => {
    const reference = readReference(value);
    return reference && 'env' in reference ? [reference.env] : [];
  });
  return [...names, storageKeyVariable];
}

export function without(env: ClientIo['env'], names: readonly string[]): ClientIo['env'] {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
}
