/** Lengths of time on the command line: `300` and `300s`, `5m`, `1h30m`, `2d`. */

import { InvalidArgumentError } from 'commander';

const unitsMs = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 } as const;
const form = /^(?:(\d{1,6})d)?(?:(\d{1,8})h)?(?:(\d{1,9})m)?(?:(\d{1,10})s)?$/;

/** Milliseconds. A number alone is seconds. Throws commander's error, which says what is allowed. */
export function durationMs(text: string): number {
  const found = form.exec(/^\d+$/.test(text) ? `${text}s` : text);
  if (!found || text === '') throw new InvalidArgumentError('allowed: seconds, or such as 90s, 5m, 1h30m, 2d');
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = found;
  return (
    Number(days) * unitsMs.d + Number(hours) * unitsMs.h + Number(minutes) * unitsMs.m + Number(seconds) * unitsMs.s
  );
}

/** For people: the two largest units, as `1 d 3 h`, `4 min 10 s`, `0 s`. */
export function durationText(ms: number): string {
  const parts = [
    [Math.floor(ms / unitsMs.d), 'd'],
    [Math.floor((ms % unitsMs.d) / unitsMs.h), 'h'],
    [Math.floor((ms % unitsMs.h) / unitsMs.m), 'min'],
    [Math.floor((ms % unitsMs.m) / unitsMs.s), 's'],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return '0 s';
  const shown = parts.slice(first, first + 2).filter(([count]) => count > 0);
  return shown.map(([count, unit]) => `${count} ${unit}`).join(' ');
}
