/** What a lock is: for efficiency only. That nothing is lost without it is the business of the store's conditional writes. */

import type { Signal } from './platform.ts';

export interface LockOptions {
  /** Longest wait for the holder, in milliseconds; then `TokenError` with `lock_timeout`. Nothing is ever stolen from a living holder. */
  readonly waitMs: number;
  /** A holder that was not heard of for so long is taken for dead, in milliseconds. */
  readonly leaseMs: number;
  readonly signal?: Signal;
  /** The wait does not keep a process alive. Default false. */
  readonly background?: boolean;
}

export interface Lease {
  /** Aborted when somebody else may hold the lock. */
  readonly lost: Signal;
  /** Throws `TokenError` with `lock_timeout` when the lease is lost. */
  assert(): void;
}

export interface Lock {
  /**
   * Runs `work` as the only holder of `key`, and lets go when it settles. What throws before `work` began, other than
   * `lock_timeout` and `aborted`, means that the lock itself does not work here.
   */
  run<Result>(key: string, options: LockOptions, work: (lease: Lease) => Promise<Result>): Promise<Result>;
}
