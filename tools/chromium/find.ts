/** The Chromium of this machine, which tests look at pages with. Finds, and never installs. */

import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Found {
  readonly path: string;
  /** As it says itself: `Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)`. */
  readonly version: string;
}

/** Names a browser that is not looked for. */
export const chromiumVariable = 'HUFU_CHROMIUM';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const places = ['/Applications/Chromium.app/Contents/MacOS/Chromium'];
const answerWithinMs = 20_000;

export function findChromium(environment: NodeJS.ProcessEnv = process.env): Found | undefined {
  const named = environment[chromiumVariable];
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = named ? [named] : [...names.flatMap((name) => folders.map((at) => join(at, name))), ...places];
  for (const path of candidates) {
    const version = versionOf(path);
    if (version !== undefined) return { path, version };
  }
  return undefined;
}

/** Asked rather than looked up: some systems have a `chromium-browser` that only says how a browser could be installed. */
function versionOf(path: string): string | undefined {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return undefined;
  }
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: answerWithinMs });
  return status === 0 && /\d+\.\d+\.\d+/.test(stdout) ? stdout.trim() : undefined;
}
