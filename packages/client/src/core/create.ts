/** Makes a token source from a provider and whatever should differ from the defaults. */

import { type Clock, systemClock } from './clock.ts';
import { Engine } from './engine.ts';
import type { TokenEvent } from './events.ts';
import type { Lock } from './lock.ts';
import { memoryStore } from './memory-store.ts';
import type { FetchLike } from './platform.ts';
import { type PolicyOptions, policyOf } from './policy.ts';
import type { Provider } from './provider.ts';
import { randomHex } from './random.ts';
import { Source } from './source.ts';
import type { TokenSource } from './token-source.ts';
import type { TokenStore } from './token-store.ts';

export interface TokenSourceOptions {
  readonly provider: Provider;
  /** Default: a new memory store. */
  readonly store?: TokenStore | undefined;
  /** Default: none, which is right for a store of one token source. Processes that share a store need one of theirs. */
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

/** @example const source = createTokenSource({ provider }); const { token } = await source.getToken(); */
export function createTokenSource(options: TokenSourceOptions): TokenSource {
  const { provider, clock = systemClock(), store = memoryStore(), writer = randomHex(8), onEvent } = options;
  const policy = policyOf(options.policy);
  const send: FetchLike = options.fetch ?? ((url, init) => fetch(url, init));
  return new Source(new Engine({ provider, store, lock: options.lock, policy, clock, fetch: send, writer, onEvent }));
}
