/** How a token source stands, from what it knows without asking. */

import type { Engine } from './engine.ts';
import { isCooling } from './record.ts';
import type { SourceState, SourceStatus } from './token-source.ts';

export function statusOf(engine: Engine, isClosed: boolean): SourceStatus {
  const { record } = engine;
  const nowMs = engine.parts.clock.nowMs();
  return {
    state: isClosed ? 'closed' : stateOf(engine, nowMs),
    expiresAtMs: engine.held?.expiresAtMs,
    lastError: engine.lastError,
    nextAttemptAtMs: isCooling(record?.cooldown, nowMs) ? record.cooldown.untilMs : undefined,
    owner: record?.writer,
  };
}

function stateOf({ held, record }: Engine, nowMs: number): SourceState {
  if (record?.dead) return 'dead';
  if (isCooling(record?.cooldown, nowMs)) return 'cooldown';
  if (record?.intent) return 'uncertain';
  if (!held) return 'empty';
  if (held.isFresh()) return 'fresh';
  if (held.isServable()) return 'soft';
  return held.isUsable() ? 'hard' : 'expired';
}
