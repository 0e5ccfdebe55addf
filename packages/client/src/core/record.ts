/** Records as the engine writes them: every write is a successor of what stood there. */

import type { Engine } from './engine.ts';
import { clockToleranceMs } from './lifetime.ts';
import { present } from './present.ts';
import type { Cooldown, TokenRecord } from './token-store.ts';

export type RecordChange = {
  readonly [Name in 'grant' | 'receivedAtMs' | 'skewMs' | 'intent' | 'dead' | 'cooldown']?:
    | TokenRecord[Name]
    | undefined;
};

/** What `before` becomes. Grant and unknown fields stay; intent, tombstone and cooldown end, unless `change` has them. */
export function successor(
  { clock, writer }: Pick<Engine, 'clock' | 'writer'>,
  before: TokenRecord | undefined,
  change: RecordChange,
): TokenRecord {
  const { intent: _intent, dead: _dead, cooldown: _cooldown, ...kept } = before ?? {};
  const generation = before ? before.generation + 1 : clock.nowMs();
  return { skewMs: 0, ...kept, ...present(change), v: 1, generation, writer };
}

/** Nobody asks the server now. A pause that began in the future was written before the clock was set back, and counts no more. */
export function pauseOf({ record, clock }: Engine): Cooldown | undefined {
  const pause = record?.cooldown;
  const nowMs = clock.nowMs();
  return pause && pause.sinceMs <= nowMs + clockToleranceMs && nowMs < pause.untilMs ? pause : undefined;
}
