/** Makes and changes profiles, and refuses what could never work before it stands in the file. */

import type { ClientIo } from '../io.ts';
import { CliError, usageError } from '../terminal/failure.ts';
import { tokenFailure } from '../token-failure.ts';
import { carryOver } from './carry-over.ts';
import { checkName, findRaw } from './find-profile.ts';
import { type GivenProfile, givenProfile, shapesOf } from './given.ts';
import { openProvider } from './open-provider.ts';
import type { Profile } from './profile.ts';
import { changeProfiles, readProfiles } from './profiles-file.ts';
import { missingOptions, readProfile } from './read-profile.ts';
import { readReference } from './reference.ts';
import { openStorage, storageNotice } from './storage.ts';
import { storedSecrets } from './stored-secrets.ts';
import { type ProfileView, profileView, rawProfile } from './view.ts';

export interface Added {
  readonly view: ProfileView;
  /** What to know, and what to do next. */
  readonly notes: readonly string[];
}

interface AddOptions extends GivenProfile {
  /** One of this name is replaced. */
  readonly force?: boolean;
  /** Whether a person may be asked for what is missing. */
  readonly input: boolean;
}

export async function addProfile(io: ClientIo, name: string, given: AddOptions): Promise<Added> {
  checkName(name);
  const refuseTaken = (isThere: boolean): void => {
    if (isThere && !given.force)
      throw usageError(`there is a profile ${name} already: ${io.program} profile set ${name}`);
  };
  refuseTaken(Object.hasOwn(await readProfiles(io.env), name));
  const found = readProfile(name, await completed(io, givenProfile({}, given), given.input));
  const { profile, notes } = await settled(io, found);
  await check(io, name, profile);
  await changeProfiles(io.env, (profiles) => {
    refuseTaken(Object.hasOwn(profiles, name));
    return { ...profiles, [name]: rawProfile(profile) };
  });
  const next = isTyped(profile) || profile.grant === 'code' ? [`next: ${io.program} login ${name}`] : [];
  return { view: profileView(name, profile), notes: [...notes, ...next] };
}

/** What `auto` finds today stays: over SSH, where there is no keychain, a session would seem to be gone. */
async function settled(io: ClientIo, profile: Profile): Promise<Pick<Added, 'notes'> & { readonly profile: Profile }> {
  if (profile.storage !== 'auto') return { profile, notes: [] };
  const storage = await openStorage('auto', io.env);
  const notice = storageNotice(storage);
  return { profile: { ...profile, storage: storage.name }, notes: notice === undefined ? [] : [notice] };
}

/** A person at a terminal is asked where something is missing that has no default. */
async function completed(
  io: ClientIo,
  given: Readonly<Record<string, unknown>>,
  input: boolean,
): Promise<Readonly<Record<string, unknown>>> {
  if (!input || !io.isTTY || !io.askHidden || !isIncomplete(given)) return given;
  const { askProfile } = await import('./ask-profile.ts');
  return askProfile(io, given);
}

const isIncomplete = (given: Readonly<Record<string, unknown>>): boolean => {
  const shapes = shapesOf(given);
  return Object.keys(shapes).length === 0 || missingOptions(shapes, given).length > 0;
};

/** Tokens go along to another storage; where the profile is somebody else's from now on, the session of before ends. */
export async function setProfile(io: ClientIo, name: string, given: GivenProfile): Promise<Added> {
  const raw = await findRaw(io, name);
  const before = whereRight(name, raw);
  const standing = before ? rawProfile(before) : typeof raw === 'object' && raw !== null ? { ...raw } : {};
  const changed = readProfile(name, givenProfile(standing, given));
  // One that was written by hand may leave it open, and goes on to.
  const { profile, notes } = given.storage === 'auto' ? await settled(io, changed) : { profile: changed, notes: [] };
  await check(io, name, profile);
  const left = before ? await carryOver(io, name, before, profile) : [];
  await changeProfiles(io.env, (profiles) => ({ ...profiles, [name]: rawProfile(profile) }));
  return { view: profileView(name, profile), notes: [...notes, ...left] };
}

/** `undefined` for a profile that is wrong, which this change may mend. */
function whereRight(name: string, raw: unknown): Profile | undefined {
  try {
    return readProfile(name, raw);
  } catch (error) {
    if (error instanceof CliError) return undefined;
    throw error;
  }
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
