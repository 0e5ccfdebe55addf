/** When a new key takes over, and when its predecessors end (pure). */

import type { KeyTimes } from '../core/keystate.ts';
import { addSeconds } from '../core/time.ts';
import type { Algorithm } from '../core/token.ts';

/** One task of the key ring, as it is configured. */
export interface KeyUse {
  readonly use: string;
  readonly algorithm: Algorithm;
  /**
   * How long a new key is known before it signs: at least the time that verifiers, and the other processes on this store,
   * may take to learn of it. 0 where a single process both signs and verifies.
   */
  readonly publishAheadSeconds: number;
  /** Longest life of a token that the key signs: a retired key verifies for as long. */
  readonly longestTokenSeconds: number;
}

export interface Succession {
  readonly times: KeyTimes & { readonly createdAtMs: number };
  readonly predecessorsEnd: { readonly retiresAtMs: number; readonly dropsAtMs: number };
}

/**
 * The key is published at once and signs after `aheadSeconds`; its predecessors sign until then, and verify until the last
 * token that they may have signed is over.
 *
 * @param newestCreatedAtMs of the keys so far: a new key is newer, even where the clock was set back.
 */
export function successionAt(
  use: KeyUse,
  aheadSeconds: number,
  nowMs: number,
  newestCreatedAtMs: number | undefined,
): Succession {
  const createdAtMs = newestCreatedAtMs === undefined ? nowMs : Math.max(nowMs, newestCreatedAtMs + 1);
  const activeFromMs = addSeconds(nowMs, aheadSeconds);
  return {
    times: { createdAtMs, activeFromMs, retiresAtMs: undefined, dropsAtMs: undefined },
    predecessorsEnd: { retiresAtMs: activeFromMs, dropsAtMs: addSeconds(activeFromMs, use.longestTokenSeconds) },
  };
}
