/** What the store holds for a profile: a token and how long, and what keeps everybody from getting the next one. Pure. */

import { isCooling } from '../../core/record.ts';
import type { TokenRecord } from '../../core/types.ts';
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

export function checkRecord({ record, isInteractive, nowMs, login, refresh }: RecordFacts): Check[] {
  if (!record?.grant && !record?.dead) {
    return [
      isInteractive ? failed('grant', `nobody has logged in: ${login}`) : skipped('grant', 'nothing is kept yet'),
    ];
  }
  const { grant, dead, intent, cooldown, writer, skewMs } = record;
  const checks: Check[] = [];
  if (dead) {
    const since = `since ${instant(dead.atMs)}, noted by ${writer}`;
    checks.push(failed('grant', `the server ended it (${dead.code}) ${since}: ${login}`));
  } else {
    const endsAtMs = grant?.refreshExpiresAtMs;
    const isOver = endsAtMs !== undefined && endsAtMs <= nowMs + skewMs;
    if (isOver && isInteractive) checks.push(failed('grant', `ended at ${instant(endsAtMs)}: ${login}`));
    else if (isOver) checks.push(ok('grant', `ended at ${instant(endsAtMs)}: a new one is made with the next token`));
    else checks.push(ok('grant', endsAtMs === undefined ? `kept by ${writer}` : `good until ${instant(endsAtMs)}`));
  }
  if (intent) {
    const sent = `${intent.writer} sent the refresh token at ${instant(intent.startedAtMs)}`;
    checks.push(warning('intent', `${sent}, and no answer is known: the next refresh repeats it once`));
  }
  if (isCooling(cooldown, nowMs)) {
    const failures = cooldown.tries === 1 ? 'one failure' : `${cooldown.tries} failures in a row`;
    checks.push(
      warning(
        'pause',
        `after ${failures} (${cooldown.code}) nobody asks until ${instant(cooldown.untilMs)}: ${refresh}`,
      ),
    );
  }
  return checks;
}

/** Whole seconds: `2026-11-22T09:00:00Z`. */
export const instant = (atMs: number): string => new Date(atMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
