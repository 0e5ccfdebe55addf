/** The keys of one use and algorithm: which of them signs and which verify, found without a search on every request. */

import { type KeyTimes, keyState } from '../core/keystate.ts';
import type { OpenKey } from './open-key.ts';

export interface SlotKey {
  readonly open: OpenKey;
  readonly times: KeyTimes;
}

/** What holds from one instant to another. */
export interface SlotView {
  readonly fromMs: number;
  /** First instant at which something else may hold. */
  readonly untilMs: number;
  readonly signing: OpenKey | undefined;
  /** Newest first. */
  readonly verifying: readonly OpenKey[];
}

export interface Slot {
  at(nowMs: number): SlotView;
}

/** @param keys newest first. */
export function createSlot(keys: readonly SlotKey[]): Slot {
  let view: SlotView = { fromMs: 0, untilMs: 0, signing: undefined, verifying: [] };
  return {
    at(nowMs) {
      // An emulator's clock may go back, so both ends count.
      if (nowMs < view.fromMs || nowMs >= view.untilMs) view = viewAt(keys, nowMs);
      return view;
    },
  };
}

function viewAt(keys: readonly SlotKey[], nowMs: number): SlotView {
  let fromMs = Number.NEGATIVE_INFINITY;
  let untilMs = Number.POSITIVE_INFINITY;
  for (const { times } of keys) {
    for (const instant of [times.activeFromMs, times.retiresAtMs, times.dropsAtMs]) {
      if (instant === undefined) continue;
      if (instant <= nowMs) fromMs = Math.max(fromMs, instant);
      else untilMs = Math.min(untilMs, instant);
    }
  }
  const verifying = keys.filter(({ times }) => keyState(times, nowMs) !== 'dropped').map(({ open }) => open);
  return { fromMs, untilMs, signing: signingKey(keys, nowMs), verifying };
}

/**
 * The newest key that signs. Where none does, because the clock stands before the oldest key that is left, the first that
 * will: an early token is better than none.
 */
function signingKey(keys: readonly SlotKey[], nowMs: number): OpenKey | undefined {
  const inState = (state: 'signing' | 'published') => (key: SlotKey) => keyState(key.times, nowMs) === state;
  return (keys.find(inState('signing')) ?? keys.findLast(inState('published')))?.open;
}
