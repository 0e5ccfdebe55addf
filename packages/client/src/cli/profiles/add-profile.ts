/** Makes and changes profiles, and refuses what could never work before it stands in the file. */

import type { ClientIo } from '../io.ts';
import { usageError } from '../terminal/failure.ts';
import { tokenFailure } from '../token-failure.ts';
import { checkName, findProfile } from './find-profile.ts';
import { type GivenProfile, givenProfile } from './given.ts';
import { openProvider } from './open-provider.ts';
import type { Profile } from './profile.ts';
import { changeProfiles, readProfiles } from './profiles-file.ts';
import { readProfile } from './read-profile.ts';
import { readReference } from './reference.ts';
import { openStorage, storageNotice } from './storage.ts';
import { storedSecrets } from './stored-secrets.ts';
import { type ProfileView, profileView, rawProfile } from './view.ts';

export interface Added {
  readonly view: ProfileView;
  /** What to know, and what to do next. */
  readonly notes: readonly string[];
}

/** @param given `force`: one of this name is replaced. */
export async function addProfile(
  io: ClientIo,
  name: string,
  given: GivenProfile & { readonly force?: boolean },
): Promise<Added> {
  checkName(name);
  const refuseTaken = (isThere: boolean): void => {
    if (isThere && !given.force)
      throw usageError(`there is a profile ${name} already: ${io.program} profile set ${name}`);
  };
  refuseTaken(Object.hasOwn(await readProfiles(io.env), name));
  const found = readProfile(name, givenProfile({}, given));
  const storage = await openStorage(found.storage, io.env);
  // What `auto` finds today stays: over SSH, where there is no keychain, a session would seem to be gone.
  const profile: Profile = { ...found, storage: storage.name };
  await check(io, name, profile);
  await changeProfiles(io.env, (profiles) => {
    refuseTaken(Object.hasOwn(profiles, name));
    return { ...profiles, [name]: rawProfile(profile) };
  });
  const notice = found.storage === 'auto' ? storageNotice(storage) : undefined;
  const next = isTyped(profile) || profile.grant === 'code' ? [`next: ${io.program} login ${name}`] : [];
  return { view: profileView(name, profile), notes: [...(notice ? [notice] : []), ...next] };
}

export async function setProfile(io: ClientIo, name: string, given: GivenProfile): Promise<ProfileView> {
  const before = await findProfile(io, name);
  const profile = readProfile(name, givenProfile(rawProfile(before), given));
  await check(io, name, profile);
  await changeProfiles(io.env, (profiles) => ({ ...profiles, [name]: rawProfile(profile) }));
  return profileView(name, profile);
}

const isTyped = ({ options }: Profile): boolean =>
  Object.values(options).some((value) => 'stored' in (readReference(value) ?? {}));

/** Has the provider look at its options. Those that are found elsewhere are not there to be looked at. */
async function check(io: ClientIo, name: string, profile: Profile): Promise<void> {
  const { store } = await openStorage('memory', io.env);
  const places = { env: io.env, stored: storedSecrets(store, name, Date.now) };
  const surroundings = { name, env: io.env, redirectUri: undefined, authorize: undefined };
  try {
    await openProvider(profile, places, surroundings);
  } catch (thrown) {
    throw tokenFailure(thrown, `profile ${JSON.stringify(name)}`) ?? thrown;
  }
}
