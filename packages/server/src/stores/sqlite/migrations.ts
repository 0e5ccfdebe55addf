/**
 * The steps that lead from an empty file to today's tables. A step that was released is never changed; a new one is added.
 * Every table and column is explained in docs/storage-schema.md.
 */

import { firstTables } from './migrations/1-first-tables.ts';
import { rotation } from './migrations/2-rotation.ts';
import { sessions } from './migrations/3-sessions.ts';
import { regions } from './migrations/4-regions.ts';

export interface Migration {
  /** 1, 2, 3 …; the database keeps the last one in `PRAGMA user_version`. */
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

export const migrations: readonly Migration[] = [firstTables, rotation, sessions, regions];
