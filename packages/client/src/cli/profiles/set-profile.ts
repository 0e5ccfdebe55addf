/** Changes a profile. Tokens go along to another storage; where it is somebody else's from now on, the session of before ends. */

import type { ClientIo } from '../io.ts';
import { carryOver } from './carry-over.ts';
import { findRaw } from './find-profile.ts';
import { type GivenProfile, givenProfile } from './given.ts';
import { changeProfiles } from './profiles-file.ts';
import { readProfile } from './read-profile.ts';
import { checkProfile, type Kept, settleStorage, whereRight } from './settle-profile.ts';
import { profileView, rawProfile } from './view.ts';

export async function setProfile(io: ClientIo, name: string, given: GivenProfile): Promise<Kept> {
  const raw = await findRaw(io, name);
  const before = whereRight(name, raw);
  const standing = before ? rawProfile(before) : typeof raw === 'object' && raw !== null ? { ...raw } : {};
  const changed = readProfile(name, givenProfile(standing, given));
  // One that was written by hand may leave its storage open, and goes on to.
  const asks = given.storage === 'auto';
  const { profile, notes } = asks ? await settleStorage(io, changed) : { profile: changed, notes: [] };
  await checkProfile(io, name, profile);
  const left = before ? await carryOver(io, name, before, profile) : [];
  await changeProfiles(io.env, (profiles) => ({ ...profiles, [name]: rawProfile(profile) }));
  return { view: profileView(name, profile), notes: [...notes, ...left] };
}
