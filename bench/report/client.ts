/** What was found of the client, for people. */

import { callers, type GetRow } from '../client/gets.ts';
import type { ClientFindings, PackageRow } from '../client/measure.ts';
import { hundredths, whole } from '../figures.ts';
import type { Times } from '../measure/times.ts';
import { left, right, table } from '../table.ts';

const megabyte = 1e6;

export const clientTables = ({ packages, withoutKeychain, nothing, gets, diskRefresh }: ClientFindings): string[] => [
  packageTable(packages, withoutKeychain, nothing),
  getTable(gets),
  [
    `${whole(diskRefresh.refreshes)} refreshes of a session of PDS that is kept on disk, with lock, intent and record`,
    `${spread(diskRefresh.beyond)} beyond the HTTP call, which takes ${spread(diskRefresh.call)}.`,
  ].join(': '),
];

function packageTable(
  rows: readonly PackageRow[],
  withoutKeychain: PackageRow['installed'],
  nothing: ClientFindings['nothing'],
): string {
  const columns = [
    left('fresh `npm install`, fresh processes'),
    right('on disk MB'),
    right('packages'),
    right('import ms'),
    right('process to first ticket ms'),
  ];
  const size = ({ bytes, packages }: PackageRow['installed']): string[] => [
    (bytes / megabyte).toFixed(1),
    whole(packages),
  ];
  const time = (times: Times | undefined): string => (times ? whole(times.medianMs) : '');
  return table(columns, [
    ...rows.map(({ title, installed, importing, firstTicket }) => [
      title,
      ...size(installed),
      time(importing),
      time(firstTicket),
    ]),
    ['@hufu/client, without its optional keychain', ...size(withoutKeychain), '', ''],
    ['Node itself, until it prints a line', '', '', '', time(nothing)],
  ]);
}

function getTable(rows: readonly GetRow[]): string {
  const columns = [
    left(`gets; ${whole(callers)} callers who find nothing`),
    right('held: gets/s'),
    right('upstream calls'),
    right('all answered ms'),
    right('failed'),
  ];
  return table(
    columns,
    rows.map(({ title, warmPerSecond, upstreamCalls, stampedeMs, failed }) => [
      title,
      whole(warmPerSecond),
      whole(upstreamCalls),
      whole(stampedeMs),
      whole(failed),
    ]),
  );
}

function spread({ medianMs, eachMs }: Times): string {
  const sorted = [...eachMs].sort((a, b) => a - b);
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? medianMs;
  return `${hundredths(medianMs)} ms (median; p99 ${hundredths(p99)} ms)`;
}
