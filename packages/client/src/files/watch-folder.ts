/** Says that a folder changed; best effort, and nothing that keeps a process alive. */

import { type FSWatcher, watch } from 'node:fs';

/** Writers clean up behind them: several events are one change. */
const gatherMs = 20;

/** @param made resolves when the folder is there. Returns what ends it. */
export function watchFolder(folder: string, made: Promise<unknown>, changed: () => void): () => void {
  let watcher: FSWatcher | undefined;
  let gathering: NodeJS.Timeout | undefined;
  let isEnded = false;
  const end = (): void => {
    isEnded = true;
    watcher?.close();
    clearTimeout(gathering);
  };
  const tell = (): void => {
    gathering = undefined;
    changed();
  };
  const start = (): void => {
    if (isEnded) return;
    watcher = watch(folder, { persistent: false }, () => {
      gathering ??= setTimeout(tell, gatherMs).unref();
    });
    // The folder went away, or the system has no more watches.
    watcher.on('error', end);
  };
  made.then(start).catch(end);
  return end;
}
