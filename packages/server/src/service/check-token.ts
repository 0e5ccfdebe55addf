/**
 * Use case: whether a token of any dialect is good at this moment, and what stands behind it. Introspection answers from it,
 * and so does a program that has the server inside itself.
 */

import type { User } from '../core/directory.ts';
import { accept, type Decision, refuse } from '../core/reasons.ts';
import type { Membership } from '../core/region.ts';
import type { TokenFormat } from '../core/token.ts';
import type { People } from './people.ts';
import type { GrantStore, RefreshTokens, Signer } from './ports.ts';
import { type Recognized, recognizeAny } from './recognize.ts';
import { regionStanding } from './region-standing.ts';

export interface TokenCheckParts {
  readonly signer: Signer;
  readonly refreshTokens: Pick<RefreshTokens, 'read'>;
  readonly store: Pick<GrantStore, 'findGrant'>;
  readonly people: Pick<People, 'standing' | 'memberships'>;
  /** Every kind of token of every dialect. */
  readonly formats: readonly TokenFormat[];
}

export interface CheckedToken extends Recognized {
  /** `undefined` where a client acts for itself. */
  readonly user: User | undefined;
  /** Region that the token is for, with the user's account in it, where it is for one. */
  readonly membership: Membership | undefined;
}

export async function checkToken(
  parts: TokenCheckParts,
  token: string,
  nowMs: number,
): Promise<Decision<CheckedToken>> {
  const recognized = await recognizeAny(parts, token, nowMs);
  if (!recognized.ok) return recognized;
  const { grant, view, generation } = recognized.value;
  const { mayAct, user } = await parts.people.standing(grant);
  if (!mayAct) return refuse({ code: 'grant_suspended', grantId: grant.id });
  // A used refresh token is over for who holds it, although its session lives.
  if (view === undefined && generation !== grant.generation) return refuse({ code: 'credential_expired' });
  // What was signed for another role than the user has now is over: the next refresh brings the new one.
  if (view?.facts.role !== undefined && view.facts.role !== user?.role) return refuse({ code: 'credential_expired' });
  const checked = { ...recognized.value, user, membership: undefined };
  const platformRegion = view?.format.platformRegion;
  if (platformRegion === undefined || user === undefined) return accept(checked);
  const standing = await regionStanding(parts.people, platformRegion, grant, user);
  return standing.ok ? accept({ ...checked, membership: standing.value }) : standing;
}
