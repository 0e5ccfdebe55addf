/** Links to the pages of the SLS console that can be embedded. They are made in a browser or on a server, without any I/O. */

import { consolePaths, keyDisplayModes, shortestAutoFreshSeconds } from '@hufu/wire/sls';
import { refuse, textOf } from '../core/given.ts';
import { base64 } from './base64.ts';
import { type CommonOptions, commonParameters, type Flags } from './common.ts';
import { consoleAddress, consoleOrigin, type Parameter } from './console-address.ts';

/** The looks of the documented links; `false` takes one back. */
const bare = { hideTopbar: true, hideSidebar: true, ignoreTabLocalStorage: true } as const;

export type QueryLinkOptions = CommonOptions &
  Flags<'query'> & {
    readonly logstore: string;
    /** A query, as one types it: `* | select count(*)`. Goes into the link as Base64, which no character of it breaks. */
    readonly queryString?: string;
    /** Logs on one line or several. In the vendor's spelling. */
    readonly keyDispalyMode?: (typeof keyDisplayModes)[number];
  };

/**
 * The page for queries and analysis: with its tabs, or with `isShare: true` the query alone. Throws `TokenError` with `config`.
 *
 * @example queryLink({ project: 'website', logstore: 'access', ticket, isShare: true })
 */
export function queryLink(given: QueryLinkOptions): string {
  const options = { ...bare, ...given };
  const { keyDispalyMode } = options;
  const parameters = commonParameters(options, 'query', ['logstore', 'queryString', 'keyDispalyMode'], () => {
    if (keyDispalyMode !== undefined && !keyDisplayModes.includes(keyDispalyMode)) {
      refuse(`keyDispalyMode is ${keyDisplayModes.join(' or ')}`);
    }
    return [...queryParameters(options), ...optional('keyDispalyMode', keyDispalyMode)];
  });
  return consoleAddress(consoleOrigin(options.site), consolePaths.query, options, parameters);
}

export type SavedSearchLinkOptions = CommonOptions & {
  /** As it stands in the page's address: `savedsearch-1621845672511-314813`. */
  readonly savedSearchId: string;
  readonly savedSearchName?: string;
};

/** The page of a saved search. Throws as `queryLink` does. */
export function savedSearchLink(given: SavedSearchLinkOptions): string {
  const options = { ...bare, ...given };
  const parameters = commonParameters(options, 'savedSearch', ['savedSearchId', 'savedSearchName'], () =>
    optional('savedSearchName', options.savedSearchName),
  );
  return consoleAddress(consoleOrigin(options.site), consolePaths.savedSearch, options, parameters);
}

export interface KeyAndValue {
  readonly key: string;
  readonly value: string;
}

export type DashboardLinkOptions = CommonOptions &
  Flags<'dashboard'> & {
    /** As it stands in the page's address, not the display name: `dashboard-1609817292009-742588`. */
    readonly dashboardId: string;
    readonly dashboardName?: string;
    readonly filters?: readonly KeyAndValue[];
    /** Values for the variables of the dashboard. The vendor calls the parameter `token`; it is no credential. */
    readonly variables?: readonly KeyAndValue[];
    /** Every so often: `30s`, `5m`; 15 seconds or more. */
    readonly autoFresh?: string;
  };

/**
 * A dashboard, without the console around it (`isShare: false` brings that back). Throws as `queryLink` does.
 *
 * @example dashboardLink({ project: 'website', dashboardId: 'dashboard-1609817292009-742588', ticket, refreshable: true })
 */
export function dashboardLink(given: DashboardLinkOptions): string {
  const options = { isShare: true, ...bare, ...given };
  const names = ['dashboardId', 'dashboardName', 'filters', 'variables', 'autoFresh'];
  const parameters = commonParameters(options, 'dashboard', names, () => {
    const variables = pairs('variables', options.variables);
    // The vendor's samples encode `filters=a:b&filters=c:d` as a whole, as if for a parameter of another link. Decoded once, this
    // is the same, and here it is also a query that any parser splits at the right places.
    return [
      ...optional('dashboardName', options.dashboardName),
      ...pairs('filters', options.filters).map(({ key, value }): Parameter => ['filters', `${key}:${value}`]),
      ...(variables.length > 0 ? [['token', JSON.stringify(variables)] as const] : []),
      ...autoFresh(options.autoFresh),
    ];
  });
  return consoleAddress(consoleOrigin(options.site), consolePaths.dashboard, options, parameters);
}

const optional = (name: string, value: string | undefined): Parameter[] =>
  value === undefined ? [] : [[name, textOf({ [name]: value }, name)]];

const queryParameters = (options: QueryLinkOptions): Parameter[] =>
  options.queryString === undefined
    ? []
    : [
        ['encode', 'base64'],
        ['queryString', base64(textOf(options, 'queryString'))],
      ];

/** Plain data with these two names alone: a list may come from anywhere. */
const pairs = (name: string, list: readonly KeyAndValue[] = []): KeyAndValue[] =>
  list.map(({ key, value }) =>
    typeof key === 'string' && key !== '' && typeof value === 'string'
      ? { key, value }
      : refuse(`${name} are a list of { key, value }, both texts`),
  );

function autoFresh(every: string | undefined): Parameter[] {
  if (every === undefined) return [];
  const [, count, unit] = /^(\d{1,5})([sm])$/.exec(every) ?? [];
  const everySeconds = Number(count) * (unit === 'm' ? 60 : 1);
  return everySeconds >= shortestAutoFreshSeconds
    ? [['autoFresh', every]]
    : refuse(`autoFresh is a number with s or m, at least ${shortestAutoFreshSeconds}s`);
}
