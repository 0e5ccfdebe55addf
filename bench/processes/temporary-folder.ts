/** A folder for as long as it is needed. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Folder extends AsyncDisposable {
  readonly path: string;
}

/** @param parent where durable writes go to a disk; the system's folder for temporary files by default. */
export async function temporaryFolder(name: string, parent: string = tmpdir()): Promise<Folder> {
  const path = await mkdtemp(join(parent, `hufu-bench-${name}-`));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
