/** Refreshes ahead without being asked: never by one long timer, which a sleeping machine or a large number would break. */

import type { Clock } from './clock.ts';
import type { Signal } from './platform.ts';

const longestTickMs = 60_000;
/** When a page is looked at again, or the network is back: timers stood still meanwhile. */
const wakers = ['visibilitychange', 'pageshow', 'online'];

type Listening = (type: string, listener: () => void) => void;
declare const addEventListener: Listening | undefined;
declare const removeEventListener: Listening | undefined;

/** @param due refreshes where it is time to, and says in how many milliseconds it will be. */
export function keepWarm(clock: Clock, ended: Signal, due: () => number): void {
  const wake = (): void => {
    due();
  };
  const tick = async (): Promise<void> => {
    while (!ended.aborted) {
      const ms = Math.min(Math.max(due(), 1_000), longestTickMs);
      await clock.sleep(ms, { signal: ended, background: true });
    }
  };
  tick();
  if (typeof addEventListener === 'undefined' || typeof removeEventListener === 'undefined') return;
  const [listen, leave] = [addEventListener, removeEventListener];
  for (const type of wakers) listen(type, wake);
  ended.addEventListener('abort', () => {
    for (const type of wakers) leave(type, wake);
  });
}
