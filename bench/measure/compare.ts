/** Compares rates within one run. */

import { median } from '../median.ts';
import type { Row } from './turns.ts';

/** Rate of one to another, round by round: what slows the machine for a while slows both. NaN where `to` is missing. */
export function ratio<Name extends string>(rows: ReadonlyArray<Row<Name>>, of: Name, to: Name): number {
  const rates = (name: Name): number[] =>
    rows.find((row) => row.name === name)?.rounds.map((round) => round.requestsPerSecond) ?? [];
  const others = rates(to);
  return median(rates(of).map((rate, at) => rate / (others[at] ?? Number.NaN)));
}
