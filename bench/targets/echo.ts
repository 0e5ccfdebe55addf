/** The floor of sessions, one target for each answer. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startChild } from '../processes/child.ts';
import { temporaryFolder } from '../processes/temporary-folder.ts';
import type { Address } from './target.ts';

export interface Echoes extends AsyncDisposable {
  /** In the order of the answers. */
  readonly targets: readonly Address[];
}

export async function startEchoes(answers: readonly string[]): Promise<Echoes> {
  await using folder = await temporaryFolder('echo');
  const file = join(folder.path, 'answers.json');
  await writeFile(file, JSON.stringify(answers));
  const child = await startChild([join(import.meta.dirname, 'echo-server.ts'), file]);
  const urls: readonly string[] = JSON.parse(await child.firstLine);
  return { targets: urls.map((url) => ({ url, pid: child.pid })), [Symbol.asyncDispose]: child.stop };
}
