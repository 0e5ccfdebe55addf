/** Profiles as they are shown. There is nothing secret in a profile; what its references lead to is not looked at. */

import type { ClientIo } from '../io.ts';
import { CliError } from '../terminal/failure.ts';
import type { OptionValue, Profile } from './profile.ts';
import { readProfiles } from './profiles-file.ts';
import { readProfile } from './read-profile.ts';
import { readReference, referenceText } from './reference.ts';

export type ProfileView = Readonly<Record<string, unknown>>;

/** As it stands in the file, with its name. Members are added, never renamed. */
export const profileView = (name: string, { provider, grant, storage, options }: Profile): ProfileView => ({
  name,
  provider,
  grant,
  storage,
  ...options,
});

export function viewText(value: unknown): string {
  const reference = readReference(value);
  if (reference) return referenceText(reference);
  return typeof value === 'object' && value !== null ? objectText(value) : String(value);
}

const objectText = (value: object): string =>
  'alibaba-cli' in value ? `alibaba-cli:${String(value['alibaba-cli'])}` : JSON.stringify(value);

/** A profile in the form of the file. */
export const rawProfile = ({ provider, grant, storage, options }: Profile): Readonly<Record<string, OptionValue>> => ({
  provider,
  grant,
  storage,
  ...options,
});

export interface ProfileRow {
  readonly name: string;
  readonly provider: string | null;
  readonly grant: string | null;
  readonly storage: string | null;
  /** Why it cannot be used. */
  readonly problem: string | null;
}

/** By name. One that is wrong is listed, too. */
export async function listProfiles(env: ClientIo['env']): Promise<readonly ProfileRow[]> {
  const profiles = Object.entries(await readProfiles(env));
  return profiles.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => rowOf(name, value));
}

function rowOf(name: string, value: unknown): ProfileRow {
  try {
    const { provider, grant, storage } = readProfile(name, value);
    return { name, provider, grant, storage, problem: null };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return { name, provider: null, grant: null, storage: null, problem: error.message };
  }
}
