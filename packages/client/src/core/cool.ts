/** After a failure: a pause for everybody who shares the record, also in other processes. */

import type { Engine } from './engine.ts';
import type { TokenError } from './errors.ts';
import { cooldownAfter, type RecordChange } from './record.ts';
import type { TokenRecord } from './token-store.ts';

/** Returns how long the pause is. @param kept of the record, beside grant and receipt. */
export async function cool(
  engine: Engine,
  before: TokenRecord | undefined,
  error: TokenError,
  kept: RecordChange = {},
): Promise<number> {
  const nowMs = engine.parts.clock.nowMs();
  const cooldown = cooldownAfter(before?.cooldown, error, engine.parts.policy, nowMs);
  await remember(engine, engine.successor(before, { ...kept, cooldown }), before);
  const { untilMs, tries, code } = cooldown;
  engine.tell('cooldown', { untilMs, tries, code });
  return untilMs - nowMs;
}

/** Tells others. Where that fails, this process knows it at least; where the record moved on, nobody has to. */
export async function remember(engine: Engine, record: TokenRecord, before: TokenRecord | undefined): Promise<void> {
  await engine.put(record, before).catch(() => engine.keep(record, before));
}
