/** Targets whose first line is their URL. */

import { startChild } from '../processes/child.ts';
import type { Target } from './target.ts';

export async function startAnnounced(file: string, args: readonly string[] = []): Promise<Target> {
  const child = await startChild([file, ...args]);
  const url = await child.firstLine;
  return { url, pid: child.pid, [Symbol.asyncDispose]: child.stop };
}
