/** Every table and column that the migrations make is explained in docs/storage-schema.md, under a heading of its name. */

import { DatabaseSync } from 'node:sqlite';
import { headings, tableRows } from '../markdown.ts';

export type Columns = ReadonlyMap<string, readonly string[]>;

/** Tables with their columns after all migrations. */
export function tablesOf(migrations: readonly string[]): Columns {
  const db = new DatabaseSync(':memory:');
  try {
    for (const sql of migrations) db.exec(sql);
    const names = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all();
    const columns = db.prepare('SELECT name FROM pragma_table_info(?)');
    return new Map(
      names.map(({ name }) => [String(name), columns.all(String(name)).map((column) => String(column.name))]),
    );
  } finally {
    db.close();
  }
}

export function compareStorage(doc: string, tables: Columns): string[] {
  if (tables.size === 0) return ['the migrations make no table'];
  const rows = tableRows(doc);
  const titles = new Set(headings(doc).map((title) => title.replaceAll('`', '')));
  const problems: string[] = [];
  for (const [table, columns] of tables) {
    if (!titles.has(table)) {
      problems.push(`docs/storage-schema.md: no heading for table ${table}`);
      continue;
    }
    const written = rows.filter(({ heading }) => heading === table).map(({ name }) => name);
    for (const column of columns) {
      const times = written.filter((name) => name === column).length;
      if (times !== 1) problems.push(`docs/storage-schema.md: ${table}.${column} needs one row and has ${times}`);
    }
    for (const name of written) {
      if (!columns.includes(name)) problems.push(`docs/storage-schema.md: ${table} has no column ${name}`);
    }
  }
  for (const heading of new Set(rows.map((row) => row.heading))) {
    if (!tables.has(heading)) problems.push(`docs/storage-schema.md: columns under "${heading}", which is no table`);
  }
  return problems;
}
