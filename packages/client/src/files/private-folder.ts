/** A folder that nobody else can read: made so, and refused where it is not so any more. */

import { TokenError } from '../core/errors.ts';
import type { FilePort } from './file-port.ts';

const folderMode = 0o700;
const fileMode = 0o600;
const othersBits = 0o077;
const isPosix = process.platform !== 'win32';

export async function makePrivate(files: FilePort, folder: string): Promise<void> {
  await files.mkdir(folder, { recursive: true, mode: folderMode });
  refuseShared(await files.lstat(folder), folder, 'store_write', folderMode);
}

interface Facts {
  readonly mode: number;
  readonly uid: number;
  isDirectory(): boolean;
}

/** Windows has no such bits; its profile folders are private by their access lists. */
export function refuseShared(facts: Facts, path: string, code: 'store_read' | 'store_write', mode = fileMode): void {
  if (!isPosix) return;
  const refuse = (message: string): never => {
    throw new TokenError({ code, message: `${path} ${message}`, retryable: false });
  };
  if (facts.mode & othersBits) refuse(`can be read by others: chmod ${mode.toString(8)} it`);
  const uid = process.getuid?.();
  if (uid !== 0 && facts.uid !== uid) refuse('belongs to another user');
  if (mode === folderMode && !facts.isDirectory()) refuse('is no folder');
}
