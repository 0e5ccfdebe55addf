/** What the store holds for a profile: a token and how long, and what keeps everybody from getting the next one. Pure. */

import { clockToleranceMs } from '../../core/lifetime.ts';
import type { TokenRecord } from '../../core/types.ts';
import { rfc3339 } from '../formats/instant.ts';
import { type Check, failed, ok, skipped, warning } from '../terminal/check.ts';

export interface RecordFacts {
  readonly record: TokenRecord | undefined;
  /** Whether only a person can get a new grant. */
  readonly isInteractive: boolean;
  readonly nowMs: number;
  /** What to type, in sentences: `hufu login logs`. */
  readonly login: string;
  readonly refresh: string;
}

export function checkRecord(facts: RecordFacts): Check[] {
  const { record, nowMs, refresh } = facts;
  const { intent, cooldown } = record ?? {};
  const checks = [checkGrant(facts)];
  if (intent) {
    const sent = `${intent.writer} sent the refresh token at ${rfc3339(intent.notedAtMs)}`;
    checks.push(warning('intent', `${sent}, and no answer is known: the next refresh repeats it once`));
  }
  // One that began in the future was written before the clock was set back, and counts no more.
  if (cooldown && cooldown.sinceMs <= nowMs + clockToleranceMs && nowMs < cooldown.untilMs) {
    const failures = cooldown.tries === 1 ? 'one failure' : `${cooldown.tries} failures in a row`;
    const until = rfc3339(cooldown.untilMs);
    checks.push(warning('pause', `after ${failures} (${cooldown.code}) nobody asks until ${until}: ${refresh}`));
  }
  return checks;
}

function checkGrant({ record, isInteractive, nowMs, login }: RecordFacts): Check {
  const { grant, dead, writer, skewMs = 0 } = record ?? {};
  if (dead) {
    return failed('grant', `the server ended it (${dead.code}) at ${rfc3339(dead.atMs)}, noted by ${writer}: ${login}`);
  }
  if (!grant) {
    return isInteractive ? failed('grant', `nobody has logged in: ${login}`) : skipped('grant', 'nothing is kept yet');
  }
  const endsAtMs = grant.refreshExpiresAtMs;
  if (endsAtMs === undefined) return ok('grant', `kept, written by ${writer}`);
  if (endsAtMs > nowMs + skewMs) return ok('grant', `good until ${rfc3339(endsAtMs)}`);
  const ended = `ended at ${rfc3339(endsAtMs)}`;
  return isInteractive
    ? failed('grant', `${ended}: ${login}`)
    : ok('grant', `${ended}: a new one is made with the next token`);
}
