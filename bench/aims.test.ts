import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Aim, judge } from './aims.ts';
import type { ClientFindings } from './client/measure.ts';
import { type ScenarioName, scenarioTitles } from './measure/scenarios.ts';
import type { SessionName } from './measure/session-contestants.ts';
import type { SessionRow, Sessions } from './measure/sessions.ts';
import type { ThroughputRow } from './measure/throughput.ts';
import { timesOf } from './measure/times.ts';
import type { Findings } from './results.ts';

/** One round of every scenario at these rates; what is not named runs at 1,000 a second. */
function rows(rates: Partial<Record<ScenarioName, number>>, more: Partial<ThroughputRow> = {}): ThroughputRow[] {
  const names = Object.keys(scenarioTitles) as ScenarioName[];
  return names.map((name) => {
    const requestsPerSecond = rates[name] ?? 1000;
    const measured = { requests: 1, requestsPerSecond, p50Ms: 1, p99Ms: 1, errors: 0, processorMicros: 1 };
    return { ...measured, name, title: name, rounds: [measured], ...more };
  });
}

const verdicts = (aims: readonly Aim[], part: RegExp): Array<boolean | undefined> =>
  aims.filter(({ aim }) => part.test(aim)).map(({ reached }) => reached);

for (const [name, part, rates, reached] of [
  ['CreateTicket at 80 % of the floor', /^CreateTicket ≥ 80/, { floorCreate: 1000, createV1: 800 }, true],
  ['CreateTicket just below 80 %', /^CreateTicket ≥ 80/, { floorCreate: 1000, createV1: 799 }, false],
  ['four times the peer', /^CreateTicket ≥ 4/, { oidcOpaque: 250, createV1: 1000 }, true],
  ['just below four times the peer', /^CreateTicket ≥ 4/, { oidcOpaque: 251, createV1: 1000 }, false],
  ['RefreshToken at 85 % of the floor', /^RefreshToken ≥ 85/, { floorRefresh: 1000, refreshV1: 850 }, true],
  ['RefreshToken just below 85 %', /^RefreshToken ≥ 85/, { floorRefresh: 1000, refreshV1: 849 }, false],
] as const) {
  test(`${name}: ${reached ? 'reached' : 'not reached'}`, () => {
    assert.deepEqual(verdicts(judge('tickets', rows(rates)), part), [reached]);
  });
}

test('a p99 of 20 ms is too long, and anything below is not', () => {
  assert.deepEqual(verdicts(judge('tickets', rows({}, { p99Ms: 20 })), /p99/), [false, false]);
  assert.deepEqual(verdicts(judge('tickets', rows({}, { p99Ms: 19.999 })), /p99/), [true, true]);
});

test('one answer that is not 2xx is one too many', () => {
  const [first, ...others] = rows({});
  assert.ok(first);
  assert.deepEqual(verdicts(judge('tickets', [{ ...first, errors: 1 }, ...others]), /2xx/), [false]);
  assert.deepEqual(verdicts(judge('tickets', [first, ...others]), /2xx/), [true]);
});

const side = { grants: 1, requestsPerSecond: 1, ofFloor: 1, processorMicros: 1 };

/** So many tickets and sessions, at the same cost. */
function growth(count: number, residentBytes: number, costRatio: number): Findings['growth'] {
  const memory = { residentBytes, privateBytes: 1, peakResidentBytes: residentBytes };
  const filled = { grants: count, seconds: 1, memory, folderBytes: 1, errors: 0 };
  const row = { operation: 'CreateTicket', few: side, many: side, costRatio };
  const sessions = { sessions: count, users: 1, seconds: 1, folderBytes: 1, presented: 1, row };
  return { tickets: { filled, growth: [row] }, sessions };
}

test('memory is judged in megabytes of 1,000,000 bytes: 150 of them are too many', () => {
  assert.deepEqual(verdicts(judge('growth', growth(1_000_000, 150e6, 1)), /memory/), [false]);
  assert.deepEqual(verdicts(judge('growth', growth(1_000_000, 150e6 - 1, 1)), /memory/), [true]);
});

test('a cost of 1.25 times is reached, and more is not, with tickets and with sessions', () => {
  assert.deepEqual(verdicts(judge('growth', growth(1_000_000, 1, 1.25)), /cost/), [true, true]);
  assert.deepEqual(verdicts(judge('growth', growth(1_000_000, 1, 1.251)), /cost/), [false, false]);
});

test('fewer than a million say nothing about a million', () => {
  const aims = judge('growth', growth(999_999, 1, 1));
  assert.deepEqual(verdicts(aims, /memory|cost/), [undefined, undefined, undefined]);
});

const sides = [
  'rsa',
  'refreshEs256 hufu',
  'refreshEs256 peer',
  'introspectOpaque hufu',
  'introspectOpaque peer',
  'introspectOpaque floor',
  'introspectJwt hufu',
  'introspectJwt floor',
  'refreshRs256 hufu',
  'bearerRs256 hufu',
  'renewScnet hufu',
  'renewScnet floor',
] as const satisfies readonly SessionName[];

/** Everything runs at 1,000 a second that is not named. */
function sessions(rates: Partial<Record<SessionName, number>>, one: Partial<Sessions['one']> = {}): Sessions {
  const rows: SessionRow[] = sides.map((name) => {
    const requestsPerSecond = rates[name] ?? 1000;
    const measured = { requests: 1, requestsPerSecond, p50Ms: 1, p99Ms: 1, errors: 0, processorMicros: 1 };
    return { ...measured, name, title: name, rounds: [measured] };
  });
  const left = { refreshes: 1000, rows: 1, rowBytes: 178, indexBytes: 102, otherRows: 0, auditBytes: 350 };
  return { rows, one: { ...left, ...one } };
}

for (const [name, part, rates, reached] of [
  ['ES256 refresh at three times the peer', /^OAuth refresh/, { 'refreshEs256 hufu': 3000 }, true],
  ['ES256 refresh just below three times', /^OAuth refresh/, { 'refreshEs256 hufu': 2999 }, false],
  [
    'opaque introspection at 2.5 times the peer',
    /^introspection, opaque.*oidc/,
    { 'introspectOpaque hufu': 2500 },
    true,
  ],
  ['opaque introspection just below it', /^introspection, opaque.*oidc/, { 'introspectOpaque hufu': 2499 }, false],
  ['opaque introspection at 70 % of the echo', /^introspection, opaque.*echo/, { 'introspectOpaque hufu': 700 }, true],
  ['opaque introspection just below 70 %', /^introspection, opaque.*echo/, { 'introspectOpaque hufu': 699 }, false],
  ['introspection of a JWT at 70 % of the echo', /at\+jwt.*echo/, { 'introspectJwt hufu': 700 }, true],
  ['introspection of a JWT just below 70 %', /at\+jwt.*echo/, { 'introspectJwt hufu': 699 }, false],
  ['a JWT beside what the peer does with opaque tokens', /at\+jwt.*oidc/, { 'introspectOpaque peer': 401 }, false],
  ['RS256 refresh at 85 % of the RSA limit', /^PDS refresh/, { 'refreshRs256 hufu': 850 }, true],
  ['RS256 refresh just below 85 %', /^PDS refresh/, { 'refreshRs256 hufu': 849 }, false],
  ['RS256 jwt-bearer at 85 % of the RSA limit', /^PDS jwt-bearer/, { 'bearerRs256 hufu': 850 }, true],
  ['RS256 jwt-bearer just below 85 %', /^PDS jwt-bearer/, { 'bearerRs256 hufu': 849 }, false],
  ['SCNet renewal at 85 % of the echo', /^SCNet renewal/, { 'renewScnet hufu': 850 }, true],
  ['SCNet renewal just below 85 %', /^SCNet renewal/, { 'renewScnet hufu': 849 }, false],
] as const) {
  test(`${name}: ${reached ? 'reached' : 'not reached'}`, () => {
    assert.deepEqual(verdicts(judge('sessions', sessions(rates)), part), [reached]);
  });
}

test('a session is one row of less than 300 bytes, and leaves nothing elsewhere', () => {
  const verdictsOf = (one: Partial<Sessions['one']>) =>
    verdicts(judge('sessions', sessions({}, one)), /^rows of a session|^that row/);
  assert.deepEqual(verdictsOf({ rowBytes: 299 }), [true, true]);
  assert.deepEqual(verdictsOf({ rowBytes: 300 }), [true, false]);
  assert.deepEqual(verdictsOf({ rows: 2 }), [false, true]);
  assert.deepEqual(verdictsOf({ otherRows: 1 }), [false, true]);
});

function client(warmPerSecond: number, upstreamCalls: number, beyondMs: number): ClientFindings {
  const times = timesOf([beyondMs]);
  const got = { warmPerSecond, upstreamCalls, stampedeMs: 1, failed: 0 };
  const installed = { bytes: 1, packages: 1 };
  return {
    packages: [],
    withoutKeychain: installed,
    nothing: times,
    gets: [
      { name: 'credentials', title: 'theirs', ...got, warmPerSecond: 1, upstreamCalls: 5000 },
      { name: 'hufu', title: 'ours', ...got },
    ],
    diskRefresh: { refreshes: 1, call: times, beyond: times },
  };
}

test('the client gives two million held tokens a second, calls once for all, and adds 10 ms to a refresh at most', () => {
  const verdictsOf = (...found: Parameters<typeof client>) => verdicts(judge('client', client(...found)), /./);
  assert.deepEqual(verdictsOf(2_000_000, 1, 10), [true, true, true]);
  assert.deepEqual(verdictsOf(1_999_999, 1, 10), [false, true, true]);
  assert.deepEqual(verdictsOf(2_000_000, 2, 10), [true, false, true]);
  assert.deepEqual(verdictsOf(2_000_000, 0, 10), [true, false, true]);
  assert.deepEqual(verdictsOf(2_000_000, 1, 10.01), [true, true, false]);
});

test('an emulator has 200 ms in a test, and a second until the first ticket: both are too long', () => {
  const verdictsOf = (startMs: number, ticketMs: number) => {
    const [importing, startEmulator, firstTicket] = [timesOf([1]), timesOf([startMs]), timesOf([ticketMs])];
    return verdicts(judge('start', { importing, startEmulator, firstTicket }), /./);
  };
  assert.deepEqual(verdictsOf(200, 1000), [false, false]);
  assert.deepEqual(verdictsOf(199.9, 999.9), [true, true]);
});
