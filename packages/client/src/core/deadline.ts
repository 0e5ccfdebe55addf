/** A limit for what may hang. */

import type { Clock } from './clock.ts';
import { TokenError } from './errors.ts';

/** What `work` gives, or after `ms` an error with `timeout`. @param over is aborted with either. */
export function within<Result>(
  clock: Clock,
  ms: number,
  over: AbortController,
  work: Promise<Result>,
): Promise<Result> {
  return new Promise<Result>((resolve, reject) => {
    clock.sleep(ms, { signal: over.signal, background: true }).then(() => {
      reject(new TokenError({ code: 'timeout', message: 'no answer in time', uncertain: true }));
    });
    work.then(resolve, reject);
  }).finally(() => over.abort());
}
