/** Holding a lock: its file is touched from time to time, and a hold that others may have ended says so. */

import { TokenError } from '../../core/errors.ts';
import type { Clock, Lease } from '../../core/types.ts';
import type { Register } from '../../files/register.ts';
import { touchesPerLease } from './silence.ts';

/** Text of a lock that nobody holds. */
const free = '{}';

export interface HeldLease extends Lease {
  /** Lets go. */
  end(): Promise<void>;
}

export function holdLease(
  register: Register,
  number: number,
  leaseMs: number,
  clock: Pick<Clock, 'nowMs' | 'monoMs' | 'sleep'>,
): HeldLease {
  const lost = new AbortController();
  const ending = new AbortController();
  let touchedMs = clock.monoMs();
  const isOver = (): boolean => clock.monoMs() - touchedMs >= leaseMs;
  const touching = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(leaseMs / touchesPerLease, { signal: ending.signal, background: true });
      if (ending.signal.aborted) return;
      // Whoever slept through the lease must not come back to life by touching.
      if (isOver()) return lost.abort();
      const startedMs = clock.monoMs();
      const isThere = await register.touch(number, clock.nowMs()).catch(() => undefined);
      if (isThere === false) return lost.abort();
      if (isThere) touchedMs = startedMs;
    }
  };
  touching();
  return {
    lost: lost.signal,
    assert() {
      if (isOver()) lost.abort();
      if (lost.signal.aborted) throw new TokenError({ code: 'lock_timeout', message: 'the lock was lost' });
    },
    async end() {
      ending.abort();
      // Where this fails, others see that the process is gone, or that the lock is silent.
      await register.put(free, number).catch(() => {});
    },
  };
}
