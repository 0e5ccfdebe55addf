/** Rows for people: aligned columns, two spaces between them. */

import { displayWidth, padDisplay, printable } from './display-width.ts';
import type { TerminalIo } from './io.ts';
import { paint } from './paint.ts';

export interface Column<Row> {
  readonly title: string;
  readonly of: (row: Row) => string;
}

export function table<Row>(
  io: Pick<TerminalIo, 'stdout'>,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): string {
  const cells = rows.map((row) => columns.map((column) => printable(column.of(row))));
  const widths = columns.map(({ title }, at) =>
    Math.max(displayWidth(title), ...cells.map((row) => displayWidth(row[at] ?? ''))),
  );
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, at) => padDisplay(text, widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  const head = paint(io, 'bold', line(columns.map(({ title }) => title)));
  return [head, ...cells.map(line)].join('\n');
}

/** Names and values of one thing, one a line. */
export function listing(
  io: Pick<TerminalIo, 'stdout'>,
  entries: readonly (readonly [name: string, value: string])[],
): string {
  const width = Math.max(...entries.map(([name]) => displayWidth(name)));
  return entries
    .map(([name, value]) => `${paint(io, 'bold', padDisplay(name, width))}  ${printable(value)}`)
    .join('\n');
}
