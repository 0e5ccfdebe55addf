/** How long something took, each time. */

import { median } from '../median.ts';

export interface Times {
  readonly medianMs: number;
  readonly eachMs: readonly number[];
}

export const timesOf = (eachMs: readonly number[]): Times => ({ medianMs: median(eachMs), eachMs });
