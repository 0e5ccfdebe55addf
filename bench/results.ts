/** What the parts of a run found, as it stands in `results/<part>.json`. A part keeps its results until it is run again. */

import type { ClientFindings } from './client/measure.ts';
import type { Machine } from './machine.ts';
import type { Million } from './measure/million.ts';
import type { SessionGrowth } from './measure/session-growth.ts';
import type { Sessions } from './measure/sessions.ts';
import type { Starts } from './measure/start.ts';
import type { ThroughputRow } from './measure/throughput.ts';
import type { Part } from './parts.ts';

export interface Findings {
  /** Requests a second and latency of tickets. */
  readonly tickets: readonly ThroughputRow[];
  readonly sessions: Sessions;
  /** Memory, and what a request costs, with few and with many grants. */
  readonly growth: { readonly tickets: Million; readonly sessions: SessionGrowth };
  readonly client: ClientFindings;
  readonly start: Starts;
}

export interface Conditions {
  readonly measuredAt: string;
  readonly machine: Machine;
  /** Versions of what is compared. */
  readonly versions: Readonly<Record<string, string>>;
  /** Load, rounds, seconds: a part of a sentence. */
  readonly how: string;
}

export interface Result<P extends Part> {
  readonly part: P;
  readonly conditions: Conditions;
  readonly found: Findings[P];
}
