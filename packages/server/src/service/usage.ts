/**
 * Counts renewals without a write for each: a grant's row is marked at most once an interval.
 * What was counted since the last mark is lost with a crash, which touches lists only: no decision rests on it.
 */

import type { GrantId } from '../core/ids.ts';
import type { GrantStore, GrantUse } from './ports.ts';

export interface Usage {
  mark(grantId: GrantId, nowMs: number): void;
  /** Renewals that are not yet in the grant's row. */
  unwritten(grantId: GrantId): { readonly count: number; readonly lastUsedAtMs: number | undefined };
  /** Writes every mark out. */
  flush(): Promise<void>;
}

/**
 * @param maxMarks marks are written early when as many grants wait (bounds memory).
 * @param sliceRows marks that one write carries.
 */
export function createUsage(store: Pick<GrantStore, 'recordUses'>, maxMarks: number, sliceRows: number): Usage {
  let marks = new Map<GrantId, { count: number; lastUsedAtMs: number }>();

  async function flush(): Promise<void> {
    const taken = marks;
    marks = new Map();
    const uses: GrantUse[] = [...taken].map(([grantId, mark]) => ({ grantId, ...mark }));
    for (let at = 0; at < uses.length; at += sliceRows) {
      const slice = uses.slice(at, at + sliceRows);
      try {
        await store.recordUses(slice);
      } catch (error) {
        for (const use of uses.slice(at)) putBack(use);
        throw error;
      }
    }
  }

  function putBack(use: GrantUse): void {
    const newer = marks.get(use.grantId);
    if (newer) newer.count += use.count;
    else if (marks.size < maxMarks) marks.set(use.grantId, { count: use.count, lastUsedAtMs: use.lastUsedAtMs });
  }

  return {
    mark(grantId, nowMs) {
      const mark = marks.get(grantId);
      if (mark) {
        mark.count++;
        mark.lastUsedAtMs = nowMs;
        return;
      }
      // Counting is best effort: a store that cannot be written is noticed by those who need an answer from it.
      if (marks.size >= maxMarks) flush().catch(() => undefined);
      marks.set(grantId, { count: 1, lastUsedAtMs: nowMs });
    },
    unwritten(grantId) {
      return marks.get(grantId) ?? { count: 0, lastUsedAtMs: undefined };
    },
    flush,
  };
}
