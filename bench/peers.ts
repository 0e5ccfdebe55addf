/** Installs what Hufu is compared with, once: the repository itself does without it. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runToEnd } from './processes/run-to-end.ts';
import type { Progress } from './progress.ts';

const folder = import.meta.dirname;
const manifestOf = (name: string): string => join(folder, 'node_modules', name, 'package.json');

export async function installPeers(progress: Progress): Promise<void> {
  const { dependencies }: { readonly dependencies: object } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  if (Object.keys(dependencies).every((name) => existsSync(manifestOf(name)))) return;
  progress('installing the peers: npm ci --prefix bench');
  await runToEnd('npm', ['ci', '--prefix', folder]);
}

/** As they are installed. */
export const peerVersions = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, versionOf(name)]));

function versionOf(name: string): string {
  const { version }: { readonly version: string } = JSON.parse(readFileSync(manifestOf(name), 'utf8'));
  return version;
}
