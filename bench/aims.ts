/** What was aimed at, and whether this run reached it. */

import { ratio } from './measure/compare.ts';
import type { Million } from './measure/million.ts';
import type { ThroughputRow } from './measure/throughput.ts';
import type { Results } from './results.ts';

export interface Aim {
  readonly aim: string;
  readonly measured: string;
  /** `undefined` where this run cannot tell. */
  readonly reached: boolean | undefined;
}

const million = 1_000_000;
const megabyte = 1e6;

export function judge({ throughput, million: filled, start }: Results): Aim[] {
  return [
    ...(throughput ? throughputAims(throughput) : []),
    ...(filled ? millionAims(filled) : []),
    ...(start ? [verdict('first ticket of a started emulator < 1 s', start.medianMs / 1000, 's', (s) => s < 1)] : []),
  ];
}

function throughputAims(rows: readonly ThroughputRow[]): Aim[] {
  const p99Ms = (name: ThroughputRow['name']): number => rows.find((row) => row.name === name)?.p99Ms ?? Number.NaN;
  const errors = rows.reduce((sum, row) => sum + row.errors, 0);
  const createOfFloor = ratio(rows, 'createV1', 'floorCreate') * 100;
  const refreshOfFloor = ratio(rows, 'refreshV1', 'floorRefresh') * 100;
  return [
    verdict('CreateTicket ≥ 80 % of the floor', createOfFloor, '%', (share) => share >= 80),
    verdict(
      'CreateTicket ≥ 4 × oidc-provider, opaque',
      ratio(rows, 'createV1', 'oidcOpaque'),
      '×',
      (times) => times >= 4,
    ),
    verdict('RefreshToken ≥ 85 % of the floor', refreshOfFloor, '%', (share) => share >= 85),
    verdict('CreateTicket p99 < 20 ms', p99Ms('createV1'), 'ms', (ms) => ms < 20),
    verdict('RefreshToken p99 < 20 ms', p99Ms('refreshV1'), 'ms', (ms) => ms < 20),
    verdict('no answer but 2xx', errors, 'others', (count) => count === 0),
  ];
}

function millionAims({ filled, growth }: Million): Aim[] {
  const isMillion = filled.grants >= million;
  const count = isMillion ? 'a million' : filled.grants;
  const { memory } = filled;
  const aims = [
    ...(memory
      ? [verdict(`memory < 150 MB after ${count} tickets`, memory.residentBytes / megabyte, 'MB', (mb) => mb < 150)]
      : []),
    ...growth.map(({ operation, costRatio }) =>
      verdict(`${operation} at ${count} grants ≤ 1.25 × the cost at 1,000`, costRatio, '×', (times) => times <= 1.25),
    ),
  ];
  // Fewer tickets say nothing about a million.
  return isMillion ? aims : aims.map((aim) => ({ ...aim, reached: undefined }));
}

const verdict = (aim: string, value: number, unit: string, reached: (value: number) => boolean): Aim => ({
  aim,
  measured: `${Number.isInteger(value) ? value : value.toFixed(value < 10 ? 2 : 1)} ${unit}`,
  reached: reached(value),
});
