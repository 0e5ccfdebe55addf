/** Where a user's programs keep what the user set. */

import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * `HUFU_CONFIG_HOME`; else by platform: `$XDG_CONFIG_HOME/hufu` or `~/.config/hufu`, `~/Library/Application Support/hufu`,
 * `%APPDATA%\hufu`.
 */
export function configFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform = process.platform,
): string {
  if (environment.HUFU_CONFIG_HOME) return environment.HUFU_CONFIG_HOME;
  const home = homedir();
  if (platform === 'win32') return join(environment.APPDATA ?? join(home, 'AppData', 'Roaming'), 'hufu');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'hufu');
  return join(environment.XDG_CONFIG_HOME || join(home, '.config'), 'hufu');
}
