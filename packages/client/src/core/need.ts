/** What somebody needs of a token, and whether a token is that. */

import type { RefreshReason } from './events.ts';
import type { IssuedToken } from './issued-token.ts';
import type { GetTokenOptions } from './token-source.ts';

export interface Need {
  readonly reason: RefreshReason;
  readonly minValidityMs: number;
  readonly interactive: boolean;
  /** Another token than the one that stands there. */
  readonly forced: boolean;
  /** The secret that will not do. */
  readonly avoid: string | undefined;
}

/** What a call needs. @param refused a secret that was declared invalid. */
export function needOf(options: GetTokenOptions, held: IssuedToken | undefined, refused: string | undefined): Need {
  const { reject, forceRefresh = false, minValidityMs = 0, interactive = false } = options;
  const avoid = reject?.token ?? (forceRefresh ? held?.token : refused);
  const reason = reject ? 'rejected' : forceRefresh ? 'forced' : held ? 'hard' : 'empty';
  return { reason, minValidityMs, interactive, forced: forceRefresh, avoid };
}

/** Nobody waits: the token that is held is still good. */
export const ahead = (refused: string | undefined): Need => ({
  reason: 'soft',
  minValidityMs: 0,
  interactive: false,
  forced: false,
  avoid: refused,
});

export const isAhead = (need: Need): boolean => need.reason === 'soft';

export const suits = (token: IssuedToken, need: Need): boolean =>
  token.token !== need.avoid && (isAhead(need) ? token.isFresh() : token.isServable(need.minValidityMs));

/** Whether a refresh for `flown` does all that one for `need` would have done; so that its failure is the answer to both. */
export const covers = (flown: Need, need: Need): boolean => !isAhead(flown) && (flown.interactive || !need.interactive);
