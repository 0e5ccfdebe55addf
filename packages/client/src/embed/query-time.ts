/** Which time a page shows: one of the console's own ranges, or two ends. */

import { ownQueryTimes, queryTimes } from '@hufu/wire/sls';
import { refuse, textOf } from '../core/given.ts';
import type { Parameter } from './console-address.ts';

export type PresetQueryTime = (typeof queryTimes)[keyof typeof queryTimes];

export type QueryTime =
  | { readonly queryTimeType?: PresetQueryTime; readonly startTime?: never; readonly endTime?: never }
  /** Both in unix seconds. */
  | { readonly queryTimeType: typeof ownQueryTimes.absolute; readonly startTime: number; readonly endTime: number }
  /** Both as text: `-10m` and `now`. */
  | {
      readonly queryTimeType: typeof ownQueryTimes.relative | typeof ownQueryTimes.frame;
      readonly startTime: string;
      readonly endTime: string;
    };

const presets: ReadonlySet<unknown> = new Set(Object.values(queryTimes));
/** The end of the year 5138 in seconds; in milliseconds, 1973. */
const mostSeconds = 1e11;

export function queryTimeParameters(given: QueryTime): Parameter[] {
  const { queryTimeType, startTime, endTime } = given;
  if (queryTimeType === ownQueryTimes.absolute) {
    const [start, end] = [seconds('startTime', startTime), seconds('endTime', endTime)];
    if (start > end) refuse('startTime is after endTime');
    return range(queryTimeType, String(start), String(end));
  }
  if (queryTimeType === ownQueryTimes.relative || queryTimeType === ownQueryTimes.frame) {
    return range(queryTimeType, textOf(given, 'startTime'), textOf(given, 'endTime'));
  }
  if (startTime !== undefined || endTime !== undefined) {
    refuse('startTime and endTime need queryTimeType 99 (unix seconds), -2 or -3 (text)');
  }
  if (queryTimeType === undefined) return [];
  return presets.has(queryTimeType)
    ? [['queryTimeType', String(queryTimeType)]]
    : refuse('queryTimeType is none of 1 to 27, 99, -2, -3');
}

const range = (type: number, start: string, end: string): Parameter[] => [
  ['queryTimeType', String(type)],
  ['startTime', start],
  ['endTime', end],
];

function seconds(name: string, value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) return refuse(`${name} is no unix seconds`);
  return value < mostSeconds ? value : refuse(`${name} is in seconds, and looks like milliseconds`);
}
