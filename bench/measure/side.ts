/** One of the two servers of the growth measurement, and what it is asked. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpRequest } from '../load/load.ts';
import { createTicket, refreshToken } from '../requests/sls.ts';
import { countGrants } from '../targets/grants.ts';
import type { HufuTarget, Installation } from '../targets/installation.ts';

export const operations = ['CreateTicket', 'RefreshToken'] as const;
export type Operation = (typeof operations)[number];

export interface SideAsk {
  readonly installation: Installation;
  /** Presented in rotation by RefreshToken. */
  readonly tickets: readonly string[];
}

export interface Side extends AsyncDisposable {
  readonly hufu: HufuTarget;
  readonly folder: string;
  readonly tickets: readonly string[];
  readonly grants: number;
}

/** Longer than a window, so that no purge falls into it. */
const ticketSeconds = 3;

/** Ended grants go at once: with the defaults they would stay for a day. */
const environment = { HUFU_PURGE_INTERVAL_SECONDS: '1', HUFU_PURGE_GRACE_SECONDS: '0' };

export async function serveSide({ installation, tickets }: SideAsk): Promise<Side> {
  const { folder } = installation;
  const grants = countGrants(folder);
  const hufu = await installation.serve({ environment });
  return { hufu, folder, tickets, grants, [Symbol.asyncDispose]: () => hufu[Symbol.asyncDispose]() };
}

/** @param host of the server that is asked: the floor gets the same requests. */
export function requestsOf(operation: Operation, { hufu, tickets }: Side, host: string): readonly HttpRequest[] {
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
export async function purged({ folder, grants }: Side): Promise<void> {
  for (const endMs = Date.now() + longestPurgeMs; Date.now() < endMs; await sleep(lookAgainMs)) {
    if (countGrants(folder) <= grants) return;
  }
  throw new Error(`ended grants were not purged within ${longestPurgeMs} ms`);
}
