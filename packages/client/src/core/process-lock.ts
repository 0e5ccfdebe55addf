/** The lock of this process: one holder a key, in the order of asking. For token sources that share a memory store. */

import type { Clock } from './clock.ts';
import { TokenError } from './errors.ts';
import type { Lease, Lock } from './lock.ts';
import type { Signal } from './platform.ts';
import { fulfilsWithin } from './within.ts';

/** A lease that cannot be lost. */
const lasting: Lease = { lost: new AbortController().signal, assert: () => {} };

export function processLock(clock: Pick<Clock, 'sleep'>): Lock {
  const tails = new Map<string, Promise<void>>();
  return {
    async run(key, { waitMs, signal, background = false }, work) {
      const before = tails.get(key);
      let letGo = (): void => {};
      const held = new Promise<void>((resolve) => {
        letGo = resolve;
      });
      const tail = Promise.all([before, held]).then(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
      tails.set(key, tail);
      try {
        if (before && !(await fulfilsWithin(before, { ms: waitMs, background, signal }, clock))) throw unheld(signal);
        return await work(lasting);
      } finally {
        letGo();
      }
    },
  };
}

const unheld = (signal: Signal | undefined): TokenError =>
  signal?.aborted
    ? new TokenError({ code: 'aborted', message: 'the wait for the lock was ended' })
    : new TokenError({ code: 'lock_timeout', message: 'the lock is held by another refresh' });
