/** A call of a provider without a token source: for the vendor's operations by their own names. */

import { type Clock, systemClock } from './clock.ts';
import { TokenError } from './errors.ts';
import type { FetchLike, Signal } from './platform.ts';
import type { ProviderContext } from './provider.ts';
import { randomHex } from './random.ts';
import { fulfilsWithin } from './within.ts';

export interface DirectOptions {
  /** Default: the platform's. */
  readonly fetch?: FetchLike | undefined;
  /** Default: the clocks of this process. */
  readonly clock?: Clock | undefined;
  /** Deadline of one call. Default 10 000. */
  readonly timeoutMs?: number | undefined;
}

export interface CallOptions {
  /** Ends the call with `aborted`; what was sent may have taken effect. */
  readonly signal?: Signal | undefined;
}

export type Direct = <Result>(
  options: CallOptions | undefined,
  call: (context: ProviderContext) => Promise<Result>,
) => Promise<Result>;

/** Calls share a clock, so that what one learns of the server's time is known to the next. */
export function directly(options: DirectOptions): Direct {
  const { clock = systemClock(), timeoutMs = 10_000 } = options;
  const send: FetchLike = options.fetch ?? ((url, init) => fetch(url, init));
  return async ({ signal } = {}, call) => {
    const ending = new AbortController();
    const facts = { idempotencyKey: randomHex(16), attempt: 1, log: (): void => {} };
    const calling = call({ ...facts, fetch: send, signal: ending.signal, clock });
    // It may fail after everybody has gone.
    calling.catch(() => {});
    if (!(await fulfilsWithin(calling, { ms: timeoutMs, background: true, signal }, clock))) {
      ending.abort();
      throw signal?.aborted
        ? new TokenError({ code: 'aborted', message: 'the call was ended', cause: signal.reason })
        : new TokenError({ code: 'timeout', message: 'no answer in time', uncertain: true });
    }
    return calling;
  };
}
