/** What every page of the console takes. */

import { consoleDarkTheme, consoleFlags, consoleTicketParameters } from '@hufu/wire/sls';
import { checkNames, optionalTextOf, refuse } from '../core/given.ts';
import type { JsonObject } from '../core/types.ts';
import { base64 } from './base64.ts';
import type { ConsoleSite, Parameter } from './console-address.ts';
import { type QueryTime, queryTimeParameters } from './query-time.ts';

/** `true`, or left out. */
export type Flags<Page extends keyof typeof consoleFlags> = {
  readonly [Name in (typeof consoleFlags)[Page][number]]?: boolean;
};

export type CommonOptions = Flags<'any'> &
  QueryTime & {
    /** Name of the project. */
    readonly project: string;
    /** From `createTicket`. Without one the page asks its reader to log in. Whoever has the link may do what the ticket may. */
    readonly ticket?: string;
    /** The page may ask for access tokens when its own ends: needs a ticket, and `answerConsole` around it. Default false. */
    readonly refreshable?: boolean;
    /** `china` (default), `international`, or an origin of one's own. */
    readonly site?: ConsoleSite | (string & {});
    /** Region of the project: `cn-hangzhou`. */
    readonly slsRegion?: string;
    readonly theme?: 'dark';
    /** What the navigation shows: the vendor's `treeConfig`, as data. */
    readonly treeConfig?: JsonObject;
  };

const commonNames = [
  ...consoleFlags.any,
  'queryTimeType',
  'startTime',
  'endTime',
  'project',
  'ticket',
  'refreshable',
  'site',
  'slsRegion',
  'theme',
  'treeConfig',
] as const;

/** @param own parameters that are the page's, after the common ones and before the ticket. */
export function commonParameters(
  options: CommonOptions,
  page: Exclude<keyof typeof consoleFlags, 'any'>,
  ownNames: readonly string[],
  own: () => readonly Parameter[],
): Parameter[] {
  checkNames(options, [...commonNames, ...consoleFlags[page], ...ownNames]);
  const { theme, treeConfig } = options;
  const slsRegion = optionalTextOf(options, 'slsRegion');
  if (theme !== undefined && theme !== consoleDarkTheme.theme) refuse('theme is dark, or not there');
  return [
    ...(slsRegion === undefined ? [] : [['slsRegion', slsRegion] as const]),
    ...flagParameters(options, [...consoleFlags.any, ...consoleFlags[page]]),
    ...(theme === undefined ? [] : Object.entries(consoleDarkTheme)),
    ...queryTimeParameters(options),
    ...(treeConfig === undefined ? [] : treeParameters(treeConfig)),
    ...own(),
    ...ticketParameters(options),
  ];
}

/** What is not set to true is not in the link. */
function flagParameters(options: Readonly<Record<string, unknown>>, names: readonly string[]): Parameter[] {
  return names.flatMap((name): Parameter[] => {
    const value = options[name];
    if (value !== undefined && typeof value !== 'boolean') refuse(`${name} is true or false`);
    return value === true ? [[name, 'true']] : [];
  });
}

const treeParameters = (tree: JsonObject): Parameter[] => [
  ['treeConfig', base64(JSON.stringify(tree))],
  ['treeEncode', 'base64'],
];

function ticketParameters(options: CommonOptions): Parameter[] {
  // One that is there and undefined is a variable that was not set: its link would ask the reader to log in.
  const value = optionalTextOf(options, 'ticket');
  if (value === undefined) {
    return options.refreshable ? refuse('refreshable needs a ticket: there is nothing to refresh without') : [];
  }
  const ticket: Parameter = [consoleTicketParameters.ticket, value];
  return options.refreshable ? [ticket, [consoleTicketParameters.refreshable, 'true']] : [ticket];
}
