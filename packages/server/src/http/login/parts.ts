/** What the login's routes need, and what the operator has set for them. */

import type { FastifyRequest } from 'fastify';
import type { Registry } from '../../dialects/registry.ts';
import type { AuthorizeParts } from '../../service/authorize.ts';
import type { RequestContext } from '../../service/context.ts';
import type { LogInOptions, LogInParts } from '../../service/log-in.ts';
import type { Sealing } from '../../service/ports.ts';
import type { Inflight } from '../inflight.ts';
import type { Metrics } from '../metrics.ts';
import type { RequestLog } from '../request-log.ts';
import type { FormCheck } from './forgery.ts';

export interface LoginOptions extends LogInOptions {
  /** How long a page may stay open before its form is over. */
  readonly handleLifetimeSeconds: number;
  /** Whose users `/login` means where nothing names a tenant. */
  readonly defaultTenant?: string | undefined;
  readonly bodyLimitBytes: number;
  /** In UTF-16 units. */
  readonly nameLimitCharacters: number;
  readonly passwordLimitCharacters: number;
  /** Longest query of an authorization request; it travels in a URL, sealed, at 4/3 of its size. */
  readonly queryLimitBytes: number;
  /** Whether browsers reach the server by TLS, so that cookies may be `Secure`. */
  readonly isSecure: boolean;
  /** Origin of `server.publicUrl`: a proxy may have put another Host. */
  readonly publicOrigin: string | undefined;
}

export interface LoginParts {
  readonly registry: Registry;
  readonly logIn: LogInParts;
  readonly authorize: AuthorizeParts;
  readonly sealing: Sealing;
  readonly formCheck: FormCheck;
  readonly options: LoginOptions;
  readonly contextOf: (request: FastifyRequest) => RequestContext;
  readonly monotonicMs: () => number;
  readonly inflight: Inflight;
  readonly metrics: Metrics;
  readonly requestLog: RequestLog;
  readonly isClosing: () => boolean;
}
