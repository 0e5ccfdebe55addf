/** Requests a second and latency of every scenario, in turns. */

import type { Load } from '../load/load.ts';
import { median } from '../median.ts';
import type { Options } from '../options.ts';
import type { Progress } from '../progress.ts';
import { send } from '../requests/send.ts';
import { type Sample, sample } from './sample.ts';
import { type Scenario, type ScenarioName, scenarioTitles, startScenarios } from './scenarios.ts';

export interface ThroughputRow {
  readonly name: ScenarioName;
  readonly title: string;
  /** Medians of the rounds; errors are their sum. */
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly processorMicros: number | undefined;
  readonly errors: number;
  readonly rounds: readonly Sample[];
}

/** Before the first round every target runs as long as it takes to be compiled to its end. */
const firstWarmupSeconds = 5;

export async function measureThroughput(load: Load, options: Options, progress: Progress): Promise<ThroughputRow[]> {
  const { rounds, seconds, warmupSeconds, connections } = options;
  await using scenarios = await startScenarios(options.data);
  for (const scenario of scenarios.list) await checkAnswer(scenario);

  const samples = new Map<ScenarioName, Sample[]>(scenarios.list.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    const isWarmup = round === 0;
    progress(isWarmup ? 'warm-up' : `round ${round} of ${rounds}`);
    for (const { name, target, requests } of scenarios.list) {
      const ask = { target, requests: requests(), connections };
      await sample(load, { ...ask, seconds: isWarmup ? firstWarmupSeconds : warmupSeconds });
      if (!isWarmup) samples.get(name)?.push(await sample(load, { ...ask, seconds }));
    }
  }
  return [...samples].map(([name, rows]) => summary(name, rows));
}

/** A fast wrong answer is worth nothing: every scenario is looked at once before it is measured. */
async function checkAnswer({ name, target, requests, answerBytes }: Scenario): Promise<void> {
  const [request] = requests();
  if (!request) throw new Error(`${name} has no request`);
  const { status, body } = await send(target.url, request);
  if (status !== 200) throw new Error(`${name} answered ${status}`);
  const bytes = Buffer.byteLength(body);
  if (answerBytes !== undefined && bytes !== answerBytes) {
    throw new Error(`${name} answered ${bytes} bytes instead of ${answerBytes}`);
  }
}

function summary(name: ScenarioName, rounds: readonly Sample[]): ThroughputRow {
  const processor = rounds.flatMap(({ processorMicros }) => processorMicros ?? []);
  return {
    name,
    title: scenarioTitles[name],
    requestsPerSecond: median(rounds.map((round) => round.requestsPerSecond)),
    p50Ms: median(rounds.map((round) => round.p50Ms)),
    p99Ms: median(rounds.map((round) => round.p99Ms)),
    processorMicros: processor.length === 0 ? undefined : median(processor),
    errors: rounds.reduce((sum, round) => sum + round.errors, 0),
    rounds,
  };
}
