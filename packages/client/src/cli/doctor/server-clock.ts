/** Do this machine and the server agree on the time? Signatures and ends of tokens depend on it. */

import { offsetFrom } from '../../core/clock.ts';
import { type Check, failed, ok, skipped, warning } from '../terminal/check.ts';

/** Any answer has a date, whatever it answers; no credential goes with the question. */
export async function checkServerClock(endpoint: string, timeoutMs: number): Promise<Check> {
  const startedMs = performance.now();
  try {
    const answer = await fetch(endpoint, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    const nowMs = Date.now();
    await answer.body?.cancel();
    return judge(answer.headers.get('date'), performance.now() - startedMs, nowMs);
  } catch {
    return failed('clock', `${new URL(endpoint).host} gives no answer over HTTP within ${timeoutMs} ms`);
  }
}

/** Pure. @param nowMs of this machine when the answer came. */
export function judge(date: string | null, roundTripMs: number, nowMs: number): Check {
  const offsetMs = offsetFrom(date, roundTripMs, nowMs);
  if (offsetMs === undefined) return skipped('clock', 'the server does not say what time it has');
  if (offsetMs === 0) return ok('clock', 'agrees with the server within 5 s');
  const direction = offsetMs > 0 ? 'behind' : 'ahead of';
  const off = `this machine is ${spoken(Math.abs(offsetMs))} ${direction} the server`;
  return warning('clock', `${off}: tokens allow for it, other programs may not; set the clock`);
}

function spoken(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
