/** Calls a provider with everything that it gets, under a deadline that holds even where the provider does not look at it. */

import { within } from './deadline.ts';
import type { Engine } from './engine.ts';
import type { Grant, ProviderContext } from './provider.ts';
import { randomHex } from './random.ts';

export function exchangeWithin<Result>(
  engine: Engine,
  timeoutMs: number,
  call: (context: ProviderContext) => Promise<Result>,
  idempotencyKey = randomHex(16),
  attempt = 1,
): Promise<Result> {
  const { clock, fetch } = engine;
  const over = new AbortController();
  const log = (message: string): void => engine.tell('provider.log', { message });
  return within(clock, timeoutMs, over, call({ idempotencyKey, attempt, fetch, signal: over.signal, clock, log }));
}

/** Best effort: whether the server is known to have ended the grant. */
export function revoke(engine: Engine, grant: Grant): Promise<boolean> {
  const { provider, policy } = engine;
  const call = async (context: ProviderContext): Promise<boolean> => {
    await provider.revoke?.(grant, context);
    return provider.revoke !== undefined;
  };
  return exchangeWithin(engine, policy.httpTimeoutMs, call).catch(() => false);
}
