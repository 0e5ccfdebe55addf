/** Tenants, users, access keys and clients in SQLite. */

import type { DirectoryStore } from '../../service/ports.ts';
import { encodeCursor, textCursor } from './cursor.ts';
import { readAccessKey, readClient, readTenant, readUser } from './directory-rows.ts';
import { fillPage } from './page.ts';
import { Query } from './query.ts';
import type { WriteQueue } from './queue.ts';
import type { Reader } from './reader.ts';
import { accessKeyRow, clientRow, eventRow, tenantRow, userRow } from './rows.ts';

const tenantColumns = 'id, name, status, created_at_ms';
const userColumns = 'tenant, id, name, status, policy, created_at_ms';
const accessKeyColumns =
  'id, tenant, user_id, status, sealed_secret, security_token_hash, expires_at_ms, created_at_ms';
const clientColumns = 'id, tenant, name, status, secret_hash, permissions, created_at_ms';

const of = (table: string, columns: string): string => columns.replaceAll(/\w+/g, `${table}.$&`);

/** The statements, each named by what it finds. */
export const directoryQueries = {
  tenant: `SELECT ${tenantColumns} FROM tenants WHERE id = ?`,
  tenants: `SELECT ${tenantColumns} FROM tenants WHERE id > ? ORDER BY id`,
  user: `SELECT ${userColumns} FROM users WHERE tenant = ? AND id = ?`,
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
  client: `SELECT ${clientColumns} FROM clients WHERE id = ?`,
  clients: `SELECT ${clientColumns} FROM clients WHERE id > ? ORDER BY id`,
} as const;

export function createDirectoryStore(queue: WriteQueue, reader: Reader): DirectoryStore {
  const query = {
    tenant: new Query(reader.db, directoryQueries.tenant),
    tenants: new Query(reader.db, directoryQueries.tenants),
    user: new Query(reader.db, directoryQueries.user),
    users: new Query(reader.db, directoryQueries.users),
    usersOfTenant: new Query(reader.db, directoryQueries.usersOfTenant),
    accessKeyHolder: new Query(reader.db, directoryQueries.accessKeyHolder),
    accessKeys: new Query(reader.db, directoryQueries.accessKeys),
    accessKeysOfUser: new Query(reader.db, directoryQueries.accessKeysOfUser),
    client: new Query(reader.db, directoryQueries.client),
    clients: new Query(reader.db, directoryQueries.clients),
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

    setUser: (tenant, id, { status, policy }, event) => {
      const policyText = policy === undefined ? null : JSON.stringify(policy);
      return queue.submit(['setUser', tenant, id, status ?? null, policyText, eventRow(event)]);
    },

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
        return (
          row && { accessKey: readAccessKey(row), user: readUser(row.slice(8)), tenant: readTenant(row.slice(14)) }
        );
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

    createClient: (client, event) => queue.submit(['createClient', clientRow(client), eventRow(event)]),

    findClient: (id) =>
      reader.read(() => {
        const row = query.client.one(id);
        return row && readClient(row);
      }),

    setClientStatus: (id, status, event) => queue.submit(['setClientStatus', id, status, eventRow(event)]),

    listClients: ({ tenant }, page) =>
      reader.read(() => {
        const [after = ''] = textCursor(page.after, 1) ?? [];
        return fillPage(page, {
          rows: query.clients.each(after),
          read: readClient,
          matches: (client) => (tenant ?? client.tenant) === client.tenant,
          cursorOf: (client) => encodeCursor(client.id),
        });
      }),
  };
}
