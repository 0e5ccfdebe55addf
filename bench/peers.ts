/** Installs what Hufu is compared with, once: the repository itself does without it. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runToEnd } from './processes/run-to-end.ts';
import type { Progress } from './progress.ts';

export async function installPeers(progress: Progress): Promise<void> {
  // npm writes this file last.
  if (existsSync(join(import.meta.dirname, 'node_modules', '.package-lock.json'))) return;
  progress('installing the peers: npm ci --prefix bench');
  await runToEnd('npm', ['ci', '--prefix', import.meta.dirname]);
}
