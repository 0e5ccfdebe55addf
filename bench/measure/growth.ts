/**
 * What a ticket and a refresh cost with few and with many live grants. Two servers take turns, and the floor is measured
 * beside each, so that the machine's own drift falls out.
 *
 * Tickets that this measurement creates live for seconds and are purged before the next window: each window starts with the
 * stated number of grants.
 */

import type { Load } from '../load/load.ts';
import { median } from '../median.ts';
import type { Progress } from '../progress.ts';
import { startFloor } from '../targets/floor.ts';
import { hostOf } from '../targets/target.ts';
import { sample } from './sample.ts';
import { type Operation, operations, purged, requestsOf, type Side, type SideAsk, serveSide } from './side.ts';

export interface GrowthRow {
  readonly operation: Operation;
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

export interface GrowthAsk {
  readonly few: SideAsk;
  readonly many: SideAsk;
  readonly rounds: number;
  readonly connections: number;
}

type Window = Omit<GrowthSide, 'grants'>;

/** Short, so that the tickets of a window stay few beside the many, and not too many beside the few. */
const windowSeconds = 1;
const warmupSeconds = 5;

export async function measureGrowth(load: Load, ask: GrowthAsk, progress: Progress): Promise<GrowthRow[]> {
  const { connections } = ask;
  await using floor = await startFloor();
  await using few = await serveSide(ask.few);
  await using many = await serveSide(ask.many);

  const run = (operation: Operation, side: Side, target: Side['hufu'] | typeof floor, seconds: number) =>
    sample(load, { target, requests: requestsOf(operation, side, hostOf(target)), connections, seconds });
  const window = async (operation: Operation, side: Side): Promise<Window> => {
    await purged(side);
    const below = await run(operation, side, floor, windowSeconds);
    const { requestsPerSecond, processorMicros } = await run(operation, side, side.hufu, windowSeconds);
    return { requestsPerSecond, processorMicros, ofFloor: requestsPerSecond / below.requestsPerSecond };
  };

  const rows: GrowthRow[] = [];
  for (const operation of operations) {
    progress(`${operation} with ${few.grants} and ${many.grants} grants`);
    for (const side of [few, many]) {
      await run(operation, side, floor, warmupSeconds);
      await run(operation, side, side.hufu, warmupSeconds);
    }
    const windows = { few: [] as Window[], many: [] as Window[] };
    for (let round = 0; round < ask.rounds; round++) {
      windows.few.push(await window(operation, few));
      windows.many.push(await window(operation, many));
    }
    rows.push({
      operation,
      few: summary(few, windows.few),
      many: summary(many, windows.many),
      costRatio: median(windows.few.map(({ ofFloor }, at) => ofFloor / (windows.many[at]?.ofFloor ?? Number.NaN))),
    });
  }
  return rows;
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
