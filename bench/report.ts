/** What a part found, for people: Markdown, the conditions first, then the aims, then the tables. */

import { type Aim, judge } from './aims.ts';
import { hundredths, whole } from './figures.ts';
import type { Part } from './parts.ts';
import { clientTables } from './report/client.ts';
import { growthTables } from './report/growth.ts';
import { sessionTables } from './report/sessions.ts';
import { startLines } from './report/start.ts';
import { ticketTables } from './report/tickets.ts';
import type { Conditions, Findings, Result } from './results.ts';
import { left, right, table } from './table.ts';

const gibibyte = 1024 ** 3;

const tables: { readonly [P in Part]: (found: Findings[P]) => string[] } = {
  tickets: ticketTables,
  sessions: sessionTables,
  growth: growthTables,
  client: clientTables,
  start: startLines,
};

export function report<P extends Part>({ part, conditions, found }: Result<P>): string {
  return `${[about(conditions), aims(judge(part, found)), ...tables[part](found)].join('\n\n')}\n`;
}

function about({ measuredAt, machine, versions, how }: Conditions): string {
  const { disk } = machine;
  const sync = `${hundredths(disk.syncP50Ms)} ms, p99 ${hundredths(disk.syncP99Ms)} ms`;
  return [
    `Measured ${measuredAt.slice(0, 10)}: ${machine.processor}, ${machine.cores} cores`,
    [
      `${whole(machine.memoryBytes / gibibyte)} GiB`,
      machine.system,
      `Node ${machine.node}`,
      ...Object.entries(versions).map(([name, version]) => `${name} ${version}`),
    ].join(', '),
    how,
    `load average before the run ${hundredths(machine.loadAverage)}`,
    `one fdatasync of 4 KiB ${sync}${disk.inMemory ? ' (a file system in memory: nothing here is durable)' : ''}.`,
  ].join('; ');
}

const aims = (judged: readonly Aim[]): string =>
  table(
    [left('aim'), right('measured'), left('')],
    judged.map(({ aim, measured, reached }) => [aim, measured, verdictOf(reached)]),
  );

const verdictOf = (reached: boolean | undefined): string =>
  reached === undefined ? 'not judged' : reached ? 'reached' : 'not reached';
