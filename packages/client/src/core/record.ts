/** Records as the engine writes them: every write is a successor of what stood there. */

import type { TokenErrorCode } from './errors.ts';
import { clockToleranceMs } from './lifetime.ts';
import type { Policy } from './policy.ts';
import type { Cooldown, TokenRecord } from './token-store.ts';

export type RecordChange = Partial<
  Pick<TokenRecord, 'grant' | 'receivedAtMs' | 'skewMs' | 'intent' | 'dead' | 'cooldown'>
>;

/** What `before` becomes. Grant and unknown fields stay; intent, tombstone and cooldown end, unless `change` has them. */
export function successor(
  before: TokenRecord | undefined,
  change: RecordChange,
  by: { readonly nowMs: number; readonly writer: string },
): TokenRecord {
  const { intent: _intent, dead: _dead, cooldown: _cooldown, ...kept } = before ?? {};
  const generation = before === undefined ? by.nowMs : before.generation + 1;
  return { skewMs: 0, ...kept, ...change, v: 1, generation, writer: by.writer };
}

/** The pause after one more failure: as the server asks, from the second in a row on doubled each time. */
export function cooldownAfter(
  before: Cooldown | undefined,
  failure: { readonly code: TokenErrorCode; readonly retryAfterMs: number | undefined },
  policy: Policy,
  nowMs: number,
): Cooldown {
  const tries = (before?.tries ?? 0) + 1;
  const doubledMs = Math.min(policy.cooldownMostMs, policy.cooldownFirstMs * 2 ** (tries - 1));
  const leastMs = tries === 1 && failure.retryAfterMs !== undefined ? 0 : doubledMs;
  return { sinceMs: nowMs, untilMs: nowMs + Math.max(leastMs, failure.retryAfterMs ?? 0), tries, code: failure.code };
}

/** One that began in the future was written before the clock was set back, and counts no more. */
export const isCooling = (cooldown: Cooldown | undefined, nowMs: number): cooldown is Cooldown =>
  cooldown !== undefined && cooldown.sinceMs <= nowMs + clockToleranceMs && nowMs < cooldown.untilMs;
