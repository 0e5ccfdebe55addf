/** The configuration as it is in effect, for operators: every value with its origin, secrets as `***`. */

import { type Config, configDocs } from './schema.ts';

export interface OptionInEffect {
  readonly path: string;
  readonly value: string | number | boolean | readonly string[] | null;
  /** `default`, `flag`, `environment NAME` or `file NAME`. */
  readonly origin: string;
}

type Value = string | number | boolean | readonly string[] | undefined;

export function configView(config: Config, origins: ReadonlyMap<string, string>): OptionInEffect[] {
  const sections: Readonly<Record<string, Readonly<Record<string, Value>>>> = config;
  return configDocs().map(({ path, secret }) => {
    const [section = '', name = ''] = path.split('.');
    const value = sections[section]?.[name];
    return {
      path,
      value: value === undefined ? null : secret ? '***' : value,
      origin: origins.get(path) ?? 'default',
    };
  });
}
