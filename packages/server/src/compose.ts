/** The composition root: the one file that knows everyone. Builds a server from its configuration. */

import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Logger, pino } from 'pino';
import type { Config } from './config/schema.ts';
import { adminTokenText, masterKeyText } from './config/secrets.ts';
import type { Reason } from './core/reasons.ts';
import { unixSeconds } from './core/time.ts';
import { createRegistry, type Registry } from './dialects/registry.ts';
import { createSlsDialect } from './dialects/sls/index.ts';
import { registerAdmin } from './http/admin/index.ts';
import { createApp } from './http/app.ts';
import { registerDialects } from './http/dialect-routes.ts';
import { createInflight } from './http/inflight.ts';
import type { Interceptor } from './http/interceptor.ts';
import { createMetrics } from './http/metrics.ts';
import { registerOperations } from './http/operation-routes.ts';
import { createRequestLog } from './http/request-log.ts';
import { registerTokenRoutes } from './http/token-routes.ts';
import { registerWellKnown } from './http/well-known.ts';
import { hashing } from './keys/hashing.ts';
import { masterKeyOf } from './keys/master.ts';
import { systemRandom } from './keys/random.ts';
import { type KeyRing, openKeyRing } from './keys/ring.ts';
import { createSealing } from './keys/sealing.ts';
import type { ClientCheck } from './service/authenticate-client.ts';
import type { RequestContext } from './service/context.ts';
import { type Credentials, createCredentials } from './service/credentials.ts';
import { execute, recordRefusal } from './service/execute.ts';
import { introspect } from './service/introspect.ts';
import type { Clock, Random, Sealing, Store } from './service/ports.ts';
import { purge } from './service/purge.ts';
import { revokeToken } from './service/revoke.ts';
import { startUpkeep } from './service/upkeep.ts';
import { createUsage, type Usage } from './service/usage.ts';
import { openSqliteStore } from './stores/sqlite/open.ts';
import { version } from './version.ts';

/** What the emulator puts in the place of the real thing. */
export interface Overrides {
  readonly clock?: Clock;
  readonly random?: Random;
  readonly interceptor?: Interceptor;
  /** Further routes inside the authenticated `/admin/v1`. */
  readonly extend?: (admin: FastifyInstance, parts: ServerParts) => void;
  readonly adminToken?: string;
  readonly masterKey?: string;
}

export interface ServerParts {
  readonly config: Config;
  readonly registry: Registry;
  readonly store: Store;
  readonly sealing: Sealing;
  readonly ring: KeyRing;
  readonly credentials: Credentials;
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
  /** Starts to listen; gives the URL. */
  listen(): Promise<string>;
  /** Stops taking requests, finishes those under way, writes everything out. */
  close(): Promise<void>;
}

const systemClock: Clock = { nowMs: () => Date.now() };

export async function composeServer(config: Config, overrides: Overrides = {}): Promise<Server> {
  const parts = await openParts(config, overrides);
  const { store, ring, usage, clock, random, logger, registry } = parts;
  const adminToken = overrides.adminToken ?? adminTokenText(config);
  const isAdminToken = tokenCheck(parts.sealing, adminToken);
  const monotonicMs = (): number => performance.now();
  const requestId = (nowMs: number): string => plainRequestId(nowMs, random);
  const inflight = createInflight(config.server.requestTimeoutMs, monotonicMs);
  const metrics = createMetrics(version);
  const status = { closing: false, url: '', purgeLagSeconds: 0, lostEvents: 0 };
  const isClosing = (): boolean => status.closing;
  // What nobody waits for: audit events of refusals and renewals. A store that fails is reported once a minute at most.
  const background = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => {
      if (status.lostEvents++ === 0) logger.error({ error: messageOf(error) }, 'audit event was not written');
    });
  };

  const { server } = config;
  const app = createApp({
    logger,
    registry,
    clock,
    requestId,
    isClosing,
    tls: tlsOf(config),
    trustProxy: server.trustProxy,
    requestTimeoutMs: server.requestTimeoutMs,
    headersTimeoutMs: server.headersTimeoutMs,
    keepAliveTimeoutMs: server.keepAliveTimeoutMs,
    maxHeaderBytes: server.maxHeaderBytes,
    maxConnections: server.maxConnections,
  });
  const remoteOf = server.trustProxy
    ? (request: FastifyRequest): string => request.ip
    : (request: FastifyRequest): string => request.raw.socket.remoteAddress ?? '';
  const contextOf = (request: FastifyRequest): RequestContext => ({
    requestId: request.id,
    nowMs: clock.nowMs(),
    remote: remoteOf(request),
  });
  const refused = (
    dialect: string,
    operation: string | undefined,
    reason: Reason,
    context: RequestContext,
    actor?: string,
  ) => recordRefusal({ store, background }, dialect, operation, reason, context, actor);

  const clientCheck: ClientCheck = { store, sealing: parts.sealing, hashing };
  const tokenParts = { clientCheck, store, signer: ring.signer, formats: registry.formats };
  const check = {
    credentials: parts.credentials,
    sealing: parts.sealing,
    hashing,
    requestsPerSecondPerAccessKey: config.limits.requestsPerSecondPerAccessKey,
  };
  const executeParts = { check, store, signer: ring.signer, random, usage, background };
  registerDialects(app, {
    registry,
    execute: (dialect, command, context) => execute(executeParts, dialect, command, context),
    refused: (dialect, reason, context) => refused(dialect.name, undefined, reason, context),
    clock,
    monotonicMs,
    random,
    inflight,
    metrics,
    requestLog: createRequestLog(logger, config.log.requests),
    remoteOf,
    isClosing,
    interceptor: overrides.interceptor,
  });
  registerTokenRoutes(app, {
    introspect: (proof, token, context) => introspect(tokenParts, proof, token, context),
    revoke: (proof, token, context) => revokeToken(tokenParts, proof, token, context),
    refused: (operation, reason, context, clientId) => refused('oauth', operation, reason, context, clientId),
    contextOf,
    metrics,
    monotonicMs,
  });
  registerWellKnown(app, { jwks: () => ring.jwks(), issuer: () => server.publicUrl ?? status.url });
  registerOperations(app, {
    metrics,
    notReady: async () => {
      if (status.closing) return 'shutting down';
      return store.ping().then(
        () => undefined,
        () => 'store',
      );
    },
    mayReadMetrics: (authorization) =>
      server.metricsAccess === 'open' || isAdminToken(authorization?.replace(/^Bearer /i, '') ?? ''),
  });
  registerAdmin(app, {
    ...parts,
    hashing,
    isAdminToken,
    contextOf,
    extend: overrides.extend && ((admin) => overrides.extend?.(admin, parts)),
  });

  metrics.gauge('hufu_store_pending', 'Writes that wait for the disk', () => store.pending);
  metrics.gauge('hufu_requests_in_flight', 'Requests under way', () => inflight.count);
  metrics.gauge('hufu_purge_lag_seconds', 'How far the purge is behind', () => status.purgeLagSeconds);
  metrics.gauge('hufu_audit_events_lost', 'Audit events that could not be written', () => status.lostEvents);

  const upkeep = startUpkeep(
    [
      {
        name: 'purge',
        everySeconds: config.purge.intervalSeconds,
        run: async () => {
          const options = { ...config.purge, auditRetentionSeconds: config.audit.retentionDays * 24 * 60 * 60 };
          status.purgeLagSeconds = (await purge(store, clock, options)).lagSeconds;
        },
      },
      { name: 'use counts', everySeconds: config.limits.usageFlushSeconds, run: () => usage.flush() },
      { name: 'keys', everySeconds: config.keys.refreshSeconds, run: () => ring.refresh() },
    ],
    (chore, error) => logger.error({ chore, error: messageOf(error) }, 'upkeep failed'),
  );
  const lifecycleEvent = (type: 'server.started' | 'server.stopped') => {
    const atMs = clock.nowMs();
    return store.appendAudit({ atMs, type, requestId: requestId(atMs), detail: version });
  };

  return {
    app,
    parts,
    config,
    adminToken,
    async listen() {
      await lifecycleEvent('server.started');
      await app.listen({ host: server.host, port: server.port });
      status.url = urlOf(app, config);
      logger.info({ url: status.url, version }, 'listening');
      return status.url;
    },
    async close() {
      if (status.closing) return;
      status.closing = true;
      const listening = app.server.listening;
      const closed = app.close();
      const drained = await inflight.drained(server.shutdownGraceMs);
      if (!drained) logger.warn({ requests: inflight.count }, 'requests were cut off');
      app.server.closeAllConnections();
      await closed;
      inflight.stop();
      await upkeep.stop();
      await usage.flush();
      if (listening) await lifecycleEvent('server.stopped');
      await store.close();
      logger.info('stopped');
    },
  };
}

async function openParts(config: Config, overrides: Overrides): Promise<ServerParts> {
  const clock = overrides.clock ?? systemClock;
  const random = overrides.random ?? systemRandom;
  const registry = createRegistry(config.sls.enabled ? [createSlsDialect(config.sls)] : []);
  const sealing = createSealing(masterKeyOf(overrides.masterKey ?? masterKeyText(config)), random);
  const store = await openSqliteStore({
    folder: config.data.dir,
    maxPending: config.data.maxPendingWrites,
    maxBatch: config.data.maxBatchWrites,
  });
  try {
    const ring = await openKeyRing({ store, sealing, clock, random, uses: keyUses(config) });
    return {
      config,
      registry,
      store,
      sealing,
      ring,
      credentials: createCredentials(store, sealing, config.limits.cachedAccessKeys),
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

/** The slots of the key ring: who signs what, and how long a token of each may live. */
const keyUses = (config: Config) =>
  [
    { use: 'sls', algorithm: 'HS256', publishAheadSeconds: 0, longestTokenSeconds: config.sls.ticketMaximumSeconds },
    {
      use: 'oauth',
      algorithm: 'ES256',
      publishAheadSeconds: config.keys.publishAheadSeconds,
      longestTokenSeconds: 24 * 60 * 60,
    },
  ] as const;

/** Compares keyed hashes, so that neither length nor content of the token shows in the time it takes. */
function tokenCheck(sealing: Sealing, token: string | undefined): (presented: string) => boolean {
  if (token === undefined) return () => false;
  const expected = sealing.keyedHash(token, 'admin_token');
  return (presented) => hashing.equal(sealing.keyedHash(presented, 'admin_token'), expected);
}

/** 24 upper-case digits, the first 8 of them the second: sortable, and the same everywhere. */
const plainRequestId = (nowMs: number, random: Random): string =>
  (unixSeconds(nowMs).toString(16).padStart(8, '0') + random.hex(16)).toUpperCase();

function tlsOf({ server }: Config): { cert: string; key: string } | undefined {
  if (server.tlsCertFile === undefined || server.tlsKeyFile === undefined) return undefined;
  return { cert: readFileSync(server.tlsCertFile, 'utf8'), key: readFileSync(server.tlsKeyFile, 'utf8') };
}

function urlOf(app: FastifyInstance, config: Config): string {
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.server.port;
  const host = config.server.host.includes(':') ? `[${config.server.host}]` : config.server.host;
  return `${config.server.tlsCertFile === undefined ? 'http' : 'https'}://${host}:${port}`;
}

const messageOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : 'unknown');
