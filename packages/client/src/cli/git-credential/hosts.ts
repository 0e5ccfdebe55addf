/** Whose git may see the token of a profile when nobody says: the server that gave it, and no other. */

import { endpointsOf } from '../profiles/endpoints.ts';
import type { Profile } from '../profiles/profile.ts';

/** Hosts with their ports, as git names them. Empty where an address comes from elsewhere: then `--host` has to say. */
export function hostsOf(profile: Profile): readonly string[] {
  try {
    return endpointsOf(profile, profile.options).map((endpoint) => new URL(endpoint).host);
  } catch {
    return [];
  }
}
