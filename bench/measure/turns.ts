/** Requests a second and latency of whatever is compared, in turns: what disturbs the machine for a while disturbs all alike. */

import { median } from '../median.ts';
import type { Options } from '../options.ts';
import type { Progress } from '../progress.ts';
import type { Sample } from './sample.ts';

export interface Contestant<Name extends string> {
  readonly name: Name;
  readonly title: string;
  /** Looks at one answer: a fast wrong answer is worth nothing. */
  check(): Promise<void>;
  run(seconds: number): Promise<Sample>;
}

export interface Row<Name extends string> {
  readonly name: Name;
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
const firstWarmupSeconds = 3;

/** @param contestants those that are compared stand beside each other, so that they meet the same seconds of the machine. */
export async function measureInTurns<Name extends string>(
  contestants: ReadonlyArray<Contestant<Name>>,
  { rounds, seconds, warmupSeconds }: Pick<Options, 'rounds' | 'seconds' | 'warmupSeconds'>,
  progress: Progress,
): Promise<Array<Row<Name>>> {
  for (const contestant of contestants) await contestant.check();
  const samples = new Map<Contestant<Name>, Sample[]>(contestants.map((contestant) => [contestant, []]));
  progress('warm-up');
  for (const contestant of contestants) await contestant.run(firstWarmupSeconds);
  for (let round = 1; round <= rounds; round++) {
    progress(`round ${round} of ${rounds}`);
    for (const [contestant, taken] of samples) {
      await contestant.run(warmupSeconds);
      taken.push(await contestant.run(seconds));
    }
  }
  return [...samples].map(([{ name, title }, taken]) => summary(name, title, taken));
}

function summary<Name extends string>(name: Name, title: string, rounds: readonly Sample[]): Row<Name> {
  const processor = rounds.flatMap(({ processorMicros }) => processorMicros ?? []);
  return {
    name,
    title,
    requestsPerSecond: median(rounds.map((round) => round.requestsPerSecond)),
    p50Ms: median(rounds.map((round) => round.p50Ms)),
    p99Ms: median(rounds.map((round) => round.p99Ms)),
    processorMicros: processor.length === 0 ? undefined : median(processor),
    errors: rounds.reduce((sum, round) => sum + round.errors, 0),
    rounds,
  };
}
