/**
 * One of the two servers of the growth of tickets, and what it is asked. Tickets that the measurement creates live for
 * seconds and are purged before the next window: each window starts with the stated number of grants.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpRequest } from '../load/load.ts';
import { createTicket, refreshToken } from '../requests/sls.ts';
import { countGrants } from '../targets/grants.ts';
import type { HufuTarget, Installation } from '../targets/installation.ts';
import type { Side } from './growth.ts';

export const operations = ['CreateTicket', 'RefreshToken'] as const;
export type Operation = (typeof operations)[number];

export interface TicketSide extends AsyncDisposable {
  of(operation: Operation): Side;
}

/** Longer than a window, so that no purge falls into it. */
const ticketSeconds = 3;

/** Ended grants go at once: with the defaults they would stay for a day. */
const environment = { HUFU_PURGE_INTERVAL_SECONDS: '1', HUFU_PURGE_GRACE_SECONDS: '0' };

/** @param tickets presented in rotation by RefreshToken. */
export async function serveTicketSide(installation: Installation, tickets: readonly string[]): Promise<TicketSide> {
  const { folder } = installation;
  const grants = countGrants(folder);
  const hufu = await installation.serve({ environment });
  return {
    of: (operation) => ({
      target: hufu,
      grants,
      ready: () => purged(folder, grants),
      trafficFor: (host) => ({ kind: 'rotation', requests: requestsOf(operation, hufu, tickets, host) }),
    }),
    [Symbol.asyncDispose]: () => hufu[Symbol.asyncDispose](),
  };
}

function requestsOf(
  operation: Operation,
  hufu: HufuTarget,
  tickets: readonly string[],
  host: string,
): readonly HttpRequest[] {
  const caller = { ...hufu.caller, host };
  switch (operation) {
    case 'CreateTicket':
      return [createTicket(caller, 'v1', ticketSeconds)];
    case 'RefreshToken':
      return tickets.map((ticket) => refreshToken(caller, 'v1', ticket));
  }
}

const longestPurgeMs = 60_000;
const lookAgainMs = 100;

/** Settles when the tickets of earlier windows are gone. */
async function purged(folder: string, grants: number): Promise<void> {
  for (const endMs = Date.now() + longestPurgeMs; Date.now() < endMs; await sleep(lookAgainMs)) {
    if (countGrants(folder) <= grants) return;
  }
  throw new Error(`ended grants were not purged within ${longestPurgeMs} ms`);
}
