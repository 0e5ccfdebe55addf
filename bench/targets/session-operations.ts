/** What is measured of sessions, and what a server has to bring for it. The two RS256 operations are PDS where Hufu does them. */

import type { Traffic } from '../load/load.ts';
import type { Target } from './target.ts';

export const operationTitles = {
  refreshEs256: 'refresh, ES256',
  clientCredentials: 'client_credentials, ES256',
  introspectOpaque: 'introspection, opaque token',
  introspectJwt: 'introspection, ES256 at+jwt',
  refreshRs256: 'refresh, RS256',
  bearerRs256: 'jwt-bearer, RS256',
  renewScnet: 'SCNet renewal',
  loginScnet: 'SCNet login by AK/SK',
} as const;

export type SessionOperation = keyof typeof operationTitles;

// Its keys are exactly these.
export const sessionOperations = Object.keys(operationTitles) as readonly SessionOperation[];

export interface TrafficAsk {
  readonly connections: number;
  /** As many requests as a run can possibly send: an assertion is good once. */
  readonly mostRequests: number;
}

/** Hufu, or the peer in its place. */
export interface SessionServer extends Target {
  readonly name: string;
  readonly operations: readonly SessionOperation[];
  /** Fresh tokens and assertions for one run. */
  traffic(operation: SessionOperation, ask: TrafficAsk): Promise<Traffic>;
  /** Requests that it refused since its start, whatever the status of its answers: SCNet refuses with 200. */
  refusals(): Promise<number>;
}

/** Sessions for a load of so many connections: each has one under way, and as many wait. */
export const sessionsFor = ({ connections }: Pick<TrafficAsk, 'connections'>): number => 2 * connections;
