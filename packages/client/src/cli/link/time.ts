/** The time that a page shows, from the command line. Pure. */

import { ownQueryTimes, queryTimes } from '@hufu/wire/sls';
import { type Command, Option } from 'commander';
import type { QueryTime } from '../../embed/query-time.ts';
import { usageError } from '../terminal/failure.ts';

export interface TimeOptions {
  readonly time?: keyof typeof queryTimes;
  readonly from?: string;
  readonly to?: string;
  readonly frame?: boolean;
}

export const addTime = (command: Command): Command =>
  command
    .addOption(
      new Option('--time <range>', 'one of the ranges of the console, as last15Minutes')
        .choices(Object.keys(queryTimes))
        .conflicts(['from', 'to', 'frame']),
    )
    .option('--from <instant>', 'in place of a range: an instant, as 2026-01-01T00:00:00Z, or a distance, as -10m')
    .option('--to <instant>', 'its end, in the same form, or now')
    .option('--frame', 'distances count from whole units: -1h is the hour from its beginning');

/** One that says its zone: another reader of the link is elsewhere. */
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;
const distance = /^(?:-\d+[smhdwM]|now)$/;

export function queryTimeOf({ time, from, to, frame = false }: TimeOptions): QueryTime {
  if (from === undefined && to === undefined) {
    if (frame) throw usageError('--frame is for --from and --to');
    return time === undefined ? {} : { queryTimeType: queryTimes[time] };
  }
  if (from === undefined || to === undefined) throw usageError('--from and --to belong together');
  if (distance.test(from) && distance.test(to)) {
    const queryTimeType = frame ? ownQueryTimes.frame : ownQueryTimes.relative;
    return { queryTimeType, startTime: from, endTime: to };
  }
  if (frame || !instant.test(from) || !instant.test(to)) {
    throw usageError(
      '--from and --to: two instants with their zone, as 2026-01-01T00:00:00Z, or two distances, as -10m and now',
    );
  }
  return {
    queryTimeType: ownQueryTimes.absolute,
    startTime: secondsOf('--from', from),
    endTime: secondsOf('--to', to),
  };
}

function secondsOf(name: string, text: string): number {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw usageError(`${name}: there is no such day`);
  return Math.floor(ms / 1000);
}
