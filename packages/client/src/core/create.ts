/** Makes a token source from a provider and whatever should differ from the defaults. */

import { type Clock, systemClock } from './clock.ts';
import { createEngine } from './engine.ts';
import type { TokenEvent } from './events.ts';
import { refuse } from './given.ts';
import { alone } from './keeper.ts';
import type { Lock } from './lock.ts';
import type { FetchLike } from './platform.ts';
import { type PolicyOptions, policyOf } from './policy.ts';
import type { Provider } from './provider.ts';
import { randomHex } from './random.ts';
import { createSource } from './source.ts';
import type { TokenSource } from './token-source.ts';
import type { TokenStore } from './token-store.ts';

export interface TokenSourceOptions {
  readonly provider: Provider;
  /** Default: none, and the grant is kept in this token source alone. */
  readonly store?: TokenStore | undefined;
  /** For a `store` that several processes share; its conditional writes alone make them safe, not fast. Default: none. */
  readonly lock?: Lock | undefined;
  readonly policy?: PolicyOptions | undefined;
  /** Default: the platform's. */
  readonly fetch?: FetchLike | undefined;
  /** Default: the clocks of this process. */
  readonly clock?: Clock | undefined;
  /** Names this process in records, for people: `host:pid`. Default: random. */
  readonly writer?: string | undefined;
  /** Gets every event. */
  readonly onEvent?: ((event: TokenEvent) => unknown) | undefined;
}

/**
 * Throws `TokenError` with `config` for options that cannot work.
 * @example const source = createTokenSource({ provider }); const { token } = await source.getToken();
 */
export function createTokenSource(options: TokenSourceOptions): TokenSource {
  const { provider, store, lock, clock = systemClock(), writer = randomHex(8), onEvent } = options;
  const policy = policyOf(options.policy);
  const send: FetchLike = options.fetch ?? ((url, init) => fetch(url, init));
  const engine = createEngine({ provider, policy, clock, fetch: send, writer }, onEvent);
  if (!store) return createSource(engine, alone(engine));
  return createSource(engine, (store.sharing ?? refuse('store: make it with tokenStore()'))(engine, store, lock));
}
