/** How long one waits for an emulator, for people. */

import { whole } from '../figures.ts';
import type { Starts } from '../measure/start.ts';
import type { Times } from '../measure/times.ts';
import { left, right, table } from '../table.ts';

export function startLines({ importing, startEmulator, firstTicket }: Starts): string[] {
  const row = (title: string, { medianMs, eachMs }: Times): string[] => [
    title,
    whole(medianMs),
    [...eachMs].map(whole).join(', '),
  ];
  return [
    table(
      [left('in a fresh process'), right('median ms'), left('each')],
      [
        row("`import 'hufu/testing'`", importing),
        row('`startEmulator()` behind it', startEmulator),
        row('`hufu dev` from a clone, from the start of the process to its first ticket', firstTicket),
      ],
    ),
  ];
}
