/** How a token source stands, from what it knows without asking. */

import type { Engine } from './engine.ts';
import { pauseOf } from './record.ts';
import type { SourceState, SourceStatus } from './token-source.ts';

export function statusOf(engine: Engine): SourceStatus {
  const { held, record } = engine;
  return {
    state: stateOf(engine),
    expiresAtMs: held?.expiresAtMs,
    lastError: engine.lastError,
    nextAttemptAtMs: pauseOf(engine)?.untilMs,
    owner: record?.writer,
  };
}

function stateOf(engine: Engine): SourceState {
  const { held, record } = engine;
  if (engine.isClosed) return 'closed';
  if (record?.dead) return 'dead';
  if (pauseOf(engine)) return 'cooldown';
  if (record?.intent) return 'uncertain';
  if (!held) return 'empty';
  if (held.isFresh()) return 'fresh';
  if (held.isServable()) return 'soft';
  return held.isUsable() ? 'hard' : 'expired';
}
