/** What a server does from time to time: delete what is over, write use counts, look for rotated keys. */

import { secondMs } from '../core/time.ts';

export interface Chore {
  readonly name: string;
  readonly everySeconds: number;
  readonly run: () => Promise<void>;
}

export interface Upkeep {
  /** Stops the timers and waits for a chore under way. */
  stop(): Promise<void>;
}

/** Runs each chore at its interval, never twice at once. A chore that fails is reported and tried again next time. */
export function startUpkeep(chores: readonly Chore[], failed: (chore: string, error: unknown) => void): Upkeep {
  const running = new Set<Promise<void>>();
  const timers = chores.map((chore) => {
    let busy = false;
    const timer = setInterval(() => {
      if (busy) return;
      busy = true;
      const run = chore
        .run()
        .catch((error: unknown) => failed(chore.name, error))
        .finally(() => {
          busy = false;
          running.delete(run);
        });
      running.add(run);
    }, chore.everySeconds * secondMs);
    timer.unref();
    return timer;
  });
  return {
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running);
    },
  };
}
