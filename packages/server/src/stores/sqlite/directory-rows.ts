/** Reads the rows of the directory's tables. */

import type { AccessKey, Client, ClientPermission, Tenant, User } from '../../core/directory.ts';
import type { PermissionPolicy } from '../../core/permission.ts';
import type { SqlRow } from './query.ts';
import { bytes, integer, integerOrNone, status, text, textOrNone } from './values.ts';

export const readTenant = ([id, name, standing, createdAtMs]: SqlRow): Tenant => ({
  id: text(id),
  name: text(name),
  status: status(standing),
  createdAtMs: integer(createdAtMs),
});

export const readUser = ([tenant, id, name, standing, policy, createdAtMs]: SqlRow): User => ({
  tenant: text(tenant),
  id: text(id),
  name: text(name),
  status: status(standing),
  // Written by `userRow` from a value of this type, and by nobody else.
  policy: JSON.parse(text(policy)) as PermissionPolicy,
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

export const readClient = ([id, tenant, name, standing, secretHash, permissions, createdAtMs]: SqlRow): Client => ({
  id: text(id),
  tenant: text(tenant),
  name: text(name),
  status: status(standing),
  secretHash: text(secretHash),
  // Written by `clientRow` from a value of this type, and by nobody else.
  permissions: JSON.parse(text(permissions)) as readonly ClientPermission[],
  createdAtMs: integer(createdAtMs),
});
