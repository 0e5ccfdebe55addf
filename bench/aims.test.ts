import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Aim, judge } from './aims.ts';
import { type ScenarioName, scenarioTitles } from './measure/scenarios.ts';
import type { ThroughputRow } from './measure/throughput.ts';
import type { Results } from './results.ts';

const results: Results = {
  measuredAt: '2026-01-01T00:00:00.000Z',
  machine: {
    processor: 'one',
    cores: 2,
    memoryBytes: 1,
    system: 'Linux',
    node: 'v24.0.0',
    versions: {},
    loadAverage: 0,
    disk: { inMemory: false, syncP50Ms: 1, syncP99Ms: 1 },
  },
  load: 'wrk',
  connections: 64,
  rounds: 1,
  seconds: 1,
};

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
    assert.deepEqual(verdicts(judge({ ...results, throughput: rows(rates) }), part), [reached]);
  });
}

test('a p99 of 20 ms is too long, and anything below is not', () => {
  assert.deepEqual(verdicts(judge({ ...results, throughput: rows({}, { p99Ms: 20 }) }), /p99/), [false, false]);
  assert.deepEqual(verdicts(judge({ ...results, throughput: rows({}, { p99Ms: 19.999 }) }), /p99/), [true, true]);
});

test('one answer that is not 2xx is one too many', () => {
  const [first, ...others] = rows({});
  assert.ok(first);
  assert.deepEqual(verdicts(judge({ ...results, throughput: [{ ...first, errors: 1 }, ...others] }), /2xx/), [false]);
  assert.deepEqual(verdicts(judge({ ...results, throughput: [first, ...others] }), /2xx/), [true]);
});

function million(grants: number, residentBytes: number, costRatio: number): Results {
  const memory = { residentBytes, privateBytes: 1, peakResidentBytes: residentBytes };
  const side = { grants, requestsPerSecond: 1, ofFloor: 1, processorMicros: 1 };
  const filled = { grants, seconds: 1, memory, folderBytes: 1, errors: 0 };
  return { ...results, million: { filled, growth: [{ operation: 'CreateTicket', few: side, many: side, costRatio }] } };
}

test('memory is judged in megabytes of 1,000,000 bytes: 150 of them are too many', () => {
  assert.deepEqual(verdicts(judge(million(1_000_000, 150e6, 1)), /memory/), [false]);
  assert.deepEqual(verdicts(judge(million(1_000_000, 150e6 - 1, 1)), /memory/), [true]);
});

test('a cost of 1.25 times is reached, and more is not', () => {
  assert.deepEqual(verdicts(judge(million(1_000_000, 1, 1.25)), /cost/), [true]);
  assert.deepEqual(verdicts(judge(million(1_000_000, 1, 1.251)), /cost/), [false]);
});

test('fewer than a million tickets say nothing about a million', () => {
  assert.deepEqual(verdicts(judge(million(999_999, 1, 1)), /memory|cost/), [undefined, undefined]);
});
