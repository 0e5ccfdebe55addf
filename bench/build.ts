/** Builds Hufu and lays it out as an installation has it: what is measured is what is published. */

import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { runToEnd } from './processes/run-to-end.ts';
import type { Progress } from './progress.ts';

const root = join(import.meta.dirname, '..');
const packages = join(root, 'packages');

export async function buildHufu(progress: Progress): Promise<void> {
  progress('building packages/server/dist');
  await runToEnd(process.execPath, [join(root, 'tools/build.ts')]);
  // Through the workspace's link the server would load the wire's TypeScript, and with it the compiler that strips types.
  cpSync(join(packages, 'wire/dist'), join(packages, 'server/dist/node_modules/@hufu/wire'), { recursive: true });
}
