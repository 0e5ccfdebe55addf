/** Waits, but not for ever, and leaves no timer behind. */

import type { Clock } from './clock.ts';
import type { Signal } from './platform.ts';

/** Whether `promise` was fulfilled within `ms`; false also when `signal` ended the wait. Rejects where `promise` does. */
export async function fulfilsWithin(
  promise: Promise<unknown>,
  {
    ms,
    background,
    signal,
  }: { readonly ms: number; readonly background: boolean; readonly signal: Signal | undefined },
  clock: Pick<Clock, 'sleep'>,
): Promise<boolean> {
  const waiting = new AbortController();
  const stop = (): void => waiting.abort();
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  try {
    const late = clock.sleep(ms, { signal: waiting.signal, background }).then(() => false);
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    stop();
    signal?.removeEventListener('abort', stop);
  }
}
