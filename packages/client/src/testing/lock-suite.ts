/** The behaviour of every lock, for any test runner. */

import { isTokenError } from '../core/errors.ts';
import type { Lock } from '../core/types.ts';
import { expectEqual } from './expect.ts';
import type { SuiteCase } from './store-suite.ts';

export interface OpenLock {
  readonly lock: Lock;
  /** The same lock through another instance, as another process or tab has it. */
  readonly another: Lock;
  close?(): Promise<void> | void;
}

const patient = { waitMs: 60_000, leaseMs: 120_000 };
const hasty = { waitMs: 0, leaseMs: 120_000 };

/** Holds `key` until `release` is called. */
async function hold(lock: Lock, key: string): Promise<{ release(): Promise<void> }> {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let done: Promise<void> = Promise.resolve();
  await new Promise<void>((entered, failed) => {
    done = lock.run(key, patient, async () => {
      entered();
      await held;
    });
    done.catch(failed);
  });
  return {
    release() {
      release();
      return done;
    },
  };
}

const codeOf = async (outcome: Promise<unknown>): Promise<string> => {
  try {
    await outcome;
    return 'none';
  } catch (error) {
    return isTokenError(error) ? error.code : String(error);
  }
};

const cases: Readonly<Record<string, (open: OpenLock) => Promise<void>>> = {
  'the result of the work is the result of the run, and so is its failure': async ({ lock }) => {
    expectEqual(await lock.run('a', patient, async () => 'done'), 'done', 'result');
    const failing = lock.run('a', patient, () => Promise.reject(new Error('of the work')));
    expectEqual(await codeOf(failing), 'Error: of the work', 'failure');
    expectEqual(await lock.run('a', hasty, async () => 'again'), 'again', 'afterwards it is free');
  },
  'one holder a key, whichever instance asks': async ({ lock, another }) => {
    let inside = 0;
    let most = 0;
    let runs = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
      inside -= 1;
      runs += 1;
    };
    await Promise.all(Array.from({ length: 12 }, (_, n) => (n % 2 ? lock : another).run('a', patient, work)));
    expectEqual([most, runs], [1, 12], 'most holders at once, runs');
  },
  'keys do not wait for each other': async ({ lock, another }) => {
    const held = await hold(lock, 'a');
    expectEqual(await another.run('b', hasty, async () => 'done'), 'done', 'another key');
    await held.release();
  },
  'a wait has its end, and work that did not begin does not begin later': async ({ lock, another }) => {
    const held = await hold(lock, 'a');
    let isBegun = false;
    const late = another.run('a', hasty, async () => {
      isBegun = true;
    });
    expectEqual(await codeOf(late), 'lock_timeout', 'code');
    await held.release();
    expectEqual(await lock.run('a', patient, async () => isBegun), false, 'begun');
  },
  'a wait ends with the signal': async ({ lock, another }) => {
    const held = await hold(lock, 'a');
    const leaving = new AbortController();
    const waiting = codeOf(another.run('a', { ...patient, signal: leaving.signal }, async () => undefined));
    leaving.abort();
    expectEqual(await waiting, 'aborted', 'code');
    await held.release();
  },
  'a lease that is held says so': async ({ lock }) => {
    await lock.run('a', patient, async (lease) => {
      lease.assert();
      expectEqual(lease.lost.aborted, false, 'lost');
    });
  },
};

/** @param open gives a lock that nobody holds each time. */
export function lockSuite(open: () => Promise<OpenLock> | OpenLock): readonly SuiteCase[] {
  return Object.entries(cases).map(([name, run]) => ({
    name,
    async run() {
      const opened = await open();
      try {
        await run(opened);
      } finally {
        await opened.close?.();
      }
    },
  }));
}
