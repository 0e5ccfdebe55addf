/** What was found of memory and of many grants, for people. */

import { hundredths, megabytes, micros, percent, whole } from '../figures.ts';
import type { GrowthRow } from '../measure/growth.ts';
import type { Filled } from '../measure/memory.ts';
import type { SessionGrowth } from '../measure/session-growth.ts';
import type { Findings } from '../results.ts';
import { left, right, table } from '../table.ts';

export const growthTables = ({ tickets, sessions }: Findings['growth']): string[] => [
  memory(tickets.filled),
  filledSessions(sessions),
  costs([...tickets.growth, sessions.row]),
];

function memory({ memory: used, grants, seconds, folderBytes, errors }: Filled): string {
  const resident = used
    ? `resident memory ${megabytes(used.residentBytes)} (${megabytes(used.privateBytes)} of it private, at most ${megabytes(used.peakResidentBytes)})`
    : 'resident memory is not known on this system';
  const made = `${whole(grants)} tickets in ${whole(seconds)} s by one server`;
  return `${made}: ${resident}, data folder ${megabytes(folderBytes)}, ${whole(errors)} errors.`;
}

function filledSessions({ sessions, seconds, folderBytes, users, presented }: SessionGrowth): string {
  const made = `${whole(sessions)} sessions of ${whole(users)} users, written by the store in ${whole(seconds)} s`;
  return `${made}: data folder ${megabytes(folderBytes)}; ${whole(presented)} of them, evenly spread, are refreshed in turn.`;
}

function costs(rows: readonly GrowthRow[]): string {
  const columns = [
    left('operation'),
    right('live grants'),
    right('requests/s'),
    right('of the floor'),
    right('CPU µs/request'),
    right('cost'),
  ];
  return table(
    columns,
    rows.flatMap(({ operation, few, many, costRatio }) =>
      [few, many].map((side) => [
        operation,
        whole(side.grants),
        whole(side.requestsPerSecond),
        percent(side.ofFloor),
        micros(side.processorMicros),
        side === few ? '1' : `${hundredths(costRatio)} ×`,
      ]),
    ),
  );
}
