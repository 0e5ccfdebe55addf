/** What both logins give: one row for each region that the user may use, and the platform's own. */

import { disabledStatus, platformRegion } from './facts.ts';

export interface RegionRow {
  readonly clusterName: string;
  readonly clusterId: string;
  /** `null` (doc): the user may use the region, but the account is disabled there until it is topped up. */
  readonly token: string | null;
}

export const isPlatform = ({ clusterId }: Pick<RegionRow, 'clusterId'>): boolean =>
  clusterId === platformRegion.clusterId;

/** `data` of a login: members as printed, and the platform's row last, where the sample has it. */
export function loginData(rows: readonly RegionRow[]): RegionRow[] {
  const ordered = [...rows.filter((row) => !isPlatform(row)), ...rows.filter(isPlatform)];
  return ordered.map(({ clusterName, clusterId, token }) => ({ clusterName, clusterId, token }));
}

/**
 * Reads `data` of a login; `undefined` where it is none. Rows may come in any order. An id may be a number, and an empty
 * token is none: other servers that speak this answer so (client).
 */
export function readLoginData(data: unknown): RegionRow[] | undefined {
  if (!Array.isArray(data)) return undefined;
  const rows: RegionRow[] = [];
  for (const entry of data) {
    const row = readRow(entry);
    if (!row) return undefined;
    rows.push(row);
  }
  return rows;
}

function readRow(value: unknown): RegionRow | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { clusterName, clusterId, token = null } = value as Record<string, unknown>;
  if (typeof clusterName !== 'string') return undefined;
  if (typeof clusterId !== 'string' && !Number.isSafeInteger(clusterId)) return undefined;
  if (token !== null && typeof token !== 'string') return undefined;
  return { clusterName, clusterId: String(clusterId), token: token || null };
}

/** Whether a token is worth using. doc: a printed row of a disabled account has a token where the rule wants `null`. */
export const isUsableAccount = (accountStatus: string): boolean => accountStatus !== disabledStatus;
