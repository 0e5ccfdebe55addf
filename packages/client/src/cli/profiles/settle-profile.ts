/** What is decided and looked at before a profile stands in the file. */

import type { ClientIo } from '../io.ts';
import { CliError } from '../terminal/failure.ts';
import { tokenFailure } from '../token-failure.ts';
import { openProvider } from './open-provider.ts';
import type { Profile } from './profile.ts';
import { readProfile } from './read-profile.ts';
import { openStorage, storageNotice } from './storage.ts';
import { storedSecrets } from './stored-secrets.ts';
import type { ProfileView } from './view.ts';

/** A profile that was added or changed. */
export interface Kept {
  readonly view: ProfileView;
  /** What to know, and what to do next. */
  readonly notes: readonly string[];
}

/** What `auto` finds today stays: over SSH, where there is no keychain, a session would seem to be gone. */
export async function settleStorage(
  io: ClientIo,
  profile: Profile,
): Promise<Pick<Kept, 'notes'> & { readonly profile: Profile }> {
  if (profile.storage !== 'auto') return { profile, notes: [] };
  const storage = await openStorage('auto', io.env);
  const notice = storageNotice(storage);
  return { profile: { ...profile, storage: storage.name }, notes: notice === undefined ? [] : [notice] };
}

/**
 * Has the provider look at its options, so that what could never work is refused. Secrets are not looked for; options that are no
 * secrets are found where they are said to be.
 */
export async function checkProfile(io: ClientIo, name: string, profile: Profile): Promise<void> {
  const { store } = await openStorage('memory', io.env);
  const places = { env: io.env, stored: storedSecrets(store, name, Date.now) };
  const surroundings = { name, env: io.env, redirectUri: undefined, authorize: undefined };
  try {
    await openProvider(profile, places, surroundings);
  } catch (thrown) {
    throw tokenFailure(thrown, `profile ${JSON.stringify(name)}`) ?? thrown;
  }
}

/** What stands in the file; `undefined` where it is wrong, which a change may mend. */
export function whereRight(name: string, raw: unknown): Profile | undefined {
  try {
    return readProfile(name, raw);
  } catch (error) {
    if (error instanceof CliError) return undefined;
    throw error;
  }
}
