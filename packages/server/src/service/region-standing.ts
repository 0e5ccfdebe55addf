/** Whether a grant is good in its region, as the region and the user's account there are now. */

import type { User } from '../core/directory.ts';
import type { Grant } from '../core/grant.ts';
import { accept, type Decision, refuse } from '../core/reasons.ts';
import { type Membership, mayUse } from '../core/region.ts';
import type { People } from './people.ts';

/** @returns the user's membership; `undefined` in the platform's own region, where nobody needs one. */
export async function regionStanding(
  people: Pick<People, 'memberships'>,
  platformRegion: string,
  grant: Pick<Grant, 'id' | 'audience'>,
  user: Pick<User, 'tenant' | 'id'>,
): Promise<Decision<Membership | undefined>> {
  if (grant.audience === platformRegion) return accept(undefined);
  const memberships = await people.memberships(user);
  const membership = memberships.find(({ region }) => region.id === grant.audience);
  if (!membership || !mayUse(membership)) return refuse({ code: 'region_not_allowed', grantId: grant.id });
  return accept(membership);
}
