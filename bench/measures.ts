/** How each part is measured. */

import { measureClient } from './client/measure.ts';
import type { Load } from './load/load.ts';
import { measureMillion } from './measure/million.ts';
import { measureSessionGrowth } from './measure/session-growth.ts';
import { measureSessions } from './measure/sessions.ts';
import { measureStarts } from './measure/start.ts';
import { measureThroughput } from './measure/throughput.ts';
import type { Options } from './options.ts';
import type { Part } from './parts.ts';
import type { Progress } from './progress.ts';
import type { Findings } from './results.ts';

type Measure<P extends Part> = (load: Load, options: Options, progress: Progress) => Promise<Findings[P]>;

export const measures: { readonly [P in Part]: Measure<P> } = {
  tickets: measureThroughput,
  sessions: measureSessions,
  growth: async (load, options, progress) => ({
    tickets: await measureMillion(load, options, progress),
    sessions: await measureSessionGrowth(load, options, progress),
  }),
  client: (_load, options, progress) => measureClient(options, progress),
  start: (_load, { starts }) => measureStarts(starts),
};
