/** `npm run bench`: Hufu beside bare servers and peers, all in one run. `npm run bench -- --help` lists what can be asked. */

import { buildHufu } from './build.ts';
import { describeConditions } from './conditions.ts';
import { chooseLoad } from './load/choose.ts';
import { measures } from './measures.ts';
import { readOptions, usage } from './options.ts';
import { type Part, parts } from './parts.ts';
import { installPeers } from './peers.ts';
import { progress } from './progress.ts';
import { keepResult, publishReport } from './publish.ts';
import { report } from './report.ts';

const options = readOptions(process.argv.slice(2));
if (!options) {
  process.stdout.write(usage);
  process.exit();
}
// So that the servers that were started are ended too.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

await installPeers(progress);
await buildHufu(progress);
const load = chooseLoad(options.load);
for (const part of parts) if (options.parts.has(part)) await run(part, options);

/** What is done is kept, whatever becomes of the parts after it. */
async function run<P extends Part>(part: P, options: NonNullable<ReturnType<typeof readOptions>>): Promise<void> {
  progress(`part ${part}`);
  const conditions = await describeConditions(part, load, options);
  const result = { part, conditions, found: await measures[part](load, options, progress) };
  const text = report(result);
  process.stdout.write(`## ${part}\n\n${text}\n`);
  keepResult(result);
  if (options.publish) publishReport(part, text);
}
