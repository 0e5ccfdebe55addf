/** Rows of `regions` and `region_accounts`, for the reader and the writer alike. */

import type { Status } from '../../core/directory.ts';
import {
  type AccountStatus,
  accountStatuses,
  type Membership,
  type Region,
  type RegionAccount,
} from '../../core/region.ts';
import type { SqlRow } from './query.ts';
import { integer, status, text } from './values.ts';

export const regionColumns = 'id, name, description, status, services, created_at_ms';

/** In the order of `regionColumns`. */
export type RegionRow = readonly [
  id: string,
  name: string,
  description: string,
  status: Status,
  services: string,
  createdAtMs: number,
];

/** `null` leaves the column as it is. */
export type RegionChangeRow = readonly [
  name: string | null,
  description: string | null,
  status: Status | null,
  services: string | null,
];

export type RegionChange = Partial<Pick<Region, 'name' | 'description' | 'status' | 'services'>>;

export const regionRow = ({ id, name, description, status, services, createdAtMs }: Region): RegionRow => [
  id,
  name,
  description,
  status,
  services,
  createdAtMs,
];

export const regionChangeRow = ({ name, description, status, services }: RegionChange): RegionChangeRow => [
  name ?? null,
  description ?? null,
  status ?? null,
  services ?? null,
];

export const readRegion = (row: SqlRow): Region => ({
  id: text(row[0]),
  name: text(row[1]),
  description: text(row[2]),
  status: status(row[3]),
  services: text(row[4]),
  createdAtMs: integer(row[5]),
});

export const accountColumns = 'tenant, user_id, region_id, account, home_path, status';

/** In the order of `accountColumns`. */
export type AccountRow = readonly [
  tenant: string,
  userId: string,
  regionId: string,
  account: string,
  homePath: string,
  status: AccountStatus,
];

export const accountRow = ({ tenant, userId, regionId, account, homePath, status }: RegionAccount): AccountRow => [
  tenant,
  userId,
  regionId,
  account,
  homePath,
  status,
];

const accountColumnCount = 6;

/** An account with its region behind it. */
export const readMembership = (row: SqlRow): Membership => ({
  account: {
    tenant: text(row[0]),
    userId: text(row[1]),
    regionId: text(row[2]),
    account: text(row[3]),
    homePath: text(row[4]),
    status: accountStatus(row[5]),
  },
  region: readRegion(row.slice(accountColumnCount)),
});

function accountStatus(value: SqlRow[number] | undefined): AccountStatus {
  const found = accountStatuses.find((one) => one === value);
  if (found) return found;
  throw new TypeError('an account of a region has an unknown status');
}
