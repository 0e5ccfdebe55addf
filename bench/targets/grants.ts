/** Looks into a data folder: how many grants it holds, and how large it is. */

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Rows of grants that stand in the database, the ended ones that no purge has taken yet among them. */
export function countGrants(folder: string): number {
  const db = new DatabaseSync(join(folder, 'hufu.db'), { readOnly: true });
  try {
    return Number(db.prepare('SELECT count(*) AS grants FROM grants').get()?.grants);
  } finally {
    db.close();
  }
}

export const folderBytes = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
