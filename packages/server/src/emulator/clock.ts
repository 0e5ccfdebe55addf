/** The emulator's clock: it runs with the system's, stands still, or goes on from anywhere, as the tester says. */

import { secondMs } from '../core/time.ts';
import type { Clock } from '../service/ports.ts';

export interface ControlledClock extends Clock {
  readonly frozen: boolean;
  /** Jumps to an instant and stands still there. */
  set(atMs: number): void;
  /** Moves on by some seconds, or back where negative; a running clock runs on, a frozen one stays frozen. */
  advance(seconds: number): void;
  /** Goes on from where it is. */
  run(): void;
}

/** The side of the emulator itself. */
export interface ResettableClock extends ControlledClock {
  /** As it was at the beginning. */
  reset(): void;
}

/** The last instant whose year has four digits, as RFC 3339 and HTTP dates need them. */
export const latestMs = Date.UTC(10_000, 0) - 1;

/** @param startMs where to stand still from the beginning; without it, the clock runs with `system`. */
export function createControlledClock(system: Clock, startMs?: number): ResettableClock {
  const startFrozenMs = startMs === undefined ? undefined : checked(startMs);
  let frozenMs = startFrozenMs;
  let offsetMs = 0;
  const nowMs = (): number => frozenMs ?? system.nowMs() + offsetMs;
  return {
    nowMs,
    get frozen() {
      return frozenMs !== undefined;
    },
    set(atMs) {
      frozenMs = checked(atMs);
    },
    advance(seconds) {
      const byMs = Math.round(seconds * secondMs);
      checked(nowMs() + byMs);
      if (frozenMs === undefined) offsetMs += byMs;
      else frozenMs += byMs;
    },
    run() {
      offsetMs = nowMs() - system.nowMs();
      frozenMs = undefined;
    },
    reset() {
      frozenMs = startFrozenMs;
      offsetMs = 0;
    },
  };
}

function checked(atMs: number): number {
  if (Number.isInteger(atMs) && atMs >= 0 && atMs <= latestMs) return atMs;
  throw new RangeError('the clock goes from 1970-01-01T00:00:00Z to 9999-12-31T23:59:59Z');
}
