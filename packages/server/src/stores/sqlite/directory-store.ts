/** Tenants, users and access keys in SQLite. */

import type { DirectoryStore } from '../../service/ports.ts';
import type { ClientStore } from './client-store.ts';
import { encodeCursor, textCursor } from './cursor.ts';
import { readAccessKey, readTenant } from './directory-rows.ts';
import type { GrantCache } from './grant-cache.ts';
import { fillPage } from './page.ts';
import { Query } from './query.ts';
import type { WriteQueue } from './queue.ts';
import type { Reader } from './reader.ts';
import { accessKeyRow, eventRow, tenantRow } from './rows.ts';
import { readUser, userChangeRow, userColumnCount, userColumns, userRow } from './user-row.ts';
import type { Watermarks } from './watermarks.ts';

const tenantColumns = 'id, name, status, created_at_ms';
const accessKeyColumns =
  'id, tenant, user_id, status, sealed_secret, security_token_hash, expires_at_ms, created_at_ms';

const accessKeyColumnCount = 8;

const of = (table: string, columns: string): string => columns.replaceAll(/\w+/g, `${table}.$&`);

/** The statements, each named by what it finds. */
export const directoryQueries = {
  tenant: `SELECT ${tenantColumns} FROM tenants WHERE id = ?`,
  tenants: `SELECT ${tenantColumns} FROM tenants WHERE id > ? ORDER BY id`,
  user: `SELECT ${userColumns} FROM users WHERE tenant = ? AND id = ?`,
  userByLogin: `SELECT ${userColumns} FROM users WHERE tenant = ? AND login_name = ?`,
  users: `SELECT ${userColumns} FROM users WHERE (tenant, id) > (?, ?) ORDER BY tenant, id`,
  usersOfTenant: `SELECT ${userColumns} FROM users WHERE tenant = ? AND id > ? ORDER BY id`,
  accessKeyHolder: `
    SELECT ${of('access_keys', accessKeyColumns)}, ${of('users', userColumns)}, ${of('tenants', tenantColumns)}
    FROM access_keys
    JOIN users ON users.tenant = access_keys.tenant AND users.id = access_keys.user_id
    JOIN tenants ON tenants.id = access_keys.tenant
    WHERE access_keys.id = ?`,
  accessKeys: `SELECT ${accessKeyColumns} FROM access_keys WHERE id > ? ORDER BY id`,
  accessKeysOfUser: `SELECT ${accessKeyColumns} FROM access_keys WHERE tenant = ? AND user_id = ? AND id > ? ORDER BY id`,
} as const;

export function createDirectoryStore(
  queue: WriteQueue,
  reader: Reader,
  watermarks: Watermarks,
  cache: GrantCache,
): Omit<DirectoryStore, keyof ClientStore> {
  const query = {
    tenant: new Query(reader.db, directoryQueries.tenant),
    tenants: new Query(reader.db, directoryQueries.tenants),
    user: new Query(reader.db, directoryQueries.user),
    userByLogin: new Query(reader.db, directoryQueries.userByLogin),
    users: new Query(reader.db, directoryQueries.users),
    usersOfTenant: new Query(reader.db, directoryQueries.usersOfTenant),
    accessKeyHolder: new Query(reader.db, directoryQueries.accessKeyHolder),
    accessKeys: new Query(reader.db, directoryQueries.accessKeys),
    accessKeysOfUser: new Query(reader.db, directoryQueries.accessKeysOfUser),
  };

  return {
    createTenant: (tenant, event) => queue.submit(['createTenant', tenantRow(tenant), eventRow(event)]),

    findTenant: (id) =>
      reader.read(() => {
        const row = query.tenant.one(id);
        return row && readTenant(row);
      }),

    setTenantStatus: (id, status, event) => queue.submit(['setTenantStatus', id, status, eventRow(event)]),

    listTenants: (page) =>
      reader.read(() => {
        const [after = ''] = textCursor(page.after, 1) ?? [];
        return fillPage(page, {
          rows: query.tenants.each(after),
          read: readTenant,
          matches: () => true,
          cursorOf: (tenant) => encodeCursor(tenant.id),
        });
      }),

    createUser: (user, event) => queue.submit(['createUser', userRow(user), eventRow(event)]),

    findUser: (tenant, id) =>
      reader.read(() => {
        const row = query.user.one(tenant, id);
        return row && readUser(row);
      }),

    findUserByLogin: (tenant, loginName) =>
      reader.read(() => {
        const row = query.userByLogin.one(tenant, loginName);
        return row && readUser(row);
      }),

    setUser: (tenant, id, change, event) =>
      queue.submit(['setUser', tenant, id, userChangeRow(change), eventRow(event)]),

    deleteUser: async (tenant, id, nowMs, event) => {
      const isGone = await queue.submit(['deleteUser', tenant, id, nowMs, eventRow(event)]);
      if (isGone) {
        watermarks.raise('subject', tenant, id, nowMs);
        cache.clear();
      }
      return isGone;
    },

    markFirstLogin: (tenant, id, nowMs) => queue.submit(['markFirstLogin', tenant, id, nowMs]),

    listUsers: ({ tenant }, page) =>
      reader.read(() => {
        const [afterTenant = '', after = ''] = textCursor(page.after, 2) ?? [];
        return fillPage(page, {
          rows: tenant === undefined ? query.users.each(afterTenant, after) : query.usersOfTenant.each(tenant, after),
          read: readUser,
          matches: () => true,
          cursorOf: (user) => encodeCursor(user.tenant, user.id),
        });
      }),

    createAccessKey: (accessKey, event) => queue.submit(['createAccessKey', accessKeyRow(accessKey), eventRow(event)]),

    findAccessKey: (id) =>
      reader.read(() => {
        const row = query.accessKeyHolder.one(id);
        if (!row) return undefined;
        const user = row.slice(accessKeyColumnCount);
        return { accessKey: readAccessKey(row), user: readUser(user), tenant: readTenant(user.slice(userColumnCount)) };
      }),

    setAccessKeyStatus: (id, status, event) => queue.submit(['setAccessKeyStatus', id, status, eventRow(event)]),

    listAccessKeys: ({ tenant, userId }, page) =>
      reader.read(() => {
        const [after = ''] = textCursor(page.after, 1) ?? [];
        return fillPage(page, {
          rows:
            tenant === undefined || userId === undefined
              ? query.accessKeys.each(after)
              : query.accessKeysOfUser.each(tenant, userId, after),
          read: readAccessKey,
          matches: (key) => (tenant ?? key.tenant) === key.tenant && (userId ?? key.userId) === key.userId,
          cursorOf: (key) => encodeCursor(key.id),
        });
      }),
  };
}
