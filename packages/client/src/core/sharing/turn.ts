/** Steps 3 to 5 and 12: looks whether others have done it already, takes the lock, looks again, and has the rest done. */

import { renewable } from '../decide.ts';
import type { Engine } from '../engine.ts';
import { isTokenError } from '../errors.ts';
import type { IssuedToken } from '../issued-token.ts';
import type { Lease, Lock } from '../lock.ts';
import { isAhead, suits } from '../need.ts';
import type { Outcome, Run } from '../run.ts';
import type { Stored } from './stored.ts';
import type { Watch } from './watch.ts';

/** How often the record is looked at, where that is the only way to hear of another process. */
const pollMs = 100;
/** A wait that is worth an event. */
const longWaitMs = 100;

export class Turn {
  readonly #stored: Stored;
  readonly #lock: Lock | undefined;
  readonly #watch: Watch;
  #isLockBroken = false;
  /** A token was given out before its turn is over. */
  #isHeld = false;
  #ending = new AbortController();
  #done = Promise.resolve();

  constructor(stored: Stored, lock: Lock | undefined, watch: Watch) {
    this.#stored = stored;
    this.#lock = lock;
    this.#watch = watch;
  }

  /** Settles when there is a token; what goes on then, `end` ends. */
  take(run: Run, work: () => Outcome): Outcome {
    if (this.#isHeld && isAhead(run.need)) {
      // Nothing is spent ahead of time that could not be kept, nor are others let near what is spent.
      const message = 'what the refresh before brought is not kept yet';
      return Promise.reject(run.engine.error('store_write', message, { retryable: true }));
    }
    this.end();
    const ending = new AbortController();
    this.#ending = ending;
    return new Promise((resolve, reject) => {
      run.hold = (token) => {
        this.#isHeld = true;
        resolve(token);
        return ending.signal;
      };
      const taken = this.#inTurn(run, work).finally(() => {
        this.#isHeld = false;
      });
      taken.then(resolve, reject);
      this.#done = taken.then(run.engine.release, run.engine.release);
    });
  }

  end(): Promise<void> {
    this.#ending.abort();
    return this.#done;
  }

  async #inTurn(run: Run, work: () => Outcome): Outcome {
    const { engine } = run;
    const { policy, clock } = engine;
    const { need } = run;
    await this.#stored.read();
    // Another token than the one that stands there now; after a wait for the lock, the one that then does is another.
    if (need.forced) run.need = { ...need, avoid: need.avoid ?? engine.record?.grant?.token.token };
    const early = this.#look(run);
    if (early) return early;
    const startedMs = clock.monoMs();
    let isEntered = false;
    const locked = async (lease: Lease): Outcome => {
      isEntered = true;
      run.lease = lease;
      const waitedMs = clock.monoMs() - startedMs;
      if (waitedMs >= longWaitMs) engine.tell('lock.wait', { waitedMs });
      await this.#stored.read();
      return this.#look(run) ?? work();
    };
    if (!this.#lock) return this.#unlocked(run, work);
    const waitMs = run.need.interactive ? policy.interactiveTimeoutMs : policy.lockWaitMs;
    // Where the store tells of changes, what the holder brings is taken at once, and its lock need not be had any more.
    const done = new AbortController();
    this.#watch.taken = (token) => {
      if (suits(token, run.need)) done.abort();
    };
    try {
      const times = { waitMs, leaseMs: policy.leaseMs, signal: done.signal, background: true };
      return await this.#lock.run(engine.key, times, locked);
    } catch (thrown) {
      const isLate = isTokenError(thrown, 'lock_timeout');
      if (isEntered) {
        if (!run.lease?.lost.aborted || !isLate) throw thrown;
        engine.tell('lock.lost', {});
        return undefined;
      }
      if (isLate || done.signal.aborted) {
        await this.#stored.read();
        const late = this.#look(run);
        // What ended the wait may be gone again.
        if (late || !isLate) return late;
        throw engine.failure(thrown);
      }
      if (!this.#isLockBroken) engine.tell('lock.unavailable', { message: messageOf(thrown) });
      this.#isLockBroken = true;
      return this.#unlocked(run, work);
    } finally {
      this.#watch.taken = undefined;
    }
  }

  /** Where there is no lock, the intent of another process stands in for it. */
  async #unlocked(run: Run, work: () => Outcome): Outcome {
    const { engine } = run;
    const { clock, policy } = engine;
    run.lease = undefined;
    const startedMs = clock.monoMs();
    while (isUnderWay(engine)) {
      if (clock.monoMs() - startedMs >= policy.lockWaitMs) {
        throw engine.error('lock_timeout', 'another process is refreshing, and does not come to an end');
      }
      await clock.sleep(pollMs, { background: true });
      await this.#stored.read();
    }
    return this.#look(run) ?? work();
  }

  /** The token that others have put there, if it is what is needed. Throws where no other can be had now. */
  #look(run: Run): IssuedToken | undefined {
    const { engine, need } = run;
    const { record } = engine;
    const token = record?.grant && this.#stored.found(record, record.grant);
    if (record && token && token.token !== engine.refused && suits(token, need)) {
      run.by = 'adopted';
      return engine.take(record, token);
    }
    renewable(engine, need);
    return undefined;
  }
}

/** Another process noted that it sends the refresh token, and has not been silent for long enough to be dead. */
function isUnderWay({ record, writer, clock, policy }: Engine): boolean {
  const intent = record?.intent;
  if (!intent || intent.writer === writer) return false;
  const ageMs = clock.nowMs() - intent.notedAtMs;
  return ageMs >= 0 && ageMs < policy.leaseMs;
}

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : 'the lock does not work');
