/** Regions and accounts in SQLite. */

import type { RegionStore } from '../../service/ports.ts';
import { encodeCursor, textCursor } from './cursor.ts';
import { maxPageRows } from './limits.ts';
import { fillPage } from './page.ts';
import { Query } from './query.ts';
import type { WriteQueue } from './queue.ts';
import type { Reader } from './reader.ts';
import {
  accountColumns,
  accountRow,
  readMembership,
  readRegion,
  regionChangeRow,
  regionColumns,
  regionRow,
} from './region-row.ts';
import { eventRow } from './rows.ts';

const of = (table: string, columns: string): string => columns.replaceAll(/\w+/g, `${table}.$&`);

/** The statements, each named by what it finds. */
export const regionQueries = {
  region: `SELECT ${regionColumns} FROM regions WHERE id = ?`,
  regions: `SELECT ${regionColumns} FROM regions WHERE id > ? ORDER BY id`,
  memberships: `
    SELECT ${of('region_accounts', accountColumns)}, ${of('regions', regionColumns)}
    FROM region_accounts JOIN regions ON regions.id = region_accounts.region_id
    WHERE region_accounts.tenant = ? AND region_accounts.user_id = ?
    ORDER BY region_accounts.region_id LIMIT ${maxPageRows}`,
} as const;

export function createRegionStore(queue: WriteQueue, reader: Reader): RegionStore {
  const query = {
    region: new Query(reader.db, regionQueries.region),
    regions: new Query(reader.db, regionQueries.regions),
    memberships: new Query(reader.db, regionQueries.memberships),
  };

  return {
    createRegion: (region, event) => queue.submit(['createRegion', regionRow(region), eventRow(event)]),

    findRegion: (id) =>
      reader.read(() => {
        const row = query.region.one(id);
        return row && readRegion(row);
      }),

    setRegion: (id, change, event) => queue.submit(['setRegion', id, regionChangeRow(change), eventRow(event)]),

    deleteRegion: (id, event) => queue.submit(['deleteRegion', id, eventRow(event)]),

    listRegions: (page) =>
      reader.read(() => {
        const [after = ''] = textCursor(page.after, 1) ?? [];
        return fillPage(page, {
          rows: query.regions.each(after),
          read: readRegion,
          matches: () => true,
          cursorOf: (region) => encodeCursor(region.id),
        });
      }),

    saveAccount: (account, event) => queue.submit(['saveAccount', accountRow(account), eventRow(event)]),

    deleteAccount: (tenant, userId, regionId, event) =>
      queue.submit(['deleteAccount', tenant, userId, regionId, eventRow(event)]),

    memberships: (tenant, userId) => reader.read(() => query.memberships.all(tenant, userId).map(readMembership)),
  };
}
