/** The clocks of several processes, moved by one of them: the shift stands in a file, so that nobody waits for an hour. */

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type Clock, systemClock } from '@hufu/client';

export interface Shift {
  /** Time that passed, for both clocks. */
  readonly passedMs: number;
  /** What the wall clock was set by. */
  readonly wallMs: number;
}

export function writeShift(path: string, shift: Partial<Shift>): void {
  writeFileSync(`${path}.new`, JSON.stringify({ passedMs: 0, wallMs: 0, ...shift }));
  renameSync(`${path}.new`, path);
}

export function sharedClock(path: string): Clock {
  const clock = systemClock();
  const shift = (): Shift => JSON.parse(readFileSync(path, 'utf8'));
  return {
    ...clock,
    nowMs() {
      const { passedMs, wallMs } = shift();
      return clock.nowMs() + passedMs + wallMs;
    },
    monoMs: () => clock.monoMs() + shift().passedMs,
    // No server here sends a clock to learn from: its Date header does not know the shift.
    learn: () => {},
  };
}
