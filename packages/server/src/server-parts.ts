/** Everything that a server is made of, opened in its order: what a request meets, without the transport. */

import type { FastifyInstance } from 'fastify';
import { type Logger, pino } from 'pino';
import { passwordSettings } from './config/login.ts';
import type { Config } from './config/schema.ts';
import { masterKeyText } from './config/secrets.ts';
import type { ClientType } from './core/client-type.ts';
import type { RegionServices } from './core/region.ts';
import { createRegistry, type Registry } from './dialects/registry.ts';
import type { AdminRoute } from './http/admin/route.ts';
import { createAssertions } from './keys/assertions.ts';
import { clientKeys } from './keys/client-key.ts';
import type { generateKey } from './keys/generate.ts';
import { masterKeyOf } from './keys/master.ts';
import { checkMasterKey } from './keys/master-check.ts';
import { createPasswords } from './keys/passwords.ts';
import { systemRandom } from './keys/random.ts';
import { type KeyRing, openKeyRing } from './keys/ring.ts';
import { createSealing } from './keys/sealing.ts';
import { type Credentials, createCredentials } from './service/credentials.ts';
import { createPeople, type People } from './service/people.ts';
import type { Assertions, ClientKeys, Clock, Passwords, Random, Sealing, Store } from './service/ports.ts';
import { createResources, type Resources } from './service/resources.ts';
import { createUsage, type Usage } from './service/usage.ts';
import { dialectsOf, keyUses } from './spoken.ts';
import { openSqliteStore } from './stores/sqlite/open.ts';

/** What the emulator, and a command on a closed data folder, put in the place of the real thing. */
export interface Overrides {
  readonly clock?: Clock;
  /** A second clock by which callers may sign: theirs goes on while a tester moves the server's. */
  readonly callersClock?: Clock;
  readonly random?: Random;
  /** Makes signing keys. */
  readonly generateKey?: typeof generateKey;
  /** Sees the app before it has routes: to hear of each of them, and to step in between requests and their answers. */
  readonly watch?: (app: FastifyInstance, parts: ServerParts) => void;
  /** Where another server listens in the place of this one, which answers what that one passes on. */
  readonly url?: string;
  /** The data folder goes with the process: no answer waits for the disk. */
  readonly isTransient?: boolean;
  /** Further routes of the admin API. */
  readonly adminRoutes?: (parts: ServerParts) => readonly AdminRoute[];
  readonly adminToken?: string;
  readonly masterKey?: string;
  /** Where each option came from, by its path, for `hufu config`. */
  readonly origins?: ReadonlyMap<string, string>;
}

export interface ServerParts {
  readonly config: Config;
  readonly registry: Registry;
  readonly store: Store;
  readonly sealing: Sealing;
  readonly ring: KeyRing;
  readonly credentials: Credentials;
  readonly people: People;
  readonly resources: Resources;
  readonly assertions: Assertions;
  readonly passwords: Passwords;
  readonly clientKeys: ClientKeys;
  readonly clientTypes: readonly ClientType[];
  readonly regionServices: RegionServices | undefined;
  readonly usage: Usage;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

const systemClock: Clock = { nowMs: () => Date.now() };

/** @param issuer asked for at each use, since a free port is known late. */
export async function openParts(config: Config, overrides: Overrides, issuer: () => string): Promise<ServerParts> {
  const clock = overrides.clock ?? systemClock;
  const random = overrides.random ?? systemRandom;
  const sealing = createSealing(masterKeyOf(overrides.masterKey ?? masterKeyText(config)), random);
  const store = await openSqliteStore({
    path: config.data.dir,
    maxPending: config.data.maxPendingWrites,
    batchOperations: config.data.maxBatchWrites,
    isTransient: overrides.isTransient,
  });
  try {
    await checkMasterKey(store, sealing);
    const registry = createRegistry(dialectsOf(config, issuer));
    return {
      config,
      registry,
      clientTypes: registry.clientTypes,
      regionServices: registry.regionServices,
      clientKeys,
      assertions: createAssertions(config.limits.cachedAccessKeys),
      passwords: createPasswords(random, passwordSettings(config.login)),
      resources: createResources(store, config.limits.cachedAccessKeys),
      store,
      sealing,
      ring: await openKeyRing({
        store,
        sealing,
        clock,
        random,
        generate: overrides.generateKey,
        uses: keyUses(config),
        rememberedSignatures: config.keys.rememberedSignatures,
      }),
      credentials: createCredentials(store, sealing, config.limits.cachedAccessKeys),
      people: createPeople(store, config.limits.cachedAccessKeys),
      usage: createUsage(store, config.limits.usageMarks, config.purge.sliceRows),
      clock,
      random,
      logger: pino({ level: config.log.level, base: null }),
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
