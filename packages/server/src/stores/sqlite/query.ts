/** A prepared statement that gives rows as arrays, which cost half of what objects do. */

import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';

export type SqlRow = readonly SQLOutputValue[];

export class Query {
  readonly #statement: StatementSync;

  constructor(db: DatabaseSync, sql: string) {
    this.#statement = db.prepare(sql);
    this.#statement.setReturnArrays(true);
  }

  // The types of node:sqlite know rows as objects only; setReturnArrays makes them arrays.
  one(...values: SQLInputValue[]): SqlRow | undefined {
    return this.#statement.get(...values) as unknown as SqlRow | undefined;
  }

  all(...values: SQLInputValue[]): readonly SqlRow[] {
    return this.#statement.all(...values) as unknown as readonly SqlRow[];
  }

  each(...values: SQLInputValue[]): Iterable<SqlRow> {
    return this.#statement.iterate(...values) as unknown as Iterable<SqlRow>;
  }
}
