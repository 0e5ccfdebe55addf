/** Makes a profile, asks a person for what is missing, and refuses what could never work before it stands in the file. */

import type { ClientIo } from '../io.ts';
import { usageError } from '../terminal/failure.ts';
import { carryOver } from './carry-over.ts';
import { checkName } from './find-profile.ts';
import { type GivenProfile, givenProfile, shapesOf } from './given.ts';
import { changeProfiles, readProfiles } from './profiles-file.ts';
import { missingOptions, readProfile } from './read-profile.ts';
import { checkProfile, type Kept, settleStorage, whereRight } from './settle-profile.ts';
import { storedOptions } from './stored-options.ts';
import { profileView, rawProfile } from './view.ts';

interface AddOptions extends GivenProfile {
  /** One of this name is replaced, as by `setProfile`. */
  readonly force?: boolean;
  /** Whether a person may be asked for what is missing. */
  readonly input: boolean;
}

type Raw = Readonly<Record<string, unknown>>;

export async function addProfile(io: ClientIo, name: string, given: AddOptions): Promise<Kept> {
  checkName(name);
  const refuseTaken = (profiles: Raw): void => {
    if (!Object.hasOwn(profiles, name) || given.force) return;
    throw usageError(`there is a profile ${name} already: ${io.program} profile set ${name}`);
  };
  const standing = await readProfiles(io.env);
  refuseTaken(standing);
  const found = readProfile(name, await completed(io, givenProfile({}, given), given.input));
  const { profile, notes } = await settleStorage(io, found);
  await checkProfile(io, name, profile);
  const before = Object.hasOwn(standing, name) ? whereRight(name, standing[name]) : undefined;
  const left = before ? await carryOver(io, name, before, profile) : [];
  await changeProfiles(io.env, (profiles) => {
    refuseTaken(profiles);
    return { ...profiles, [name]: rawProfile(profile) };
  });
  const needsLogin = profile.grant === 'code' || storedOptions(profile).length > 0;
  const next = needsLogin ? [`next: ${io.program} login ${name}`] : [];
  return { view: profileView(name, profile), notes: [...notes, ...left, ...next] };
}

/** A person at a terminal is asked where something is missing that has no default. */
async function completed(io: ClientIo, given: Raw, input: boolean): Promise<Raw> {
  if (!input || !io.isTTY || !io.askHidden || !isIncomplete(given)) return given;
  const { askProfile } = await import('./ask-profile.ts');
  return askProfile(io, given);
}

function isIncomplete(given: Raw): boolean {
  const shapes = shapesOf(given);
  return Object.keys(shapes).length === 0 || missingOptions(shapes, given).length > 0;
}
