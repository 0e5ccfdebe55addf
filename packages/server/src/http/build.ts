/** Assembles everything that is served: dialects, token endpoints, discovery, administration, operation. */

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { requestId } from '../core/ids.ts';
import type { Hashing } from '../core/proof.ts';
import type { Registry } from '../dialects/registry.ts';
import type { Administration } from '../service/administration.ts';
import type { SignatureCheck } from '../service/authenticate-signature.ts';
import type { RequestContext } from '../service/context.ts';
import { execute, recordRefusal } from '../service/execute.ts';
import type { People } from '../service/people.ts';
import type { Assertions, Clock, Passwords, Random, RefreshTokens, Signer, Store } from '../service/ports.ts';
import type { Resources } from '../service/resources.ts';
import { createSightings } from '../service/sightings.ts';
import { describeToken, type TokenCheck } from '../service/token-check.ts';
import type { Usage } from '../service/usage.ts';
import { registerAdmin } from './admin/index.ts';
import type { AdminParts } from './admin/parts.ts';
import { type AppOptions, createApp } from './app.ts';
import { registerDialects } from './dialect-routes.ts';
import { createInflight, type Inflight } from './inflight.ts';
import { registerLogin } from './login/index.ts';
import type { LoginOptions } from './login/parts.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { registerOperations } from './operation-routes.ts';
import { registerPreflights } from './preflight.ts';
import { createRequestLog } from './request-log.ts';
import { registerWellKnown, type WellKnownParts } from './well-known.ts';

type FromAdmin = 'ring' | 'isAdminToken' | 'configView' | 'moreRoutes' | 'version';

export interface HttpParts extends Administration, WellKnownParts, Pick<AdminParts, FromAdmin> {
  readonly options: Omit<AppOptions, 'logger' | 'frameworkLogger' | 'registry' | 'clock' | 'requestId' | 'isClosing'>;
  readonly store: Store;
  readonly registry: Registry;
  readonly signer: Signer;
  readonly hashing: Hashing;
  readonly check: SignatureCheck;
  readonly people: People;
  readonly resources: Resources;
  readonly assertions: Assertions;
  readonly refreshTokens: RefreshTokens;
  readonly passwords: Passwords;
  readonly login: LoginOptions;
  readonly usage: Usage;
  readonly auditsRenewals: boolean;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly loggedRequests: 'errors' | 'all' | 'none';
  readonly openMetrics: boolean;
  /** Sees the app before it has routes. A production server has nobody who does. */
  readonly watch: ((app: FastifyInstance) => void) | undefined;
  readonly isClosing: () => boolean;
}

export interface Http {
  readonly checkToken: (token: string, type: string) => Promise<TokenCheck>;
  readonly app: FastifyInstance;
  readonly inflight: Inflight;
  readonly metrics: Metrics;
}

export function buildHttp(parts: HttpParts): Http {
  const { store, registry, hashing, sealing, clock, random, logger, options, isAdminToken, isClosing } = parts;
  const monotonicMs = (): number => performance.now();
  const inflight = createInflight(options.requestTimeoutMs, monotonicMs);
  const metrics = createMetrics(parts.version);
  const requestLog = createRequestLog(logger, parts.loggedRequests);
  const newRequestId = (nowMs: number): string => requestId(nowMs, random.hex(16));
  // What Fastify says below a warning, such as its own line on listening, stands in ours already.
  const frameworkLogger = logger.child({}, { level: logger.isLevelEnabled('warn') ? 'warn' : logger.level });
  const app = createApp({ ...options, logger, frameworkLogger, registry, clock, requestId: newRequestId, isClosing });
  parts.watch?.(app);
  const background = lossReporter(metrics, logger);

  const remoteOf = options.trustProxy
    ? (request: FastifyRequest): string => request.ip
    : (request: FastifyRequest): string => request.raw.socket.remoteAddress ?? '';
  const contextOf = (request: FastifyRequest): RequestContext => ({
    requestId: request.id,
    nowMs: clock.nowMs(),
    remote: remoteOf(request),
  });
  const { people, assertions } = parts;
  const commandParts = {
    ...parts,
    formats: registry.formats,
    clientCheck: { people, store, sealing, hashing, assertions, callersClock: parts.check.callersClock },
    passwordCheck: { store, people, passwords: parts.passwords, sealing, options: parts.login, background },
    sightings: createSightings(store, background),
    background,
  };
  registerDialects(app, {
    registry,
    execute: (command, context) => execute(commandParts, command, context),
    refused: (dialect, reason, context) =>
      recordRefusal({ store, background }, dialect.name, undefined, reason, context),
    clock,
    monotonicMs,
    random,
    inflight,
    metrics,
    requestLog,
    remoteOf,
    isClosing,
  });

  registerPreflights(app, registry);
  registerLogin(app, {
    registry,
    logIn: { ...commandParts, options: parts.login },
    authorize: commandParts,
    sealing,
    formCheck: { sealing, hashing, publicOrigin: parts.login.publicOrigin },
    options: parts.login,
    contextOf,
    monotonicMs,
    inflight,
    metrics,
    requestLog,
    isClosing,
  });
  registerWellKnown(app, parts);
  registerOperations(app, {
    metrics,
    notReady: async () =>
      isClosing()
        ? 'shutting down'
        : store.ping().then(
            () => undefined,
            () => 'store',
          ),
    mayReadMetrics: (authorization) => parts.openMetrics || isAdminToken(authorization?.replace(/^Bearer /i, '') ?? ''),
  });
  registerAdmin(app, {
    ...parts,
    startedAtMs: clock.nowMs(),
    contextOf,
    background,
    reportFailure: requestLog.failure,
  });

  metrics.gauge('hufu_store_pending', 'Writes that wait for the disk', () => store.pending);
  metrics.gauge('hufu_requests_in_flight', 'Requests under way', () => inflight.count);
  const checkToken: Http['checkToken'] = (token, type) => describeToken(commandParts, token, type, clock.nowMs());
  return { app, inflight, metrics, checkToken };
}

/** For writes that nobody waits for: counts those that fail, and logs the first of them. */
function lossReporter(metrics: Metrics, logger: Logger): (work: Promise<unknown>) => void {
  let lost = 0;
  metrics.gauge('hufu_audit_events_lost', 'Audit events that could not be written', () => lost);
  return (work) => {
    work.catch((error: unknown) => {
      if (lost++ > 0) return;
      logger.error({ error: error instanceof Error ? error.message : 'unknown' }, 'audit event was not written');
    });
  };
}
