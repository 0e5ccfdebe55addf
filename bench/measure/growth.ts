/**
 * What an operation costs with few and with many live grants. Two servers take turns, and the floor is measured beside
 * each, so that the machine's own drift falls out.
 */

import type { Load, Traffic } from '../load/load.ts';
import { median } from '../median.ts';
import type { Progress } from '../progress.ts';
import { type Address, hostOf } from '../targets/target.ts';
import { sample } from './sample.ts';

/** One of the two servers, as it is asked for one operation. */
export interface Side {
  readonly target: Address;
  /** Live grants as a window starts. */
  readonly grants: number;
  /** Settles when the server stands as it did before the last window. */
  ready(): Promise<void>;
  /** @param host of the server that is asked: the floor gets the same requests. */
  trafficFor(host: string): Traffic;
}

export interface GrowthSubject {
  readonly operation: string;
  readonly floor: Address;
  readonly few: Side;
  readonly many: Side;
}

export interface GrowthRow {
  readonly operation: string;
  readonly few: GrowthSide;
  readonly many: GrowthSide;
  /** Cost with many over cost with few, by the rates in shares of the floor's; median of the rounds. */
  readonly costRatio: number;
}

/** Medians. */
export interface GrowthSide {
  /** Live grants as a window starts. */
  readonly grants: number;
  readonly requestsPerSecond: number;
  readonly ofFloor: number;
  readonly processorMicros: number | undefined;
}

type Window = Omit<GrowthSide, 'grants'>;

/** Short, so that what a window leaves behind is little beside the many, and not too much beside the few. */
export const windowSeconds = 1;
const warmupSeconds = 3;

export async function measureGrowth(
  load: Load,
  { operation, floor, few, many }: GrowthSubject,
  { connections, rounds }: { readonly connections: number; readonly rounds: number },
  progress: Progress,
): Promise<GrowthRow> {
  const run = (side: Side, target: Address, seconds: number) =>
    sample(load, { target, traffic: side.trafficFor(hostOf(target)), connections, seconds });
  const window = async (side: Side): Promise<Window> => {
    await side.ready();
    const below = await run(side, floor, windowSeconds);
    const { requestsPerSecond, processorMicros } = await run(side, side.target, windowSeconds);
    return { requestsPerSecond, processorMicros, ofFloor: requestsPerSecond / below.requestsPerSecond };
  };

  progress(`${operation} with ${few.grants} and ${many.grants} grants`);
  for (const side of [few, many]) {
    await run(side, floor, warmupSeconds);
    await run(side, side.target, warmupSeconds);
  }
  const windows = { few: [] as Window[], many: [] as Window[] };
  for (let round = 0; round < rounds; round++) {
    windows.few.push(await window(few));
    windows.many.push(await window(many));
  }
  return {
    operation,
    few: summary(few, windows.few),
    many: summary(many, windows.many),
    costRatio: median(windows.few.map(({ ofFloor }, at) => ofFloor / (windows.many[at]?.ofFloor ?? Number.NaN))),
  };
}

function summary({ grants }: Side, windows: readonly Window[]): GrowthSide {
  const processor = windows.flatMap(({ processorMicros }) => processorMicros ?? []);
  return {
    grants,
    requestsPerSecond: median(windows.map((window) => window.requestsPerSecond)),
    ofFloor: median(windows.map((window) => window.ofFloor)),
    processorMicros: processor.length === 0 ? undefined : median(processor),
  };
}
