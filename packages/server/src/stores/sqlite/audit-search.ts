/** Reads the audit log newest first, line by line, looking at a bounded stretch of it for one page. */

import type { DatabaseSync } from 'node:sqlite';
import type { AuditFilter, Page, PageAsk } from '../../service/ports.ts';
import { encodeCursor, integerCursor } from './cursor.ts';
import { maxScannedAuditCharacters, maxScannedBlocks } from './limits.ts';
import { pageRows } from './page.ts';
import { Query } from './query.ts';
import { integer, text } from './values.ts';

/** Blocks of a span of numbers, those outside the span of time passed over without reading their lines. */
export const searchSql = `
  SELECT number, lines FROM audit_blocks
  WHERE number BETWEEN ? AND ? AND last_at_ms >= ? AND first_at_ms < ? ORDER BY number DESC`;

export interface SearchBounds {
  /** Blocks that one page looks at. */
  readonly blocks: number;
  /** Characters of their lines that it reads; the block that passes the bound is read to its end. */
  readonly characters: number;
}

const defaultBounds: SearchBounds = { blocks: maxScannedBlocks, characters: maxScannedAuditCharacters };

export class AuditSearch {
  readonly #bounds;
  readonly #blocks;
  readonly #ends;

  constructor(db: DatabaseSync, bounds: SearchBounds = defaultBounds) {
    this.#bounds = bounds;
    this.#blocks = new Query(db, searchSql);
    this.#ends = new Query(db, 'SELECT coalesce(min(number), 1), coalesce(max(number), 0) FROM audit_blocks');
  }

  page(filter: AuditFilter, ask: PageAsk): Page<string> {
    const ends = this.#ends.one();
    const oldest = integer(ends?.[0]);
    const newest = integer(ends?.[1]);
    // A cursor names a block, and how many of its lines are still to come.
    const [named = newest, linesLeft] = integerCursor(ask.after, 2) ?? [];
    const from = Math.min(named, newest);
    const downTo = Math.max(oldest, from - this.#bounds.blocks + 1);
    const fromMs = filter.fromMs ?? Number.MIN_SAFE_INTEGER;
    const untilMs = filter.untilMs ?? Number.MAX_SAFE_INTEGER;

    const most = pageRows(ask);
    const page: string[] = [];
    let read = 0;
    for (const row of this.#blocks.each(downTo, from, fromMs, untilMs)) {
      const number = integer(row[0]);
      const block = text(row[1]);
      if (read >= this.#bounds.characters) return { rows: page, next: encodeCursor(number, Number.MAX_SAFE_INTEGER) };
      read += block.length;
      if (!mayHold(block, filter)) continue;
      const lines = block.split('\n');
      const start = number === from && linesLeft !== undefined ? Math.min(linesLeft, lines.length) : lines.length;
      for (let at = start - 1; at >= 0; at--) {
        const line = lines[at];
        if (line === undefined || !matches(line, filter, fromMs, untilMs)) continue;
        if (page.length === most) return { rows: page, next: encodeCursor(number, at + 1) };
        page.push(line);
      }
    }
    return { rows: page, next: downTo > oldest ? encodeCursor(downTo - 1, Number.MAX_SAFE_INTEGER) : undefined };
  }
}

/** Whether the text holds every word that is looked for, as JSON writes it: spares most blocks and lines their parsing. */
const mayHold = (lines: string, { type, grantId, requestId }: AuditFilter): boolean =>
  [type, grantId, requestId].every((word) => word === undefined || lines.includes(JSON.stringify(word)));

function matches(line: string, filter: AuditFilter, fromMs: number, untilMs: number): boolean {
  if (!mayHold(line, filter)) return false;
  const event: Record<string, unknown> = JSON.parse(line);
  return (
    typeof event.at === 'number' &&
    event.at >= fromMs &&
    event.at < untilMs &&
    (filter.type ?? event.type) === event.type &&
    (filter.grantId ?? event.grantId) === event.grantId &&
    (filter.requestId ?? event.requestId) === event.requestId
  );
}
