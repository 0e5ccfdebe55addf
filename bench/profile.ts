/**
 * Where a request's time goes: runs `hufu serve` under Node's profiler and prints, for each of its threads, the functions
 * that take the most time, by themselves and with what they call, in microseconds a request.
 * `node bench/profile.ts --help` lists what can be asked.
 *
 * Times are those of the wall clock: waiting for the disk counts, and so does waiting for a processor that others use.
 */

import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildHufu } from './build.ts';
import { chooseLoad } from './load/choose.ts';
import type { Traffic } from './load/load.ts';
import { operations as ticketOperations } from './measure/ticket-side.ts';
import { createTickets } from './measure/tickets.ts';
import { temporaryFolder } from './processes/temporary-folder.ts';
import { type CpuProfile, type FunctionTime, functionTimes } from './profile/times.ts';
import { progress } from './progress.ts';
import { createTicket, refreshToken, type Scheme } from './requests/sls.ts';
import { left, right, table } from './table.ts';
import type { HufuOptions } from './targets/hufu.ts';
import { serveHufuSessions } from './targets/hufu-sessions.ts';
import { install } from './targets/installation.ts';
import { installSessions } from './targets/session-installation.ts';
import { sessionOperations } from './targets/session-operations.ts';
import type { Address } from './targets/target.ts';

const usage = `node bench/profile.ts [options]

  --operation NAME  ${[...ticketOperations, ...sessionOperations].join(', ')} (CreateTicket)
  --scheme NAME     v1 or v4 (v1)
  --seconds N       length of the measurement (6)
  --top N           functions that are printed (40)
  --keep DIR        keeps the .cpuprofile files, for a browser's developer tools
`;

const { values } = parseArgs({
  options: {
    operation: { type: 'string', default: 'CreateTicket' },
    scheme: { type: 'string', default: 'v1' },
    seconds: { type: 'string', default: '6' },
    top: { type: 'string', default: '40' },
    keep: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(usage);
  process.exit();
}
const seconds = Number(values.seconds);
const scheme: Scheme = values.scheme === 'v4' ? 'v4' : 'v1';
const [connections, rotatedTickets, warmupSeconds] = [64, 1000, 3];
/** Assertions are good once: more than a machine of today signs answers for. */
const mostRequestsPerSecond = 10_000;

await buildHufu(progress);
await using folder = await temporaryFolder('profile');
const requests = await profileServer(folder.path);
for (const name of readdirSync(folder.path)) {
  const profile: CpuProfile = JSON.parse(readFileSync(join(folder.path, name), 'utf8'));
  process.stdout.write(`${describe(name, profile)}\n\n`);
}
if (values.keep !== undefined) cpSync(folder.path, values.keep, { recursive: true });

function describe(thread: string, profile: CpuProfile): string {
  const times = functionTimes(profile).filter(({ name }) => name !== '(idle)');
  const busyMicros = times.reduce((sum, { selfMicros }) => sum + selfMicros, 0);
  const perRequest = (micros: number): string => (micros / requests).toFixed(2);
  const top = (by: (time: FunctionTime) => number, only: (time: FunctionTime) => boolean): string =>
    table(
      [right('self µs'), right('total µs'), left('function'), left('place')],
      times
        .filter(only)
        .sort((a, b) => by(b) - by(a))
        .slice(0, Number(values.top))
        .map(({ selfMicros, totalMicros, name, place }) => [
          perRequest(selfMicros),
          perRequest(totalMicros),
          name,
          place,
        ]),
    );
  return [
    `${thread}: busy for ${perRequest(busyMicros)} µs a request`,
    'By their own time:',
    top(
      ({ selfMicros }) => selfMicros,
      () => true,
    ),
    'Functions of this repository, with what they call:',
    top(
      ({ totalMicros }) => totalMicros,
      ({ place }) => place.startsWith('packages/'),
    ),
  ].join('\n\n');
}

/** Leaves the profiles in `into` and gives the number of requests that they hold. */
async function profileServer(into: string): Promise<number> {
  const nodeFlags = ['--cpu-prof', '--cpu-prof-interval=250', `--cpu-prof-dir=${into}`];
  const ticketOperation = ticketOperations.find((name) => name === values.operation);
  if (ticketOperation !== undefined) return profileTickets(ticketOperation, nodeFlags);
  const sessionOperation = sessionOperations.find((name) => name === values.operation);
  if (sessionOperation === undefined) throw new Error(`--operation: unknown, see --help`);
  await using installation = await installSessions(undefined);
  await using hufu = await serveHufuSessions(installation, { nodeFlags });
  return await measured(hufu, (lasting) =>
    hufu.traffic(sessionOperation, { connections, mostRequests: lasting * mostRequestsPerSecond }),
  );
}

async function profileTickets(
  operation: (typeof ticketOperations)[number],
  nodeFlags: NonNullable<HufuOptions['nodeFlags']>,
): Promise<number> {
  await using installation = await install(undefined);
  await using hufu = await installation.serve({ nodeFlags });
  const tickets = operation === 'RefreshToken' ? await createTickets(hufu, rotatedTickets) : [];
  const requests =
    operation === 'RefreshToken'
      ? tickets.map((ticket) => refreshToken(hufu.caller, scheme, ticket))
      : [createTicket(hufu.caller, scheme)];
  return await measured(hufu, async () => ({ kind: 'rotation', requests }));
}

async function measured({ url }: Address, trafficFor: (lasting: number) => Promise<Traffic>): Promise<number> {
  const load = chooseLoad(undefined);
  let answered = 0;
  for (const lasting of [warmupSeconds, seconds]) {
    const run = await load.run({ url, traffic: await trafficFor(lasting), connections, seconds: lasting });
    answered += run.requests;
  }
  return answered;
}
