/** The composition root: the one file that knows everyone. Builds a server from its configuration. */

import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { attemptsKeptSeconds, loginSettings } from './config/login.ts';
import type { Config } from './config/schema.ts';
import { adminTokenText } from './config/secrets.ts';
import { configView } from './config/view.ts';
import { requestId } from './core/ids.ts';
import { urlOf } from './http/address.ts';
import { buildHttp } from './http/build.ts';
import { hashing } from './keys/hashing.ts';
import { type Overrides, openParts, type ServerParts } from './server-parts.ts';
import { adminTokenCheck } from './service/admin-token.ts';
import { purge } from './service/purge.ts';
import type { TokenCheck } from './service/token-check.ts';
import { startUpkeep } from './service/upkeep.ts';
import { version } from './version.ts';

export type { Overrides, ServerParts } from './server-parts.ts';

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
    auditsRenewals: config.audit.renewals,
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

function tlsOf({ server }: Config): { cert: string; key: string } | undefined {
  if (server.tlsCertFile === undefined || server.tlsKeyFile === undefined) return undefined;
  return { cert: readFileSync(server.tlsCertFile, 'utf8'), key: readFileSync(server.tlsKeyFile, 'utf8') };
}
