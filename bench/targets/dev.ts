/** `hufu dev`: the emulator in a process of its own, with its demo data. */

import type { Description } from '../../packages/server/src/emulator/description.ts';
import { startChild } from '../processes/child.ts';
import type { Target } from './target.ts';

export interface Dev extends Target {
  readonly description: Description;
}

/** @param command file of the `hufu` command, as a clone or as an installation has it. */
export async function startDev(command: string): Promise<Dev> {
  const child = await startChild([command, 'dev', '--json', '--port', '0']);
  const description: Description = JSON.parse(await child.firstLine);
  return { url: description.url, pid: child.pid, description, [Symbol.asyncDispose]: child.stop };
}
