/** Clients and resources in SQLite. */

import type { DirectoryStore } from '../../service/ports.ts';
import { clientChangeRow, clientColumns, clientRow, readClient } from './client-row.ts';
import { encodeCursor, textCursor } from './cursor.ts';
import type { GrantCache } from './grant-cache.ts';
import { fillPage } from './page.ts';
import { Query } from './query.ts';
import type { WriteQueue } from './queue.ts';
import type { Reader } from './reader.ts';
import { readResource, resourceChangeRow, resourceColumns, resourceRow } from './resource-row.ts';
import { eventRow } from './rows.ts';
import type { Watermarks } from './watermarks.ts';

/** The statements, each named by what it finds. */
export const clientQueries = {
  client: `SELECT ${clientColumns} FROM clients WHERE id = ?`,
  clients: `SELECT ${clientColumns} FROM clients WHERE id > ? ORDER BY id`,
  clientsOfTenant: `SELECT ${clientColumns} FROM clients WHERE tenant = ? AND dialect = ? AND id > ? ORDER BY id`,
  resource: `SELECT ${resourceColumns} FROM resources WHERE tenant = ? AND id = ?`,
  resources: `SELECT ${resourceColumns} FROM resources WHERE (tenant, id) > (?, ?) ORDER BY tenant, id`,
  resourcesOfTenant: `SELECT ${resourceColumns} FROM resources WHERE tenant = ? AND id > ? ORDER BY id`,
} as const;

export type ClientStore = Pick<
  DirectoryStore,
  | 'createClient'
  | 'findClient'
  | 'setClient'
  | 'deleteClient'
  | 'listClients'
  | 'createResource'
  | 'findResource'
  | 'setResource'
  | 'deleteResource'
  | 'listResources'
>;

export function createClientStore(
  queue: WriteQueue,
  reader: Reader,
  watermarks: Watermarks,
  cache: GrantCache,
): ClientStore {
  const query = {
    client: new Query(reader.db, clientQueries.client),
    clients: new Query(reader.db, clientQueries.clients),
    clientsOfTenant: new Query(reader.db, clientQueries.clientsOfTenant),
    resource: new Query(reader.db, clientQueries.resource),
    resources: new Query(reader.db, clientQueries.resources),
    resourcesOfTenant: new Query(reader.db, clientQueries.resourcesOfTenant),
  };

  return {
    createClient: (client, event) => queue.submit(['createClient', clientRow(client), eventRow(event)]),

    findClient: (id) =>
      reader.read(() => {
        const row = query.client.one(id);
        return row && readClient(row);
      }),

    setClient: (id, change, event) => queue.submit(['setClient', id, clientChangeRow(change), eventRow(event)]),

    deleteClient: async (id, nowMs, event) => {
      const tenant = await queue.submit(['deleteClient', id, nowMs, eventRow(event)]);
      if (tenant === null) return false;
      watermarks.raise('client', tenant, id, nowMs);
      cache.clear();
      return true;
    },

    listClients: ({ tenant, dialect }, page) =>
      reader.read(() => {
        const [after = ''] = textCursor(page.after, 1) ?? [];
        return fillPage(page, {
          rows:
            tenant === undefined || dialect === undefined
              ? query.clients.each(after)
              : query.clientsOfTenant.each(tenant, dialect, after),
          read: readClient,
          matches: (client) =>
            (tenant ?? client.tenant) === client.tenant && (dialect ?? client.dialect) === client.dialect,
          cursorOf: (client) => encodeCursor(client.id),
        });
      }),

    createResource: (resource, event) => queue.submit(['createResource', resourceRow(resource), eventRow(event)]),

    findResource: (tenant, id) =>
      reader.read(() => {
        const row = query.resource.one(tenant, id);
        return row && readResource(row);
      }),

    setResource: (tenant, id, change, event) =>
      queue.submit(['setResource', tenant, id, resourceChangeRow(change), eventRow(event)]),

    deleteResource: (tenant, id, event) => queue.submit(['deleteResource', tenant, id, eventRow(event)]),

    listResources: ({ tenant }, page) =>
      reader.read(() => {
        const [afterTenant = '', after = ''] = textCursor(page.after, 2) ?? [];
        return fillPage(page, {
          rows:
            tenant === undefined
              ? query.resources.each(afterTenant, after)
              : query.resourcesOfTenant.each(tenant, after),
          read: readResource,
          matches: () => true,
          cursorOf: (resource) => encodeCursor(resource.tenant, resource.id),
        });
      }),
  };
}
