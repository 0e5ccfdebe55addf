/** The pages that a link may lead to: what each takes on the command line, and its address. */

import { consoleOrigins, keyDisplayModes } from '@hufu/wire/sls';
import { type Command, Option } from 'commander';
import { present } from '../../core/present.ts';
import type { JsonObject } from '../../core/types.ts';
import type { KeyAndValue } from '../../embed/links.ts';
import { usageError } from '../terminal/failure.ts';
import { repeated } from '../terminal/repeated.ts';
import { addFlags, flagsOf, type Page } from './flags.ts';
import { addTime, queryTimeOf, type TimeOptions } from './time.ts';

export interface LinkOptions extends TimeOptions {
  readonly project: string;
  readonly refreshable: boolean;
  readonly site?: string;
  readonly slsRegion?: string;
  readonly dark?: boolean;
  readonly treeConfig?: string;
  readonly logstore?: string;
  readonly query?: string;
  readonly keyDisplayMode?: (typeof keyDisplayModes)[number];
  readonly savedSearch?: string;
  readonly dashboard?: string;
  readonly name?: string;
  readonly filter?: readonly string[];
  readonly variable?: readonly string[];
  readonly autoFresh?: string;
  readonly [flag: string]: unknown;
}

export interface LinkPage {
  readonly page: Page;
  /** On the command line. */
  readonly verb: string;
  readonly description: string;
  readonly add: (command: Command) => Command;
}

export const linkPages: readonly LinkPage[] = [
  {
    page: 'query',
    verb: 'query',
    description: 'queries and analysis of a logstore',
    add: (command) =>
      command
        .requiredOption('--logstore <name>', 'whose logs')
        .option('--query <text>', 'as one types it: * | select count(*)')
        .addOption(new Option('--key-display-mode <mode>', 'logs on one line or several').choices(keyDisplayModes)),
  },
  {
    page: 'savedSearch',
    verb: 'saved-search',
    description: 'a saved search',
    add: (command) =>
      command
        .requiredOption('--saved-search <id>', "as in the page's address: savedsearch-1621845672511-314813")
        .option('--name <name>', 'of the saved search'),
  },
  {
    page: 'dashboard',
    verb: 'dashboard',
    description: 'a dashboard',
    add: (command) =>
      command
        .requiredOption('--dashboard <id>', "as in the page's address: dashboard-1609817292009-742588")
        .option('--name <name>', 'of the dashboard')
        .option('--filter <key:value>', 'a filter; repeatable', repeated)
        .option('--variable <key=value>', 'a variable of the dashboard; repeatable', repeated)
        .option('--auto-fresh <interval>', 'every so often: 30s, 5m; 15s or more'),
  },
];

/** What every page takes, the vendor's switches last. */
export const addCommon = (command: Command, page: Page): Command =>
  addFlags(
    addTime(command.requiredOption('--project <name>', 'whose page'))
      .option('--site <site>', `${Object.keys(consoleOrigins).join(', ')}, or an origin; default china`)
      .option('--sls-region <region>', 'of the project, as cn-hangzhou')
      .option('--dark', 'dark theme')
      .option('--tree-config <json>', "what the navigation shows: the vendor's treeConfig")
      .option('--no-refreshable', 'the page may not ask the page around it for new tokens'),
    page,
  );

/** The address with the ticket. Throws `TokenError` with `config` for what the console does not take. */
export async function linkTo(page: Page, options: LinkOptions, ticket: string): Promise<string> {
  const { dashboardLink, queryLink, savedSearchLink } = await import('../../embed/links.ts');
  const { project, refreshable, site, slsRegion, dark, treeConfig, name } = options;
  const common = {
    project,
    ticket,
    refreshable,
    ...present({ site, slsRegion }),
    ...(dark && { theme: 'dark' as const }),
    ...(treeConfig !== undefined && { treeConfig: objectIn(treeConfig) }),
    ...queryTimeOf(options),
    ...flagsOf(page, options),
  };
  switch (page) {
    case 'query': {
      const { logstore = '', query: queryString, keyDisplayMode: keyDispalyMode } = options;
      return queryLink({ ...common, logstore, ...present({ queryString, keyDispalyMode }) });
    }
    case 'savedSearch':
      return savedSearchLink({
        ...common,
        savedSearchId: options.savedSearch ?? '',
        ...present({ savedSearchName: name }),
      });
    case 'dashboard': {
      const { dashboard: dashboardId = '', filter = [], variable = [], autoFresh } = options;
      const filters = filter.map((text) => pairOf('--filter', text, ':'));
      const variables = variable.map((text) => pairOf('--variable', text, '='));
      return dashboardLink({
        ...common,
        dashboardId,
        filters,
        variables,
        ...present({ dashboardName: name, autoFresh }),
      });
    }
  }
}

function pairOf(option: string, text: string, sign: string): KeyAndValue {
  const at = text.indexOf(sign);
  if (at <= 0) throw usageError(`${option}: allowed: key${sign}value`);
  return { key: text.slice(0, at), value: text.slice(at + 1) };
}

function objectIn(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    // What JSON.parse gives holds nothing but JSON.
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  } catch {
    // Said below.
  }
  throw usageError('--tree-config: allowed: a JSON object');
}
