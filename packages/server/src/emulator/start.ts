/**
 * Starts an emulator inside this process: a whole server on a port of its own, with demo users and keys, a clock that obeys
 * and faults on order. `hufu dev` and the tests are its callers.
 *
 * @example
 * await using emulator = await startEmulator({ clock: '2024-10-30T03:02:45Z' });
 * const { endpoint, accessKeyId, accessKeySecret } = emulator.description.sls;
 * // … a client gets a ticket …
 * emulator.clock.advance(24 * 60 * 60);
 * // … and finds it expired.
 */

import { composeServer, type Server } from '../compose.ts';
import { ConfigError, resolve } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { requestId } from '../core/ids.ts';
import { systemRandom } from '../keys/random.ts';
import type { RequestContext } from '../service/context.ts';
import type { Clock, Random } from '../service/ports.ts';
import { type ControlledClock, createControlledClock, latestMs } from './clock.ts';
import { type Demo, demoOf, serverSecretsOf } from './demo.ts';
import { jwtAppKeyOf } from './demo-key.ts';
import { type Description, describe } from './description.ts';
import { createFaults, type Faults } from './faults.ts';
import { type Folder, openFolder } from './folder.ts';
import { createRequestLedger, type RequestLedger } from './requests.ts';
import { devRoutes } from './routes.ts';
import { seedDemo, seedTemporary } from './seed.ts';
import { seededRandom } from './seeded-random.ts';

export interface EmulatorOptions {
  /** Port to listen on; 0, the default, picks a free one. */
  readonly port?: number | undefined;
  /** Address to listen on. Default: 127.0.0.1. */
  readonly host?: string | undefined;
  /** Folder that is kept, with its demo data. Default: a temporary one, removed at the end. */
  readonly data?: string | undefined;
  /** The same seed gives the same keys, ids and secrets. Default: others at every start. */
  readonly seed?: string | undefined;
  /** Starts on a clock that stands still at this instant (ISO 8601). Default: the system's clock. */
  readonly clock?: string | undefined;
  readonly logLevel?: Config['log']['level'] | undefined;
  /** Options of the server by path, such as `{ 'sls.overlongAccessToken': 'refuse' }`. The environment is not read. */
  readonly config?: Readonly<Record<string, string>> | undefined;
}

export interface Emulator extends AsyncDisposable {
  readonly url: string;
  readonly description: Description;
  readonly clock: ControlledClock;
  readonly faults: Faults;
  readonly requests: RequestLedger;
  /** Ends within two seconds; a temporary folder is gone then. */
  stop(): Promise<void>;
}

const systemClock: Clock = { nowMs: () => Date.now() };

/** @throws {ConfigError} for an option that it does not take; an error of the system for a port that is taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const clock = createControlledClock(systemClock, startOf(options.clock));
  const faults = createFaults();
  const requests = createRequestLedger(clock);
  const folder = openFolder(options.data, options.seed);
  const secrets = serverSecretsOf(folder.state.seed);
  const jwtAppKey = jwtAppKeyOf(folder.state, options.seed !== undefined);
  const random = randomOf(options, folder);
  let server: Server | undefined;
  let stopping: Promise<void> | undefined;

  async function end(): Promise<void> {
    faults.release();
    try {
      await server?.close();
    } finally {
      folder.dispose();
    }
  }

  function stop(): Promise<void> {
    stopping ??= end();
    return stopping;
  }

  try {
    const { config, origins } = resolve({ env: {}, flags: flagsOf(options, folder) });
    server = await composeServer(config, {
      clock,
      callersClock: systemClock,
      random,
      interceptor: faults,
      adminRoutes: ({ registry }) => devRoutes({ clock, faults, requests, dialects: registry.dialects }),
      ...secrets,
      origins,
    });
    requests.watch(server.app);
    const demo = demoOf(folder.state.seed, await jwtAppKey);
    const temporary = await seed(server, folder, demo, clock, random);
    const url = await server.listen();
    return {
      url,
      description: describe(url, folder.path, secrets, demo, temporary),
      clock,
      faults,
      requests,
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

function startOf(instant: string | undefined): number | undefined {
  if (instant === undefined) return undefined;
  const atMs = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/.test(instant)
    ? Date.parse(instant)
    : Number.NaN;
  if (atMs >= 0 && atMs <= latestMs) return atMs;
  throw new ConfigError(
    `--clock: given ${JSON.stringify(instant)}, allowed: an instant from 1970 on, such as 2024-10-30T03:02:45Z`,
  );
}

/** A kept folder has its ids from earlier starts, so each start of it draws from another stream. */
const randomOf = ({ seed }: EmulatorOptions, { state }: Folder): Random =>
  seed === undefined ? systemRandom : seededRandom(JSON.stringify([seed, 'start', state.starts + 1]));

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/;

/** The emulator's own ways; `config` may name others. */
function flagsOf(options: EmulatorOptions, folder: Folder): Record<string, string> {
  const host = options.host ?? '127.0.0.1';
  return {
    'server.host': host,
    'server.port': String(options.port ?? 0),
    'server.plainHttp': loopback.test(host) ? 'loopback-only' : 'behind-proxy',
    // Longer than any delay that can be ordered.
    'server.requestTimeoutMs': '120000',
    'server.shutdownGraceMs': '500',
    // A clock that jumps ahead leaves what has ended to be looked at.
    'purge.graceSeconds': String(365 * 24 * 60 * 60),
    'audit.retentionDays': '0',
    'log.level': options.logLevel ?? 'silent',
    ...options.config,
    'data.dir': folder.path,
  };
}

async function seed(
  { parts }: Server,
  folder: Folder,
  demo: Demo,
  clock: Clock,
  random: Random,
): Promise<{ readonly number: number; readonly expiresAtMs: number }> {
  const nowMs = clock.nowMs();
  const context: RequestContext = { requestId: requestId(nowMs, random.hex(16)), nowMs, remote: '' };
  const { privateKeyPem } = demo.pds.jwtApp;
  const state = { ...folder.state, starts: folder.state.starts + 1, jwtAppKeyPem: privateKeyPem };
  // Kept before anything is made from it: a start that dies has used its number up.
  folder.save(state);
  folder.showKey(privateKeyPem);
  await seedDemo(parts, demo, context);
  const numbers = { earlier: state.temporary, next: state.starts };
  const temporary = await seedTemporary(parts, demo, numbers, context);
  folder.save({ ...state, temporary: temporary.number });
  return temporary;
}
