/** Keeps the token of a source fresh without being asked. Off unless it is called, and nothing that keeps a process alive. */

import { type Clock, systemClock } from './clock.ts';
import { isTokenError } from './errors.ts';
import type { TokenSource } from './token-source.ts';

/** Never one long timer, which a sleeping machine or a large number would break. */
const longestTickMs = 60_000;
const shortestTickMs = 1_000;
/** Of what is left of a token's life: several ticks fall into its soft part. */
const tickShare = 1 / 20;
/** When a page is looked at again, or the network is back: timers stood still meanwhile. */
const wakers = ['visibilitychange', 'pageshow', 'online'];

type Listening = (type: string, listener: () => void) => void;
declare const addEventListener: Listening | undefined;
declare const removeEventListener: Listening | undefined;

/**
 * Returns what ends it; closing the source ends it as well.
 *
 * @example
 * const stop = keepWarm(source);
 */
export function keepWarm(source: TokenSource, clock: Pick<Clock, 'sleep'> = systemClock()): () => void {
  const ending = new AbortController();
  const ask = async (): Promise<number> => {
    try {
      const token = await source.getToken();
      return Math.min(longestTickMs, Math.max(shortestTickMs, token.expiresInMs() * tickShare));
    } catch (error) {
      if (isTokenError(error, 'closed') && source.status().state === 'closed') ending.abort();
      return longestTickMs;
    }
  };
  const tick = async (): Promise<void> => {
    while (!ending.signal.aborted) await clock.sleep(await ask(), { signal: ending.signal, background: true });
  };
  tick();
  if (typeof addEventListener !== 'undefined' && typeof removeEventListener !== 'undefined') {
    const leave = removeEventListener;
    for (const type of wakers) addEventListener(type, ask);
    ending.signal.addEventListener('abort', () => {
      for (const type of wakers) leave(type, ask);
    });
  }
  return () => ending.abort();
}
