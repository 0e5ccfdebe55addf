/** A clock that stands until it is moved: tests of expiry, pauses and deadlines need no waiting and no luck. */

import { offsetFrom } from '../core/clock.ts';
import type { Clock } from '../core/types.ts';

export interface ManualClock extends Clock {
  /** Moves both clocks, waking sleepers in order, and lets what they do run before the next wakes. */
  advance(ms: number): Promise<void>;
  /** Sets the wall clock alone forward or back, as a person or a time service does. */
  shift(ms: number): void;
  /** Sleeps that are under way, in milliseconds from now. */
  readonly sleeping: readonly number[];
}

interface Sleeper {
  readonly dueMs: number;
  readonly wake: () => void;
}

/** Microtasks and I/O that a woken sleeper sets off, a few rounds deep. */
const settleRounds = 20;

export function manualClock(startMs = Date.UTC(2026, 10, 22)): ManualClock {
  let monoMs = 0;
  let wallMs = startMs;
  let learnedMs = 0;
  const sleepers = new Set<Sleeper>();
  const settle = async (): Promise<void> => {
    for (let round = 0; round < settleRounds; round += 1) await new Promise((resolve) => setTimeout(resolve));
  };
  return {
    nowMs: () => wallMs,
    monoMs: () => monoMs,
    offsetMs: () => learnedMs,
    learn(dateHeader, roundTripMs) {
      learnedMs = offsetFrom(dateHeader, roundTripMs, wallMs) ?? learnedMs;
    },
    sleep: (ms, { signal } = {}) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const sleeper = { dueMs: monoMs + Math.max(0, ms), wake: () => done() };
        const done = (): void => {
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', done);
          resolve();
        };
        signal?.addEventListener('abort', done);
        sleepers.add(sleeper);
      }),
    async advance(ms) {
      const untilMs = monoMs + ms;
      await settle();
      for (;;) {
        const due = [...sleepers].filter((sleeper) => sleeper.dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0];
        const stepMs = (due?.dueMs ?? untilMs) - monoMs;
        monoMs += stepMs;
        wallMs += stepMs;
        if (!due) return;
        due.wake();
        await settle();
      }
    },
    shift(ms) {
      wallMs += ms;
    },
    get sleeping() {
      return [...sleepers].map((sleeper) => sleeper.dueMs - monoMs);
    },
  };
}
