/** Options of the configuration that were given on the command line, as `--set server.port=8443`. */

import { usageError } from '@hufu/client/terminal';
import { configDocs } from '../config/schema.ts';

export function readSettings(given: readonly string[]): Record<string, string> {
  const paths = new Set(configDocs().map(({ path }) => path));
  const settings: Record<string, string> = {};
  for (const setting of given) {
    const at = setting.indexOf('=');
    const path = at < 0 ? setting : setting.slice(0, at);
    if (at < 0) throw usageError(`--set: given ${path} without a value, allowed: OPTION=VALUE`);
    if (!paths.has(path)) throw usageError(`--set: there is no option ${path}; hufu config lists them`);
    settings[path] = setting.slice(at + 1);
  }
  return settings;
}
