/** Starts a refresh, after the one before has let go of the lock, and tells how it went. */

import type { Engine } from './engine.ts';
import type { TokenError } from './errors.ts';
import { type Flight, startFlight } from './flight.ts';
import { clockToleranceMs } from './lifetime.ts';
import { isAhead, type Need } from './need.ts';
import { refresh } from './refresh.ts';
import type { Run } from './run.ts';

/** @param landed callers have their answer. */
export function depart(
  engine: Engine,
  need: Need,
  before: Flight | undefined,
  landed: (failure: TokenError | undefined) => void,
): Flight {
  const { clock, policy, provider } = engine.parts;
  const { reason } = need;
  const startedMs = clock.monoMs();
  const driftMs = engine.held?.driftMs() ?? 0;
  if (Math.abs(driftMs) > clockToleranceMs) engine.tell('clock.skew', { differenceMs: driftMs });
  engine.tell('refresh.start', { reason });
  const isLong = need.interactive && provider.traits.interactive === true;
  const state: Pick<Run, 'epoch' | 'lease' | 'deferMs' | 'by'> = {
    epoch: engine.epoch,
    lease: undefined,
    deferMs: undefined,
    by: 'adopted',
  };
  const run = (publish: Run['publish'], ending: AbortSignal): Run =>
    Object.assign(state, { engine, need, publish, ending });
  return startFlight({
    need,
    clock,
    timeoutMs: policy.flightTimeoutMs + (isLong ? policy.interactiveTimeoutMs : 0),
    async fly(publish, ending) {
      before?.end();
      return refresh(run(publish, ending)).finally(() => engine.events.release());
    },
    landed(failure) {
      const durationMs = clock.monoMs() - startedMs;
      const error = failure === undefined ? undefined : engine.failure(failure);
      if (error) {
        engine.lastError = error;
        engine.tell('refresh.fail', { reason, durationMs, error });
        const { held } = engine;
        if (held && isAhead(need)) engine.tell('stale.served', { code: error.code, expiresInMs: held.expiresInMs() });
      } else {
        engine.tell('refresh.success', {
          reason,
          durationMs,
          by: state.by,
          generation: engine.record?.generation ?? 0,
        });
      }
      landed(error);
      engine.events.release();
    },
  });
}
