/** One refresh for all who wait: callers come and go, the flight has its own end. */

import { within } from './deadline.ts';
import type { Engine } from './engine.ts';
import type { TokenError } from './errors.ts';
import type { IssuedToken } from './issued-token.ts';
import type { Keeper } from './keeper.ts';
import { clockToleranceMs } from './lifetime.ts';
import { isAhead, type Need } from './need.ts';
import type { Signal } from './platform.ts';
import { refresh } from './refresh.ts';
import type { Run } from './run.ts';

export interface Flight {
  readonly need: Need;
  /** Joins; `signal` lets this caller alone go. Holds the process alive for as long as somebody waits. */
  join(signal?: Signal): Promise<IssuedToken>;
  /** Ends its waits for better times. Settles, always well, when it is over. */
  end(): Promise<unknown>;
}

export function depart(engine: Engine, keeper: Keeper, need: Need): Flight {
  const { clock, policy } = engine;
  const { reason } = need;
  const ending = new AbortController();
  const answered = new AbortController();
  const startedMs = clock.monoMs();
  const differenceMs = engine.held?.driftMs() ?? 0;
  if (Math.abs(differenceMs) > clockToleranceMs) engine.tell('clock.skew', { differenceMs });
  engine.tell('refresh.start', { reason });

  // From here on nobody waits any more, whatever it hangs in.
  const timeoutMs = policy.flightTimeoutMs + (need.interactive ? policy.interactiveTimeoutMs : 0);
  const run: Run = { engine, keeper, need, epoch: engine.epoch, ending: ending.signal, by: 'adopted' };
  const outcome = within(clock, timeoutMs, answered, refresh(run));
  const land = (error?: TokenError): void => {
    engine.flight = undefined;
    const durationMs = clock.monoMs() - startedMs;
    if (error) {
      ending.abort();
      engine.lastError = error;
      engine.tell('refresh.fail', { reason, durationMs, error });
      if (isAhead(need)) {
        engine.aheadFromMs = clock.monoMs() + policy.cooldownFirstMs;
        if (engine.held) tellStale(engine, engine.held, error);
      }
    } else {
      engine.tell('refresh.success', { reason, durationMs, by: run.by, generation: engine.record?.generation ?? 0 });
    }
    engine.release();
  };
  // Rejections are consumed here, also where nobody waits.
  outcome.then(
    () => land(),
    (thrown) => land(engine.failure(thrown)),
  );
  let isHeld = false;
  const flight: Flight = {
    need,
    end() {
      ending.abort();
      return flight.join().catch(() => {});
    },
    join(signal) {
      if (!signal) {
        if (!isHeld) clock.sleep(timeoutMs, { signal: answered.signal });
        isHeld = true;
        return outcome;
      }
      // Waits until the caller leaves, or the answer is there.
      const left = new AbortController();
      const leave = (): void => left.abort();
      signal.addEventListener('abort', leave);
      if (signal.aborted) leave();
      outcome.then(leave, leave);
      return clock.sleep(timeoutMs, { signal: left.signal }).then(() => {
        signal.removeEventListener('abort', leave);
        if (signal.aborted) throw gaveUp(engine, signal);
        return outcome;
      });
    },
  };
  engine.flight = flight;
  return flight;
}

export const gaveUp = (engine: Engine, { reason }: Signal): TokenError =>
  engine.error('aborted', 'the caller gave up', { cause: reason });

export const tellStale = (engine: Engine, held: IssuedToken, { code }: TokenError): void =>
  engine.tell('stale.served', { code, expiresInMs: held.expiresInMs() });
