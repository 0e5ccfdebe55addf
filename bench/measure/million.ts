/** Memory after a great many tickets, and what another one costs then. */

import type { Load } from '../load/load.ts';
import type { Options } from '../options.ts';
import type { Progress } from '../progress.ts';
import { startFloor } from '../targets/floor.ts';
import { type Installation, install } from '../targets/installation.ts';
import { type GrowthRow, measureGrowth } from './growth.ts';
import { type Filled, fill } from './memory.ts';
import { operations, serveTicketSide } from './ticket-side.ts';
import { createTickets } from './tickets.ts';

export interface Million {
  readonly filled: Filled;
  readonly growth: readonly GrowthRow[];
}

const fewGrants = 1000;

export async function measureMillion(load: Load, options: Options, progress: Progress): Promise<Million> {
  const { tickets, connections, growthRounds: rounds } = options;
  await using manyInstalled = await install(options.data);
  const { filled, kept } = await fill(load, manyInstalled, { tickets, connections }, progress);

  await using fewInstalled = await install(options.data);
  const fewTickets = await firstTickets(fewInstalled);
  await using floor = await startFloor();
  await using few = await serveTicketSide(fewInstalled, fewTickets);
  await using many = await serveTicketSide(manyInstalled, kept);
  const growth: GrowthRow[] = [];
  for (const operation of operations) {
    const subject = { operation, floor, few: few.of(operation), many: many.of(operation) };
    growth.push(await measureGrowth(load, subject, { connections, rounds }, progress));
  }
  return { filled, growth };
}

async function firstTickets(installation: Installation): Promise<string[]> {
  await using hufu = await installation.serve();
  // Awaited here: the server ends with this function.
  return await createTickets(hufu, fewGrants);
}
