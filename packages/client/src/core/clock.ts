/** Time as the engine sees it: the wall, a clock that never jumps, what the server's clock is ahead, and waiting. */

import type { Signal } from './platform.ts';

/** The time until something that does not happen. */
export const never = Number.POSITIVE_INFINITY;

export interface SleepOptions {
  /** Ends the wait early; the promise resolves all the same. */
  readonly signal?: Signal;
  /** Does not keep a process alive. */
  readonly background?: boolean;
}

export interface Clock {
  /** Unix milliseconds of this machine. */
  nowMs(): number;
  /** Milliseconds since some instant; never jumps, but may stand still while the machine sleeps. */
  monoMs(): number;
  /** What has to be added to `nowMs` to get the server's time, in milliseconds. 0 until something was learned. */
  offsetMs(): number;
  /** From the `Date` header of a token answer, and how long the exchange took. */
  learn(dateHeader: string | null, roundTripMs: number): void;
  /** Never waits longer than a timer can; ask again where more is left. */
  sleep(ms: number, options?: SleepOptions): Promise<void>;
}

/** Differences up to here are the network's and the header's, whose unit is a second. */
const smallestOffsetMs = 5_000;
/** A timer above 2^31-1 ms fires at once. */
const longestTimerMs = 2 ** 31 - 1;

/** The offset that a `Date` header shows; `undefined` where it shows none. */
export function offsetFrom(dateHeader: string | null, roundTripMs: number, nowMs: number): number | undefined {
  const halfSecondMs = 500;
  const offsetMs = Math.round(Date.parse(dateHeader ?? '') + halfSecondMs - (nowMs - roundTripMs / 2));
  if (Number.isNaN(offsetMs)) return undefined;
  return Math.abs(offsetMs) > smallestOffsetMs ? offsetMs : 0;
}

/** The clocks of this process. One for each token source: an offset belongs to a server. */
export function systemClock(): Clock {
  let learnedMs = 0;
  return {
    nowMs: () => Date.now(),
    monoMs: () => performance.now(),
    offsetMs: () => learnedMs,
    learn(dateHeader, roundTripMs) {
      learnedMs = offsetFrom(dateHeader, roundTripMs, Date.now()) ?? learnedMs;
    },
    sleep: (ms, { signal, background } = {}) =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', done);
          resolve();
        };
        // One more, since the milliseconds of timers and of the wall clock do not begin together.
        const timer = setTimeout(done, Math.min(ms + 1, longestTimerMs));
        // Browsers have numbers for timers, and nothing to keep alive.
        if (background) timer.unref?.();
        signal?.addEventListener('abort', done);
        if (signal?.aborted) done();
      }),
  };
}
