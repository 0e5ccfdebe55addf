/** What was aimed at, and whether this run reached it. */

import { ratio, type ThroughputRow } from './measure/throughput.ts';
import type { Results } from './results.ts';

export interface Aim {
  readonly aim: string;
  readonly measured: string;
  readonly reached: boolean;
}

const million = 1_000_000;
const mebibyte = 1024 * 1024;

export function judge({ throughput, million: filled, start }: Results): Aim[] {
  return [
    ...(throughput ? throughputAims(throughput) : []),
    ...(filled ? millionAims(filled) : []),
    ...(start ? [atMost('first ticket of a started emulator < 1 s', start.medianMs / 1000, 1, ' s')] : []),
  ];
}

const throughputAims = (rows: readonly ThroughputRow[]): Aim[] => [
  atLeast('CreateTicket ≥ 80 % of the floor', ratio(rows, 'createV1', 'floorCreate') * 100, 80, ' %'),
  atLeast('CreateTicket ≥ 4 × oidc-provider, opaque', ratio(rows, 'createV1', 'oidcOpaque'), 4, ' ×'),
  atLeast('RefreshToken ≥ 85 % of the floor', ratio(rows, 'refreshV1', 'floorRefresh') * 100, 85, ' %'),
  ...(['createV1', 'refreshV1'] as const).map((name) => {
    const row = rows.find((each) => each.name === name);
    return atMost(`p99 of ${row?.title ?? name} < 20 ms`, row?.p99Ms ?? Number.NaN, 20, ' ms');
  }),
  atMost(
    'answers that were not 2xx: none',
    rows.reduce((sum, row) => sum + row.errors, 0),
    1,
    '',
  ),
];

function millionAims({ filled, growth }: NonNullable<Results['million']>): Aim[] {
  const isMillion = filled.grants >= million;
  const of = isMillion ? 'a million' : `${filled.grants}`;
  const aims = growth
    .filter(({ operation }) => operation === 'CreateTicket')
    .map(({ costRatio }) => atMost(`cost per ticket at ${of} live grants ≤ 1.25 × that at 1,000`, costRatio, 1.25, ' ×'));
  if (filled.memory) {
    const mib = filled.memory.residentBytes / mebibyte;
    aims.unshift(atMost(`memory < 150 MB after ${of} tickets`, mib, 150, ' MB'));
  }
  // Fewer tickets say nothing about a million.
  return aims.map((aim) => ({ ...aim, reached: aim.reached && isMillion }));
}

const digits = (value: number): string => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);

const atLeast = (aim: string, value: number, least: number, unit: string): Aim => ({
  aim,
  measured: `${digits(value)}${unit}`,
  reached: value >= least,
});

const atMost = (aim: string, value: number, most: number, unit: string): Aim => ({
  aim,
  measured: `${digits(value)}${unit}`,
  reached: value < most,
});
