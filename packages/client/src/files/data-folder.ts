/** Where a user's programs keep their data: not in a temporary folder, and not shared with other users. */

import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * `HUFU_DATA_HOME`; else by platform: `$XDG_DATA_HOME/hufu` or `~/.local/share/hufu`, `~/Library/Application Support/hufu`,
 * `%LOCALAPPDATA%\hufu`.
 */
export function dataFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
): string {
  if (environment.HUFU_DATA_HOME) return environment.HUFU_DATA_HOME;
  const home = homedir();
  if (platform === 'win32') return join(environment.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'hufu');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'hufu');
  return join(environment.XDG_DATA_HOME || join(home, '.local', 'share'), 'hufu');
}
