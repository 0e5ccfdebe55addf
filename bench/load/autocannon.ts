/** Load by `autocannon`, in a process of its own. It costs more than `wrk` and reads latency in whole milliseconds. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runToEnd } from '../processes/run-to-end.ts';
import { temporaryFolder } from '../processes/temporary-folder.ts';
import { type Load, type Measured, type Traffic, templateOf } from './load.ts';

const child = join(import.meta.dirname, 'autocannon-child.mjs');

export const autocannon: Load = {
  name: 'autocannon',
  async run({ traffic, ...ask }) {
    await using folder = await temporaryFolder('autocannon');
    const file = join(folder.path, 'ask.json');
    const rest = join(folder.path, 'rest.json');
    await writeFile(file, JSON.stringify({ ...ask, traffic: describe(traffic), rest }));
    // The child prints exactly a `Measured`, and leaves a list of texts.
    const measured = JSON.parse(await runToEnd(process.execPath, [child, file])) as Measured;
    if (traffic.kind === 'queue') traffic.keepRest?.(JSON.parse(await readFile(rest, 'utf8')) as string[]);
    return measured;
  },
};

/** Traffic without its functions. */
function describe(traffic: Traffic): object {
  if (traffic.kind === 'rotation') return traffic;
  const { texts, successor } = traffic;
  return { kind: traffic.kind, ...templateOf(traffic), texts, successor };
}
