/** Takes a profile away with everything that was kept for it. */

import type { ClientIo } from '../io.ts';
import { openThis } from '../open-profile.ts';
import { CliError } from '../terminal/failure.ts';
import { tokenFailure } from '../token-failure.ts';
import { findProfile } from './find-profile.ts';
import { changeProfiles } from './profiles-file.ts';

export interface Removed {
  readonly name: string;
  readonly result: 'removed';
  /** Whether the session is known to be ended at the server. */
  readonly revoked: boolean;
  readonly notes: readonly string[];
}

/** A profile that is wrong, or whose storage cannot be used, goes all the same; `notes` says what could not be done. */
export async function removeProfile(io: ClientIo, name: string, revoke: boolean): Promise<Removed> {
  const notes: string[] = [];
  let revoked = false;
  try {
    await using open = await openThis(io, name, await findProfile(io, name));
    ({ revoked } = await open.source.logout({ revoke }));
    await open.secrets.remove();
  } catch (thrown) {
    const failure = thrown instanceof CliError ? thrown : tokenFailure(thrown);
    if (!failure || failure.code === 'no_profile') throw thrown;
    notes.push(`its tokens may still be kept: ${failure.message}`);
  }
  await changeProfiles(io.env, ({ [name]: _removed, ...others }) => others);
  return { name, result: 'removed', revoked, notes };
}
