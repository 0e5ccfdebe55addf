/** Requests a second and latency of tickets, beside the floor and the peer. */

import type { Load } from '../load/load.ts';
import type { Options } from '../options.ts';
import type { Progress } from '../progress.ts';
import { send } from '../requests/send.ts';
import { sample } from './sample.ts';
import { type Scenario, type ScenarioName, scenarioTitles, startScenarios } from './scenarios.ts';
import { type Contestant, measureInTurns, type Row } from './turns.ts';

export type ThroughputRow = Row<ScenarioName>;

export async function measureThroughput(load: Load, options: Options, progress: Progress): Promise<ThroughputRow[]> {
  await using scenarios = await startScenarios(options.data);
  const contestants = scenarios.list.map((scenario) => contestantOf(load, scenario, options.connections));
  // Awaited here: the servers end with this function.
  return await measureInTurns(contestants, options, progress);
}

function contestantOf(load: Load, scenario: Scenario, connections: number): Contestant<ScenarioName> {
  const { name, target, requests } = scenario;
  return {
    name,
    title: scenarioTitles[name],
    check: () => checkAnswer(scenario),
    run: (seconds) =>
      sample(load, { target, traffic: { kind: 'rotation', requests: requests() }, connections, seconds }),
  };
}

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
