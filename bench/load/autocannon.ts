/** Load by `autocannon`, in a process of its own. It costs more than `wrk` and reads latency in whole milliseconds. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runToEnd } from '../processes/run-to-end.ts';
import { temporaryFolder } from '../processes/temporary-folder.ts';
import type { Load, Measured } from './load.ts';

const child = join(import.meta.dirname, 'autocannon-child.mjs');

export const autocannon: Load = {
  name: 'autocannon',
  async run(ask) {
    await using folder = await temporaryFolder('autocannon');
    const file = join(folder.path, 'ask.json');
    await writeFile(file, JSON.stringify(ask));
    // The child prints exactly a `Measured`.
    return JSON.parse(await runToEnd(process.execPath, [child, file])) as Measured;
  },
};
