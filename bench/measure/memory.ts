/** Memory of the server while it issues a great many tickets. */

import type { Load } from '../load/load.ts';
import { type Memory, memoryOf } from '../processes/usage.ts';
import type { Progress } from '../progress.ts';
import { createTicket } from '../requests/sls.ts';
import { countGrants, folderBytes } from '../targets/grants.ts';
import { small } from '../targets/hufu.ts';
import type { Installation } from '../targets/installation.ts';
import { createTickets } from './tickets.ts';

export interface Filled {
  /** Live grants in the database afterwards. */
  readonly grants: number;
  readonly seconds: number;
  readonly memory: Memory | undefined;
  readonly folderBytes: number;
  readonly errors: number;
}

/** Tickets kept from all over the filling, for later use. */
const keptTickets = 1000;

/** The share of all tickets that one stretch of load brings. */
const stretches = 20;

export async function fill(
  load: Load,
  installation: Installation,
  ask: { readonly tickets: number; readonly connections: number },
  progress: Progress,
): Promise<{ readonly filled: Filled; readonly kept: readonly string[] }> {
  await using hufu = await installation.serve(small);
  const kept: string[] = [];
  const startMs = performance.now();
  let [made, errors, rate] = [0, 0, ask.tickets / stretches];
  while (made < ask.tickets) {
    kept.push(...(await createTickets(hufu, Math.min(keptTickets / stretches, keptTickets - kept.length))));
    const wanted = Math.min(ask.tickets / stretches, ask.tickets - made);
    const seconds = Math.max(1, Math.round(wanted / rate));
    const traffic = { kind: 'rotation', requests: [createTicket(hufu.caller, 'v1')] } as const;
    const measured = await load.run({ url: hufu.url, traffic, connections: ask.connections, seconds });
    made += measured.requests - measured.errors;
    errors += measured.errors;
    rate = measured.requestsPerSecond;
    progress(`${made} of ${ask.tickets} tickets`);
  }
  const filled = {
    grants: countGrants(installation.folder),
    seconds: (performance.now() - startMs) / 1000,
    memory: memoryOf(hufu.pid),
    folderBytes: folderBytes(installation.folder),
    errors,
  };
  return { filled, kept };
}
