/** Brings a database up to the newest migration, each in one transaction. */

import type { DatabaseSync } from 'node:sqlite';
import { type Migration, migrations } from './migrations.ts';

/** A newer Hufu has written this database: this one does not know what it would break. */
export class SchemaTooNew extends Error {
  override readonly name = 'SchemaTooNew';

  constructor(found: number, known: number) {
    super(
      `the database is at schema ${found}, and this version of Hufu knows schemas up to ${known}: use a newer Hufu`,
    );
  }
}

/** @returns how many steps were taken. */
export function migrate(db: DatabaseSync, steps: readonly Migration[] = migrations): number {
  const known = steps.at(-1)?.number ?? 0;
  const found = schemaOf(db);
  if (found > known) throw new SchemaTooNew(found, known);
  const missing = steps.filter((step) => step.number > found);
  for (const step of missing) take(db, step);
  return missing.length;
}

export function schemaOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.user_version);
}

function take(db: DatabaseSync, step: Migration): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    db.exec(step.sql);
    db.exec(`PRAGMA user_version = ${step.number}`);
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
