/** What was found of tickets, for people. */

import { hundredths, micros, percent, whole } from '../figures.ts';
import { ratio } from '../measure/compare.ts';
import { floorOf } from '../measure/scenarios.ts';
import type { ThroughputRow } from '../measure/throughput.ts';
import { left, right, table } from '../table.ts';

export function ticketTables(rows: readonly ThroughputRow[]): string[] {
  const columns = [
    left('target'),
    right('requests/s'),
    right('p50 ms'),
    right('p99 ms'),
    right('CPU µs/request'),
    right('of its floor'),
    right('× oidc opaque'),
    right('errors'),
  ];
  const cells = rows.map((row) => [
    row.title,
    whole(row.requestsPerSecond),
    hundredths(row.p50Ms),
    hundredths(row.p99Ms),
    micros(row.processorMicros),
    percent(ratio(rows, row.name, floorOf(row.name))),
    hundredths(ratio(rows, row.name, 'oidcOpaque')),
    whole(row.errors),
  ]);
  return [table(columns, cells)];
}
