/** Calls a provider with everything that it gets, under a deadline that holds even where the provider does not look at it. */

import type { Engine } from './engine.ts';
import { TokenError } from './errors.ts';
import type { Grant, ProviderContext } from './provider.ts';
import { randomHex } from './random.ts';

export async function exchangeWithin<Result>(
  engine: Engine,
  timeoutMs: number,
  facts: Pick<ProviderContext, 'idempotencyKey' | 'attempt'>,
  call: (context: ProviderContext) => Promise<Result>,
): Promise<Result> {
  const { clock, fetch } = engine.parts;
  const deadline = new AbortController();
  const done = new AbortController();
  const log = (message: string): void => engine.tell('provider.log', { message });
  const late = new Promise<never>((_, reject) => {
    clock.sleep(timeoutMs, { signal: done.signal, background: true }).then(() => {
      if (done.signal.aborted) return;
      deadline.abort();
      reject(new TokenError({ code: 'timeout', message: 'no answer in time', uncertain: true }));
    });
  });
  try {
    return await Promise.race([call({ ...facts, fetch, signal: deadline.signal, clock, log }), late]);
  } finally {
    done.abort();
  }
}

/** Best effort: whether the server is known to have ended the grant. */
export async function revoke(engine: Engine, grant: Grant): Promise<boolean> {
  const { provider, policy } = engine.parts;
  if (!provider.revoke) return false;
  const facts = { idempotencyKey: randomHex(16), attempt: 1 };
  try {
    await exchangeWithin(engine, policy.httpTimeoutMs, facts, async (context) => provider.revoke?.(grant, context));
    return true;
  } catch {
    return false;
  }
}
