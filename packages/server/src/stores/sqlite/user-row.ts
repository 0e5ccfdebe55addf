/** A row of `users`, for the reader and the writer alike. */

import type { Status, User, UserChange, UserProfile } from '../../core/directory.ts';
import type { PermissionPolicy } from '../../core/permission.ts';
import type { SqlRow } from './query.ts';
import { integer, integerOrNone, status, text, textOrNone } from './values.ts';

export const userColumns = `tenant, id, name, status, policy, created_at_ms, login_name, password_hash, role, profile,
  first_login_at_ms`;

export const userColumnCount = 11;

/** In the order of `userColumns`. */
export type UserRow = readonly [
  tenant: string,
  id: string,
  name: string,
  status: Status,
  policy: string,
  createdAtMs: number,
  loginName: string | null,
  passwordHash: string | null,
  role: string,
  profile: string,
  firstLoginAtMs: number | null,
];

/** `null` leaves the column as it is. */
export type UserChangeRow = readonly [
  name: string | null,
  status: Status | null,
  policy: string | null,
  loginName: string | null,
  passwordHash: string | null,
  role: string | null,
  profile: string | null,
];

export const userRow = (user: User): UserRow => [
  user.tenant,
  user.id,
  user.name,
  user.status,
  JSON.stringify(user.policy),
  user.createdAtMs,
  user.loginName ?? null,
  user.passwordHash ?? null,
  user.role,
  JSON.stringify(user.profile),
  user.firstLoginAtMs ?? null,
];

export const userChangeRow = (change: UserChange): UserChangeRow => [
  change.name ?? null,
  change.status ?? null,
  change.policy === undefined ? null : JSON.stringify(change.policy),
  change.loginName ?? null,
  change.passwordHash ?? null,
  change.role ?? null,
  change.profile === undefined ? null : JSON.stringify(change.profile),
];

export const readUser = (row: SqlRow): User => ({
  tenant: text(row[0]),
  id: text(row[1]),
  name: text(row[2]),
  status: status(row[3]),
  // These two were written above from values of their types, and by nobody else but the default of the migration.
  policy: JSON.parse(text(row[4])) as PermissionPolicy,
  createdAtMs: integer(row[5]),
  loginName: textOrNone(row[6]),
  passwordHash: textOrNone(row[7]),
  role: text(row[8]),
  profile: JSON.parse(text(row[9])) as UserProfile,
  firstLoginAtMs: integerOrNone(row[10]),
});
