/** What somebody needs of a token, and whether a token is that. */

import type { Engine } from './engine.ts';
import type { RefreshReason } from './events.ts';
import type { IssuedToken } from './issued-token.ts';
import type { GetTokenOptions } from './token-source.ts';

export interface Need {
  readonly reason: RefreshReason;
  readonly minValidityMs: number;
  /** A person may be asked, by a provider that needs one. */
  readonly interactive: boolean;
  /** Another token than the one that stands there. */
  readonly forced: boolean;
  /** The secret that will not do. */
  readonly avoid: string | undefined;
}

/** What a call needs. */
export function needOf({ held, refused, provider }: Engine, options: GetTokenOptions): Need {
  const { reject, forceRefresh: forced = false, minValidityMs = 0, interactive = false } = options;
  return {
    reason: reject ? 'rejected' : forced ? 'forced' : held ? 'hard' : 'empty',
    minValidityMs,
    interactive: interactive && !!provider.traits.interactive,
    forced,
    avoid: reject?.token ?? (forced ? held?.token : refused),
  };
}

/** Nobody waits: the token that is held is still good. */
export const ahead = (engine: Engine): Need => ({ ...needOf(engine, {}), reason: 'soft' });

export const isAhead = (need: Need): boolean => need.reason === 'soft';

export const suits = (token: IssuedToken, need: Need): boolean =>
  token.token !== need.avoid && (isAhead(need) ? token.isFresh() : token.isServable(need.minValidityMs));

/** Whether a refresh for `flown` does all that one for `need` would have done; so that its failure is the answer to both. */
export const covers = (flown: Need, need: Need): boolean => !isAhead(flown) && (flown.interactive || !need.interactive);
