/** Compares rates within one run. */

import { median } from '../median.ts';
import type { ScenarioName } from './scenarios.ts';
import type { ThroughputRow } from './throughput.ts';

/** Rate of one to another, round by round: what slows the machine for a while slows both. */
export function ratio(rows: readonly ThroughputRow[], of: ScenarioName, to: ScenarioName): number {
  const rates = (name: ScenarioName): number[] =>
    rows.find((row) => row.name === name)?.rounds.map((round) => round.requestsPerSecond) ?? [];
  const others = rates(to);
  return median(rates(of).map((rate, at) => rate / (others[at] ?? Number.NaN)));
}

/** The floor whose requests and answer are as large. */
export function floorOf(name: ScenarioName): ScenarioName {
  switch (name) {
    case 'floorRefresh':
    case 'refreshV1':
    case 'refreshV4':
      return 'floorRefresh';
    case 'floorCreate':
    case 'floorBare':
    case 'createV1':
    case 'createV4':
    case 'oidcOpaque':
    case 'oidcJwt':
      return 'floorCreate';
  }
}
