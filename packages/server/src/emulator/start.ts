/**
 * Starts an emulator inside this process: a whole server on a port of its own, with demo users and keys, a clock that obeys
 * and faults on order. `hufu dev`, `hufu/testing` and the tests are its callers.
 */

import { resolve } from '../config/load.ts';
import type { Clock } from '../service/ports.ts';
import { type ControlledClock, createControlledClock } from './clock.ts';
import { demoOf, serverSecretsOf } from './demo.ts';
import { jwtAppKeyOf } from './demo-key.ts';
import { type Description, describe } from './description.ts';
import { hookFaults } from './fault-hooks.ts';
import { createFaultOrders, type Faults } from './faults.ts';
import { type Folder, openFolder } from './folder.ts';
import type { World } from './life.ts';
import { type Arrived, createRequestLedger } from './requests.ts';
import { devRoutes } from './routes.ts';
import { stagedRandom } from './seeded-random.ts';
import { hearRoutes, type ServedRoutes } from './served-routes.ts';
import { type EmulatorOptions, flagsOf, startOf } from './settings.ts';
import { beginSuccession } from './succession.ts';

export type { EmulatorOptions };

export interface Emulator extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly url: string;
  /** What `hufu dev --json` prints. A reset long after the start renews the temporary credentials in it. */
  readonly description: Description;
  readonly clock: ControlledClock;
  readonly faults: Faults;
  readonly requests: Arrived;
  /**
   * Back to the seed state: data, clock, faults and arrived requests. URL, port, keys and open connections stay. Settles when
   * requests under way are answered and the new state is served; requests that come meanwhile wait.
   */
  reset(): Promise<void>;
  /** Ends within two seconds; a temporary folder is gone then. */
  stop(): Promise<void>;
}

const systemClock: Clock = { nowMs: () => Date.now() };

/**
 * Settles when it answers. As many as you like live side by side, in one process or in many, each with a port, a folder and a
 * clock of its own.
 *
 * @throws {ConfigError} for an option that it does not take; an error of the system for a port that is taken.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const startMs = startOf(options);
  const folder = openFolder(options.data, options.seed);
  let stopping: Promise<void> | undefined;
  let resetting: Promise<void> = Promise.resolve();

  const stop = (): Promise<void> => {
    stopping ??= resetting
      .catch(() => undefined)
      .then(() => succession.end())
      .finally(folder.dispose);
    return stopping;
  };

  /** One after the other. What fails midway leaves nothing to go on with. */
  const reset = (): Promise<void> => {
    const mine = resetting.then(() => {
      if (stopping) throw new Error('the emulator is stopped');
      return succession.next();
    });
    resetting = mine;
    return mine.catch(async (error: unknown) => {
      await stop();
      throw error;
    });
  };

  const describeNow = (): Description =>
    describe(succession.url, folder.path, world.secrets, demo, succession.life.temporary);
  const afterReset = async (): Promise<Description> => {
    await reset();
    return describeNow();
  };
  const { world, succession, demo } = await begin(options, startMs, folder, afterReset).catch((error: unknown) => {
    folder.dispose();
    throw error;
  });
  return {
    url: succession.url,
    get description() {
      return describeNow();
    },
    clock: world.clock,
    faults: world.faults,
    requests: world.requests,
    reset,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function begin(
  options: EmulatorOptions,
  startMs: number | undefined,
  folder: Folder,
  reset: () => Promise<Description>,
) {
  const world = worldOf(options, startMs, folder, reset);
  const [succession, demo] = await Promise.all([beginSuccession(world), world.demo]);
  return { world, succession, demo };
}

function worldOf(
  options: EmulatorOptions,
  startMs: number | undefined,
  folder: Folder,
  reset: () => Promise<Description>,
): World {
  const { seed } = options;
  // Whatever the tester chose, the demo data of this folder come from its own.
  const demoSeed = folder.state.seed;
  const { config, origins } = resolve({ env: {}, flags: flagsOf(options, folder.path) });
  const clock = createControlledClock(systemClock, startMs);
  const requests = createRequestLedger(clock);
  let served: ServedRoutes = [];
  const faults = createFaultOrders(() => served);
  folder.save({ ...folder.state, starts: folder.state.starts + 1 });
  return {
    config,
    origins,
    folder,
    clock,
    callersClock: systemClock,
    random: seed === undefined ? undefined : stagedRandom(seed),
    seed,
    secrets: serverSecretsOf(demoSeed),
    demo: jwtAppKeyOf(folder.state, seed !== undefined).then((key) => demoOf(demoSeed, key)),
    faults,
    requests,
    devRoutes: devRoutes({ clock, faults, requests, reset }),
    watch(app, { registry }) {
      served = hearRoutes(app);
      requests.watch(app);
      hookFaults(app, { orders: faults, registry, clock });
    },
  };
}
