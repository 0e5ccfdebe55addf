/**
 * A clock for several actors that do real I/O in between: time moves on only while all of them sleep, so that how fast the
 * machine is changes nothing.
 */

import type { Clock } from '../core/types.ts';

export interface LockstepClock extends Pick<Clock, 'nowMs' | 'monoMs' | 'sleep'> {
  /** How many sleep at once before time moves on. */
  actors: number;
  shift(ms: number): void;
}

export function lockstepClock(actors: number, startMs = Date.UTC(2026, 10, 22)): LockstepClock {
  let monoMs = 0;
  let wallMs = startMs;
  const sleepers = new Set<{ readonly dueMs: number; readonly wake: () => void }>();
  const step = (): void => {
    if (sleepers.size < clock.actors) return;
    const [next] = [...sleepers].sort((a, b) => a.dueMs - b.dueMs);
    if (!next) return;
    wallMs += Math.max(0, next.dueMs - monoMs);
    monoMs = Math.max(monoMs, next.dueMs);
    next.wake();
  };
  const clock: LockstepClock = {
    actors,
    nowMs: () => wallMs,
    monoMs: () => monoMs,
    shift(ms) {
      wallMs += ms;
    },
    sleep: (ms, { signal } = {}) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const wake = (): void => {
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const sleeper = { dueMs: monoMs + Math.max(0, ms), wake };
        signal?.addEventListener('abort', wake);
        sleepers.add(sleeper);
        step();
      }),
  };
  return clock;
}
