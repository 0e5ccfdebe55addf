/** Everything that a run found, as it stands in `results/latest.json`. A part that was not asked for is absent. */

import type { Machine } from './machine.ts';
import type { Million } from './measure/million.ts';
import type { SessionGrowth } from './measure/session-growth.ts';
import type { Sessions } from './measure/sessions.ts';
import type { Starts } from './measure/start.ts';
import type { ThroughputRow } from './measure/throughput.ts';

export interface Results {
  readonly measuredAt: string;
  readonly machine: Machine;
  readonly load: string;
  readonly connections: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly throughput?: readonly ThroughputRow[];
  readonly sessions?: Sessions;
  readonly million?: Million;
  readonly sessionGrowth?: SessionGrowth;
  readonly start?: Starts;
}
