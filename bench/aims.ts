/** What was aimed at, and whether this run reached it. */

import { callers } from './client/gets.ts';
import type { ClientFindings } from './client/measure.ts';
import { ratio } from './measure/compare.ts';
import type { Million } from './measure/million.ts';
import type { SessionGrowth } from './measure/session-growth.ts';
import type { SessionRow, Sessions } from './measure/sessions.ts';
import type { Starts } from './measure/start.ts';
import type { ThroughputRow } from './measure/throughput.ts';
import type { Part } from './parts.ts';
import type { Findings } from './results.ts';

export interface Aim {
  readonly aim: string;
  readonly measured: string;
  /** `undefined` where this run cannot tell. */
  readonly reached: boolean | undefined;
}

const million = 1_000_000;
const megabyte = 1e6;

const judges: { readonly [P in Part]: (found: Findings[P]) => Aim[] } = {
  tickets: ticketAims,
  sessions: sessionAims,
  growth: ({ tickets, sessions }) => [...millionAims(tickets), sessionGrowthAim(sessions)],
  client: clientAims,
  start: startAims,
};

export const judge = <P extends Part>(part: P, found: Findings[P]): Aim[] => judges[part](found);

function ticketAims(rows: readonly ThroughputRow[]): Aim[] {
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

function sessionAims({ rows, one }: Sessions): Aim[] {
  const times = (aim: string, of: SessionRow['name'], to: SessionRow['name'], least: number): Aim =>
    verdict(`${aim} ≥ ${least} × oidc-provider`, ratio(rows, of, to), '×', (value) => value >= least);
  const share = (aim: string, of: SessionRow['name'], to: SessionRow['name'], what: string, least: number): Aim =>
    verdict(`${aim} ≥ ${least} % of ${what}`, ratio(rows, of, to) * 100, '%', (value) => value >= least);
  const errors = rows.reduce((sum, row) => sum + row.errors, 0);
  return [
    times('OAuth refresh, ES256', 'refreshEs256 hufu', 'refreshEs256 peer', 3),
    times('introspection, opaque token', 'introspectOpaque hufu', 'introspectOpaque peer', 2.5),
    share('introspection, opaque token', 'introspectOpaque hufu', 'introspectOpaque floor', 'the echo', 70),
    // The peer refuses JWTs there: what it can do is the measure.
    times('introspection, ES256 at+jwt', 'introspectJwt hufu', 'introspectOpaque peer', 2.5),
    share('introspection, ES256 at+jwt', 'introspectJwt hufu', 'introspectJwt floor', 'the echo', 70),
    share('PDS refresh, RS256', 'refreshRs256 hufu', 'rsa', 'the RSA limit', 85),
    share('PDS jwt-bearer, RS256', 'bearerRs256 hufu', 'rsa', 'the RSA limit', 85),
    share('SCNet renewal', 'renewScnet hufu', 'renewScnet floor', 'the echo', 85),
    verdict(`rows of a session after ${one.refreshes} refreshes: 1`, one.rows + one.otherRows, 'rows', (n) => n === 1),
    verdict('that row < 300 bytes', one.rowBytes, 'bytes', (bytes) => bytes < 300),
    verdict('no answer of a session operation but 2xx', errors, 'others', (count) => count === 0),
  ];
}

function sessionGrowthAim({ sessions, row }: SessionGrowth): Aim {
  const isMillion = sessions >= million;
  const aim = `${row.operation} at ${isMillion ? 'a million' : sessions} sessions ≤ 1.25 × the cost at 1,000`;
  const judged = verdict(aim, row.costRatio, '×', (times) => times <= 1.25);
  return isMillion ? judged : { ...judged, reached: undefined };
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

function clientAims({ gets, diskRefresh }: ClientFindings): Aim[] {
  const ours = gets.find(({ name }) => name === 'hufu');
  const millionsPerSecond = (ours?.warmPerSecond ?? Number.NaN) / million;
  const upstreamCalls = ours?.upstreamCalls ?? Number.NaN;
  return [
    verdict('getToken() of a token that is held ≥ 2 million/s', millionsPerSecond, 'million/s', (rate) => rate >= 2),
    verdict(`upstream calls for ${callers} callers who find no token: 1`, upstreamCalls, 'calls', (n) => n === 1),
    verdict('a refresh on disk ≤ 10 ms beyond its HTTP call', diskRefresh.beyond.medianMs, 'ms', (ms) => ms <= 10),
  ];
}

function startAims({ startEmulator, firstTicket }: Starts): Aim[] {
  return [
    verdict('the first `startEmulator()` of a process < 200 ms', startEmulator.medianMs, 'ms', (ms) => ms < 200),
    verdict('first ticket of a started emulator < 1 s', firstTicket.medianMs / 1000, 's', (s) => s < 1),
  ];
}

const verdict = (aim: string, value: number, unit: string, reached: (value: number) => boolean): Aim => ({
  aim,
  measured: `${Number.isInteger(value) ? value : value.toFixed(value < 10 ? 2 : 1)} ${unit}`,
  reached: reached(value),
});
