/** Profiles by their names. */

import type { ClientIo } from '../io.ts';
import { exitCodes } from '../terminal/exit-codes.ts';
import { CliError, usageError } from '../terminal/failure.ts';
import { type Profile, profileName } from './profile.ts';
import { readProfiles } from './profiles-file.ts';
import { readProfile } from './read-profile.ts';

/** Throws `CliError` where there is none, and says how to add it. */
export const findProfile = async (io: Pick<ClientIo, 'env' | 'program'>, name: string): Promise<Profile> =>
  readProfile(name, await findRaw(io, name));

/** As it stands in the file, right or wrong. */
export async function findRaw(io: Pick<ClientIo, 'env' | 'program'>, name: string): Promise<unknown> {
  checkName(name);
  const profiles = await readProfiles(io.env);
  if (Object.hasOwn(profiles, name)) return profiles[name];
  const names = Object.keys(profiles).sort();
  const others = names.length === 0 ? 'there are no profiles yet' : `there are: ${names.join(', ')}`;
  throw new CliError(
    exitCodes.usage,
    'no_profile',
    `there is no profile ${name}; ${others}\nadd it: ${io.program} profile add ${name}`,
  );
}

export function checkName(name: string): void {
  if (profileName.test(name)) return;
  throw usageError(
    'the name of a profile: up to 64 letters, digits, dots, underscores and hyphens, beginning with one of the first two',
  );
}
