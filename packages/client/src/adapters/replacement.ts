/** Another token for one that was refused; but where a token is refused that just came, asking on would be a storm. */

import type { Clock, Signal, Token, TokenSource } from '../core/types.ts';

/** A token that replaced a refused one, and is younger than this, is not replaced in its turn. */
const youngMs = 30_000;

/** `undefined`: the refused one is the replacement itself, too young for another. */
export type Replace = (refused: Token, signal?: Signal) => Promise<Token | undefined>;

export function replacing(source: TokenSource, clock: Clock): Replace {
  let latest: { readonly secret: string; readonly sinceMs: number } | undefined;
  return async (refused, signal) => {
    if (latest?.secret === refused.token && clock.monoMs() - latest.sinceMs < youngMs) return undefined;
    const other = await source.getToken({ reject: refused, ...(signal && { signal }) });
    if (latest?.secret !== other.token) latest = { secret: other.token, sinceMs: clock.monoMs() };
    return other;
  };
}
