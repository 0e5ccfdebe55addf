/** Fills one page of a list from a scan that is already in order, looking at a bounded number of rows. */

import type { Page, PageAsk } from '../../service/ports.ts';
import { maxPageRows, maxScannedRows } from './limits.ts';
import type { SqlRow } from './query.ts';

export interface Scan<Row> {
  readonly rows: Iterable<SqlRow>;
  readonly read: (row: SqlRow) => Row;
  /** What the scan's own condition leaves open. */
  readonly matches: (row: Row) => boolean;
  readonly cursorOf: (row: Row) => string;
}

export const pageRows = ({ limit }: PageAsk): number => Math.min(Math.max(1, limit), maxPageRows);

/** @param mostScanned rows that it looks at before it leaves the rest to the next page. */
export function fillPage<Row>(
  ask: PageAsk,
  { rows, read, matches, cursorOf }: Scan<Row>,
  mostScanned = maxScannedRows,
): Page<Row> {
  const most = pageRows(ask);
  const page: Row[] = [];
  let scanned = 0;
  let next: string | undefined;
  for (const sqlRow of rows) {
    // A row beyond the page, or beyond what one page may look at, is the only proof that there is more.
    if (page.length === most || scanned === mostScanned) return { rows: page, next };
    const row = read(sqlRow);
    if (matches(row)) page.push(row);
    scanned++;
    next = cursorOf(row);
  }
  return { rows: page, next: undefined };
}
