/** Reads the rows of tenants and access keys. */

import type { AccessKey, Tenant } from '../../core/directory.ts';
import type { SqlRow } from './query.ts';
import { bytes, integer, integerOrNone, status, text, textOrNone } from './values.ts';

export const readTenant = ([id, name, standing, createdAtMs]: SqlRow): Tenant => ({
  id: text(id),
  name: text(name),
  status: status(standing),
  createdAtMs: integer(createdAtMs),
});

export const readAccessKey = (row: SqlRow): AccessKey => ({
  id: text(row[0]),
  tenant: text(row[1]),
  userId: text(row[2]),
  status: status(row[3]),
  sealedSecret: bytes(row[4]),
  securityTokenHash: textOrNone(row[5]),
  expiresAtMs: integerOrNone(row[6]),
  createdAtMs: integer(row[7]),
});
