/**
 * The Web Locks of a browser, as a lock between tabs. Held around one refresh, never around what merely reads; waits have their
 * end. Where there are none (an http origin, a third-party frame), the run fails before its work begins, and the token source
 * goes on with conditional writes alone.
 */

import { systemClock } from '../core/clock.ts';
import { TokenError } from '../core/errors.ts';
import type { Clock, Lease, Lock, LockOptions, Signal } from '../core/types.ts';

/** What is used of `navigator.locks`. */
export interface WebLockManager {
  request<Result>(
    name: string,
    options: { readonly signal: Signal },
    work: (lock: unknown) => Promise<Result>,
  ): Promise<Result>;
}

export interface WebLockOptions {
  /** Default: `navigator.locks`, looked up at each run. */
  readonly locks?: WebLockManager | undefined;
  readonly clock?: Pick<Clock, 'sleep'> | undefined;
}

declare const navigator: { readonly locks?: WebLockManager } | undefined;

/** The browser ends it with the tab, and nobody takes it from a tab that lives. */
const lasting: Lease = { lost: new AbortController().signal, assert: () => {} };

export function webLock({ locks, clock = systemClock() }: WebLockOptions = {}): Lock {
  return {
    async run<Result>(key: string, options: LockOptions, work: (lease: Lease) => Promise<Result>): Promise<Result> {
      // Reading it throws a SecurityError in some third-party frames.
      const manager = locks ?? (typeof navigator === 'undefined' ? undefined : navigator.locks);
      if (!manager) throw new TokenError({ code: 'config', message: 'there are no Web Locks here' });
      const { waitMs, signal, background = false } = options;
      const waiting = new AbortController();
      const entered = new AbortController();
      const leave = (): void => waiting.abort();
      if (signal?.aborted) leave();
      signal?.addEventListener('abort', leave);
      clock.sleep(waitMs, { signal: entered.signal, background }).then(() => {
        if (!entered.signal.aborted) leave();
      });
      try {
        return await manager.request(`hufu:${key}`, { signal: waiting.signal }, async () => {
          entered.abort();
          return work(lasting);
        });
      } catch (error) {
        if (entered.signal.aborted || !waiting.signal.aborted) throw error;
        throw signal?.aborted
          ? new TokenError({ code: 'aborted', message: 'the wait for the lock was ended' })
          : new TokenError({ code: 'lock_timeout', message: 'the lock is held by another tab' });
      } finally {
        entered.abort();
        signal?.removeEventListener('abort', leave);
      }
    },
  };
}
