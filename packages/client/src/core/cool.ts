/** After a failure: a pause for everybody who shares the record, also in other processes. */

import type { TokenError } from './errors.ts';
import { type RecordChange, successor } from './record.ts';
import type { Run } from './run.ts';
import type { TokenRecord } from './token-store.ts';

/**
 * As long as the server asks, from the second failure in a row on at least doubled each time. Returns its milliseconds.
 * @param kept of the record, beside grant and receipt.
 */
export async function cool(
  { engine, keeper }: Run,
  before: TokenRecord | undefined,
  { code, retryAfterMs }: TokenError,
  kept?: RecordChange,
): Promise<number> {
  const { policy } = engine;
  const sinceMs = engine.clock.nowMs();
  const tries = (before?.cooldown?.tries ?? 0) + 1;
  const doubledMs = Math.min(policy.cooldownMostMs, policy.cooldownFirstMs * 2 ** (tries - 1));
  const pauseMs = tries === 1 ? (retryAfterMs ?? doubledMs) : Math.max(doubledMs, retryAfterMs ?? 0);
  const pause = { untilMs: sinceMs + pauseMs, tries, code };
  await keeper.jot(successor(engine, before, { ...kept, cooldown: { sinceMs, ...pause } }), before);
  engine.tell('cooldown', pause);
  return pauseMs;
}
