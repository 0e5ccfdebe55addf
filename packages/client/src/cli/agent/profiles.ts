/** The profiles that an agent serves: each opened when it is first asked for, and anew when somebody changed it. */

import { keepWarm } from '../../core/keep-warm.ts';
import type { ClientIo } from '../io.ts';
import { type OpenProfile, openThis } from '../open-profile.ts';
import type { Profile } from '../profiles/profile.ts';
import { readProfiles } from '../profiles/profiles-file.ts';
import { readProfile } from '../profiles/read-profile.ts';
import type { Served, ServedProfiles } from './answer.ts';

export interface ServeOptions {
  /** Default: every profile that there is, also later. */
  readonly only?: readonly string[] | undefined;
  /** Refresh without being asked, from the first question on. Default false. */
  readonly isWarm?: boolean | undefined;
}

interface Kept {
  /** As it stood in the file. */
  readonly text: string;
  readonly open: Promise<OpenProfile>;
}

export interface ClosableProfiles extends ServedProfiles {
  close(): Promise<void>;
}

export function servedProfiles(io: ClientIo, { only, isWarm = false }: ServeOptions = {}): ClosableProfiles {
  const kept = new Map<string, Kept>();
  const isServed = (name: string): boolean => only === undefined || only.includes(name);

  /** Nobody waits for the end of one that was changed or removed: its refresh may be under way. */
  const forget = (name: string): void => {
    kept
      .get(name)
      ?.open.then((profile) => profile.source.close())
      .catch(() => {});
    kept.delete(name);
  };

  async function opened(name: string, profile: Profile): Promise<OpenProfile> {
    // The agent lives on: a token that the disk does not take is served from memory.
    const open = await openThis(io, name, profile, { policy: { onPersistFailure: 'serve' } });
    if (isWarm) keepWarm(open.source);
    return open;
  }

  async function find(name: string): Promise<Served | undefined> {
    const profiles = isServed(name) ? await readProfiles(io.env) : {};
    if (!Object.hasOwn(profiles, name)) {
      forget(name);
      return undefined;
    }
    const text = JSON.stringify(profiles[name]);
    if (kept.get(name)?.text !== text) {
      const profile = readProfile(name, profiles[name]);
      forget(name);
      kept.set(name, { text, open: opened(name, profile) });
    }
    try {
      const open = await kept.get(name)?.open;
      return open && { provider: open.provider.id, source: open.source };
    } catch (error) {
      // What is wrong may be mended meanwhile.
      kept.delete(name);
      throw error;
    }
  }

  return {
    find,
    names: async () =>
      Object.keys(await readProfiles(io.env))
        .filter(isServed)
        .sort(),
    async close() {
      await Promise.allSettled([...kept.values()].map(async ({ open }) => (await open).source.close()));
    },
  };
}
