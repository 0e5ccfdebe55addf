/**
 * For the PDS SDK (`aliyun-pds-js-sdk`): its two functions for tokens, over a token source, around what version 1.4.0 was seen to
 * do with them.
 */

import { systemClock } from '../core/clock.ts';
import { TokenError } from '../core/errors.ts';
import type { Clock, JsonObject, Token, TokenSource } from '../core/types.ts';
import { replacing } from './replacement.ts';

/** `ITokenInfo`, as far as the SDK uses it; what the token has in `extra` is there, too. */
export type PdsSdkToken = JsonObject & {
  readonly access_token: string;
  /**
   * Always empty, which the SDK takes for "not over yet". A token that it thinks over it has refreshed, and sends nevertheless;
   * told by the server, it sends the new one.
   */
  readonly expire_time: '';
  readonly token_type: string;
};

export interface PdsRefresher {
  /** Asked before requests: the SDK keeps the answer for two seconds. */
  readonly always_get_token_fun: () => Promise<PdsSdkToken>;
  /** Asked after a refusal. */
  readonly refresh_token_fun: () => Promise<PdsSdkToken>;
}

/** For so long the SDK sends what `always_get_token_fun` gave, refused or not: it does not read its option for this. */
const sdkCacheMs = 2_000;
/** The SDK begins to count a little later than we do. */
const marginMs = 100;
/** The SDK asks for ever. A token that just came is given so many times in a row: refusals may be late, of the one before. */
const mostRepeats = 5;

/**
 * Options for `new PDSClient({ api_endpoint, …asPdsRefresher(source) })`; one for each client. Rejects with `TokenError`, and so
 * ends the SDK's requests: also, with `reauth_required`, where the server refuses tokens that it just gave.
 */
export function asPdsRefresher(source: TokenSource, clock: Clock = systemClock()): PdsRefresher {
  const replace = replacing(source, clock);
  let sent: Token | undefined;
  let cachedUntilMs = Number.NEGATIVE_INFINITY;
  let repeats = 0;

  /** In place of the one that the SDK sent last. */
  async function another(refused: Token): Promise<Token> {
    const other = await replace(refused);
    if (other) {
      repeats = 0;
      return other;
    }
    repeats += 1;
    if (repeats <= mostRepeats) return refused;
    throw new TokenError({ code: 'reauth_required', message: 'PDS refuses tokens that were just issued' });
  }

  return {
    async always_get_token_fun() {
      sent = await source.getToken();
      cachedUntilMs = clock.monoMs() + sdkCacheMs;
      return tokenInfo(sent);
    },
    async refresh_token_fun() {
      const refused = sent ?? source.peek();
      sent = refused ? await another(refused) : await source.getToken();
      // Sooner, the SDK would send the refused one again.
      const restMs = cachedUntilMs - clock.monoMs();
      if (restMs > 0) await clock.sleep(restMs + marginMs);
      return tokenInfo(sent);
    },
  };
}

const tokenInfo = ({ token, type, extra }: Token): PdsSdkToken => ({
  ...extra,
  access_token: token,
  expire_time: '',
  token_type: type,
});
