/** One refresh for all who wait: callers come and go, the flight has its own end. */

import type { Clock } from './clock.ts';
import { TokenError } from './errors.ts';
import type { IssuedToken } from './issued-token.ts';
import type { Need } from './need.ts';
import type { Signal } from './platform.ts';

export interface Flight {
  readonly need: Need;
  /** Joins; `signal` lets this caller alone go. Holds the process alive for as long as somebody waits. */
  join(signal: Signal | undefined): Promise<IssuedToken>;
  /** Settles, always well, when the lock is let go. */
  readonly done: Promise<void>;
  /** Ends what goes on after the token was given out. */
  end(): void;
}

interface Flying {
  readonly need: Need;
  readonly clock: Clock;
  /** From here on nobody waits any more, whatever it hangs in. */
  readonly timeoutMs: number;
  readonly fly: (publish: (token: IssuedToken) => void, ending: AbortSignal) => Promise<IssuedToken>;
  /** Callers have their answer; a new flight may start. */
  readonly landed: (failure: unknown) => void;
}

export function startFlight({ need, clock, timeoutMs, fly, landed }: Flying): Flight {
  const ending = new AbortController();
  const answered = new AbortController();
  let settle: (outcome: Promise<IssuedToken>) => void = () => {};
  const token = new Promise<IssuedToken>((resolve) => {
    settle = resolve;
  });
  const answer = (outcome: Promise<IssuedToken>): void => {
    if (answered.signal.aborted) return;
    answered.abort();
    settle(outcome);
    // Consumed here, also where nobody waits: there is no unhandled rejection.
    token.catch(() => {});
    outcome.then(() => landed(undefined), landed);
  };
  const flown = fly((published) => answer(Promise.resolve(published)), ending.signal);
  const done = flown.then(
    (issued) => answer(Promise.resolve(issued)),
    (error: unknown) => answer(Promise.reject(error)),
  );
  clock.sleep(timeoutMs, { signal: answered.signal, background: true }).then(() => {
    if (answered.signal.aborted) return;
    ending.abort();
    answer(Promise.reject(new TokenError({ code: 'timeout', message: 'the refresh hangs', uncertain: true })));
  });
  let isHeld = false;
  return {
    need,
    done,
    end: () => ending.abort(),
    join(signal) {
      if (!isHeld) clock.sleep(timeoutMs, { signal: answered.signal });
      isHeld = true;
      return signal ? detachable(token, signal) : token;
    },
  };
}

/** `promise`, or a rejection with `aborted` as soon as the signal says so. */
export function detachable<Result>(promise: Promise<Result>, signal: Signal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const leave = (): void =>
      reject(new TokenError({ code: 'aborted', message: 'the caller gave up', cause: signal.reason }));
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave, { once: true });
    const stay = (): void => signal.removeEventListener('abort', leave);
    promise.then(resolve, reject).finally(stay);
  });
}
