/** Memory after a great many tickets, and what another one costs then. */

import type { Load } from '../load/load.ts';
import type { Options } from '../options.ts';
import type { Progress } from '../progress.ts';
import { type Installation, install } from '../targets/installation.ts';
import { type GrowthRow, measureGrowth } from './growth.ts';
import { type Filled, fill } from './memory.ts';
import { createTickets } from './tickets.ts';

export interface Million {
  readonly filled: Filled;
  readonly growth: readonly GrowthRow[];
}

const fewGrants = 1000;

export async function measureMillion(load: Load, options: Options, progress: Progress): Promise<Million> {
  const { tickets, connections, growthRounds } = options;
  await using many = await install(options.data);
  const { filled, kept } = await fill(load, many, { tickets, connections }, progress);

  await using few = await install(options.data);
  const ask = {
    few: { installation: few, tickets: await firstTickets(few) },
    many: { installation: many, tickets: kept },
    rounds: growthRounds,
    connections,
  };
  return { filled, growth: await measureGrowth(load, ask, progress) };
}

async function firstTickets(installation: Installation): Promise<string[]> {
  await using hufu = await installation.serve();
  // Awaited here: the server ends with this function.
  return await createTickets(hufu, fewGrants);
}
