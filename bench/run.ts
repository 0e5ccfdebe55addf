/** `npm run bench`: Hufu beside a bare server and a peer, all in one run. `npm run bench -- --help` lists what can be asked. */

import { buildHufu } from './build.ts';
import { chooseLoad } from './load/choose.ts';
import { describeMachine } from './machine.ts';
import { measureMillion } from './measure/million.ts';
import { measureSessionGrowth } from './measure/session-growth.ts';
import { measureSessions } from './measure/sessions.ts';
import { measureStarts } from './measure/start.ts';
import { measureThroughput } from './measure/throughput.ts';
import { readOptions, usage } from './options.ts';
import { installPeers } from './peers.ts';
import { progress } from './progress.ts';
import { keepResults, publishReport } from './publish.ts';
import { report } from './report.ts';
import type { Results } from './results.ts';

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
const { parts, rounds, seconds, connections } = options;
const results: Results = {
  measuredAt: new Date().toISOString(),
  machine: await describeMachine(options.data),
  load: load.name,
  connections,
  rounds,
  seconds,
  ...(parts.has('start') ? { start: await measureStarts(options.starts) } : {}),
  ...(parts.has('throughput') ? { throughput: await measureThroughput(load, options, progress) } : {}),
  ...(parts.has('sessions') ? { sessions: await measureSessions(load, options, progress) } : {}),
  ...(parts.has('million')
    ? {
        million: await measureMillion(load, options, progress),
        sessionGrowth: await measureSessionGrowth(load, options, progress),
      }
    : {}),
};
const text = report(results);
process.stdout.write(text);
keepResults(results);
if (options.publish) publishReport(text);
