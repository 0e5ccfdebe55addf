/** The results for people: Markdown, the aims first. */

import { judge } from './aims.ts';
import { hundredths, megabytes, micros, percent, whole } from './figures.ts';
import { ratio } from './measure/compare.ts';
import type { GrowthRow } from './measure/growth.ts';
import type { Million } from './measure/million.ts';
import { floorOf } from './measure/scenarios.ts';
import type { SessionGrowth } from './measure/session-growth.ts';
import type { ThroughputRow } from './measure/throughput.ts';
import type { Results } from './results.ts';
import { oneSession, sessionRates } from './session-report.ts';
import { left, right, table } from './table.ts';

const gibibyte = 1024 ** 3;

export function report(results: Results): string {
  const { throughput, sessions, million, sessionGrowth, start } = results;
  const paragraphs = [about(results), aims(results)];
  if (throughput) paragraphs.push(rates(throughput));
  if (sessions) paragraphs.push(sessionRates(sessions.rows), oneSession(sessions.one));
  if (million) paragraphs.push(memory(million), growth(million.growth));
  if (sessionGrowth) paragraphs.push(filledSessions(sessionGrowth), growth([sessionGrowth.row]));
  if (start) {
    const each = start.eachMs.map(whole).join(', ');
    paragraphs.push(`First ticket of a started emulator: ${whole(start.medianMs)} ms after the process (${each}).`);
  }
  return `${paragraphs.join('\n\n')}\n`;
}

function about({ measuredAt, machine, load, connections, rounds, seconds }: Results): string {
  const { disk } = machine;
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
  const sync = `${hundredths(disk.syncP50Ms)} ms, p99 ${hundredths(disk.syncP99Ms)} ms`;
  return [
    `Measured ${measuredAt.slice(0, 10)}: ${machine.processor}, ${machine.cores} cores`,
    `${whole(machine.memoryBytes / gibibyte)} GiB, ${machine.system}, Node ${machine.node}, ${versions.join(', ')}`,
    `load by ${load} with ${connections} connections, median of ${rounds} rounds of ${seconds} s`,
    `load average before the run ${hundredths(machine.loadAverage)}`,
    `one fdatasync of 4 KiB ${sync}${disk.inMemory ? ' (a file system in memory: nothing here is durable)' : ''}.`,
  ].join('; ');
}

const aims = (results: Results): string =>
  table(
    [left('aim'), right('measured'), left('')],
    judge(results).map(({ aim, measured, reached }) => [aim, measured, verdictOf(reached)]),
  );

const verdictOf = (reached: boolean | undefined): string =>
  reached === undefined ? 'not judged' : reached ? 'reached' : 'not reached';

function rates(rows: readonly ThroughputRow[]): string {
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
  return table(
    columns,
    rows.map((row) => [
      row.title,
      whole(row.requestsPerSecond),
      hundredths(row.p50Ms),
      hundredths(row.p99Ms),
      micros(row.processorMicros),
      percent(ratio(rows, row.name, floorOf(row.name))),
      hundredths(ratio(rows, row.name, 'oidcOpaque')),
      whole(row.errors),
    ]),
  );
}

function memory({ filled }: Million): string {
  const { memory: used, grants, seconds } = filled;
  const resident = used
    ? `resident memory ${megabytes(used.residentBytes)} (${megabytes(used.privateBytes)} of it private, at most ${megabytes(used.peakResidentBytes)})`
    : 'resident memory is not known on this system';
  const made = `${whole(grants)} tickets in ${whole(seconds)} s by one server`;
  return `${made}: ${resident}, data folder ${megabytes(filled.folderBytes)}, ${whole(filled.errors)} errors.`;
}

function filledSessions({ sessions, seconds, folderBytes, users, presented }: SessionGrowth): string {
  const made = `${whole(sessions)} sessions of ${whole(users)} users, written by the store in ${whole(seconds)} s`;
  return `${made}: data folder ${megabytes(folderBytes)}; ${whole(presented)} of them, evenly spread, are refreshed in turn.`;
}

function growth(rows: readonly GrowthRow[]): string {
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
