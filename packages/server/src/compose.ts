/** The composition root: the one file that knows everyone. Builds a server from its configuration. */

import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { type Logger, pino } from 'pino';
import { attemptsKeptSeconds, loginSettings, passwordSettings } from './config/login.ts';
import type { Config } from './config/schema.ts';
import { adminTokenText, masterKeyText } from './config/secrets.ts';
import { configView } from './config/view.ts';
import type { ClientType } from './core/client-type.ts';
import { requestId } from './core/ids.ts';
import type { RegionServices } from './core/region.ts';
import { createRegistry, type Registry } from './dialects/registry.ts';
import { urlOf } from './http/address.ts';
import type { AdminRoute } from './http/admin/route.ts';
import { buildHttp } from './http/build.ts';
import { createAssertions } from './keys/assertions.ts';
import { clientKeys } from './keys/client-key.ts';
import type { generateKey } from './keys/generate.ts';
import { hashing } from './keys/hashing.ts';
import { masterKeyOf } from './keys/master.ts';
import { checkMasterKey } from './keys/master-check.ts';
import { createPasswords } from './keys/passwords.ts';
import { systemRandom } from './keys/random.ts';
import { type KeyRing, openKeyRing } from './keys/ring.ts';
import { createSealing } from './keys/sealing.ts';
import { adminTokenCheck } from './service/admin-token.ts';
import { type Credentials, createCredentials } from './service/credentials.ts';
import { createPeople, type People } from './service/people.ts';
import type { Assertions, ClientKeys, Clock, Passwords, Random, Sealing, Store } from './service/ports.ts';
import { purge } from './service/purge.ts';
import { createResources, type Resources } from './service/resources.ts';
import type { TokenCheck } from './service/token-check.ts';
import { startUpkeep } from './service/upkeep.ts';
import { createUsage, type Usage } from './service/usage.ts';
import { dialectsOf, keyUses } from './spoken.ts';
import { openSqliteStore } from './stores/sqlite/open.ts';
import { version } from './version.ts';

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

export interface Server {
  readonly app: FastifyInstance;
  readonly parts: ServerParts;
  readonly config: Config;
  readonly adminToken: string | undefined;
  /**
   * What is known of a token of this type, such as `scnet_token`: for programs that have the server inside themselves.
   * Throws `StoreUnavailable` where the store cannot answer.
   */
  readonly checkToken: (token: string, type: string) => Promise<TokenCheck>;
  /** Starts to listen, or to answer where `url` of the overrides says; gives the URL. */
  listen(): Promise<string>;
  /** Stops taking requests, finishes those under way, writes everything out. */
  close(): Promise<void>;
  /** Writes everything out and lets go of the data folder, but keeps the port: for who answers there with another server. */
  release(): Promise<void>;
}

const systemClock: Clock = { nowMs: () => Date.now() };
const daySeconds = 24 * 60 * 60;

export async function composeServer(config: Config, overrides: Overrides = {}): Promise<Server> {
  const { server } = config;
  const { watch } = overrides;
  const status = { isClosing: false, url: overrides.url ?? '', purgeLagSeconds: 0 };
  const parts = await openParts(config, overrides, () => server.publicUrl ?? status.url);
  const { store, ring, usage, clock, random, logger, sealing } = parts;
  const adminToken = overrides.adminToken ?? adminTokenText(config);
  const tls = tlsOf(config);
  const { app, inflight, metrics, checkToken } = buildHttp({
    ...parts,
    version,
    options: { ...server, tls },
    signer: ring.signer,
    refreshTokens: ring.refreshTokens,
    hashing,
    check: {
      credentials: parts.credentials,
      sealing,
      hashing,
      requestsPerSecondPerAccessKey: config.limits.requestsPerSecondPerAccessKey,
      callersClock: overrides.callersClock,
    },
    loggedRequests: config.log.requests,
    openMetrics: server.metricsAccess === 'open',
    watch: watch && ((watched) => watch(watched, parts)),
    isClosing: () => status.isClosing,
    isAdminToken: adminTokenCheck(sealing, hashing, adminToken),
    configView: () => configView(config, overrides.origins ?? new Map()),
    moreRoutes: overrides.adminRoutes?.(parts),
    login: loginSettings(config.login, server),
    jwks: () => ring.jwks(),
  });
  metrics.gauge('hufu_purge_lag_seconds', 'How far the purge is behind', () => status.purgeLagSeconds);

  const purgeOptions = {
    ...config.purge,
    attemptsKeptSeconds: attemptsKeptSeconds(config.login),
    auditRetentionSeconds: config.audit.retentionDays * daySeconds,
  };
  const runPurge = async (): Promise<void> => {
    status.purgeLagSeconds = (await purge(store, clock, purgeOptions)).lagSeconds;
  };
  const upkeep = startUpkeep(
    [
      { name: 'purge', everySeconds: config.purge.intervalSeconds, run: runPurge },
      { name: 'use counts', everySeconds: config.limits.usageFlushSeconds, run: () => usage.flush() },
      { name: 'keys', everySeconds: config.keys.refreshSeconds, run: () => ring.refresh() },
    ],
    (chore, error) => logger.error({ chore, error: error instanceof Error ? error.message : '' }, 'upkeep failed'),
  );
  const record = (type: 'server.started' | 'server.stopped'): Promise<void> => {
    const atMs = clock.nowMs();
    return store.appendAudit({ atMs, type, requestId: requestId(atMs, random.hex(16)), detail: version });
  };

  let releasing: Promise<void> | undefined;
  const release = (): Promise<void> => {
    releasing ??= letGo();
    return releasing;
  };
  async function letGo(): Promise<void> {
    inflight.stop();
    await upkeep.stop();
    try {
      await usage.flush();
      if (status.url !== '') await record('server.stopped');
    } catch (error) {
      // A full disk must not keep the process: everything that was answered is written already.
      logger.error({ error: error instanceof Error ? error.message : '' }, 'use counts were not written');
    } finally {
      await store.close();
    }
  }

  return {
    app,
    parts,
    config,
    adminToken,
    checkToken,
    async listen() {
      await record('server.started');
      if (overrides.url === undefined) {
        await app.listen({ host: server.host, port: server.port });
        status.url = urlOf(app.server, server.host, tls !== undefined);
      } else await app.ready();
      logger.info({ url: status.url, version }, 'listening');
      return status.url;
    },
    async close() {
      if (status.isClosing) return;
      status.isClosing = true;
      const closed = app.close();
      const isDrained = await inflight.drained(server.shutdownGraceMs);
      if (!isDrained) logger.warn({ requests: inflight.count }, 'requests were cut off');
      app.server.closeAllConnections();
      await closed;
      await release();
      logger.info('stopped');
    },
    release,
  };
}

async function openParts(config: Config, overrides: Overrides, issuer: () => string): Promise<ServerParts> {
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

function tlsOf({ server }: Config): { cert: string; key: string } | undefined {
  if (server.tlsCertFile === undefined || server.tlsKeyFile === undefined) return undefined;
  return { cert: readFileSync(server.tlsCertFile, 'utf8'), key: readFileSync(server.tlsKeyFile, 'utf8') };
}
