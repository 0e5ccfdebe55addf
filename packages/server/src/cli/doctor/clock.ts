/** Is the system's clock plausible? Tokens live and die by it. */

import { type Check, failed, ok } from '@hufu/client/terminal';

/** No copy of this version has run before. */
const earliestMs = Date.UTC(2026, 0, 1);
/** The audit log may be ahead by as much after a small correction of the clock. */
const toleranceMs = 60 * 1000;

/** @param newestEventAtMs instant of the newest audit event, where there is one. */
export function checkClock(nowMs: number, newestEventAtMs: number | undefined): Check {
  const now = new Date(nowMs).toISOString();
  if (nowMs < earliestMs) return failed('clock', `${now} is in the past: set the system's clock`);
  if (newestEventAtMs !== undefined && newestEventAtMs > nowMs + toleranceMs) {
    return failed('clock', `${now} is before the newest audit event (${new Date(newestEventAtMs).toISOString()})`);
  }
  return ok('clock', now);
}
