/** The fields that several routes share, with their bounds. */

import { z } from 'zod';
import type { Page, PageAsk } from '../../service/ports.ts';

/** Ids that an operator may choose: safe in a path, a header and a policy's resource. */
export const identifier = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/,
    'allowed: 1 to 64 of A-Z a-z 0-9 . _ @ -, beginning with a letter or digit',
  );

/**
 * Ids of subjects and clients that come from the dialects' words: they may be freer than those that an operator chooses.
 */
export const anyId = z.string().min(1).max(256);

/** Characters that could forge a line in a terminal, or that nobody sees. */
const visible = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+$/u;

/** @param maximum length, in UTF-16 units. */
export const visibleText = (maximum: number) =>
  z.string().min(1).max(maximum).regex(visible, 'allowed: no control or invisible characters');

/** A name for people. */
export const displayName = visibleText(128);

export const status = z.enum(['enabled', 'disabled']);

/** An instant on the wire: ISO 8601 in UTC, with milliseconds. */
export const instant = z.iso.datetime();

export const iso = (atMs: number): string => new Date(atMs).toISOString();
export const isoOrNull = (atMs: number | undefined): string | null => (atMs === undefined ? null : iso(atMs));

/** An instant in a query: ISO 8601 with any offset; milliseconds inside. */
export const instantAsk = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** A list that names nothing twice. */
export const listOf = <Item extends z.ZodType>(item: Item, maximum: number) =>
  z
    .array(item)
    .max(maximum)
    .refine((list) => new Set(list).size === list.length, 'allowed: each of them once');

/** What a deletion answers beside the names of what is gone. */
export const deleted = z.literal('deleted');

export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ description: 'Rows at most' }),
  after: z.string().min(1).max(1024).optional().meta({ description: '`next` of the page before' }),
};

export const pageOf = (query: { readonly limit: number; readonly after?: string | undefined }): PageAsk => ({
  limit: query.limit,
  after: query.after,
});

export const pageShape = <Row extends z.ZodType>(row: Row) =>
  z.object({
    rows: z.array(row),
    next: z.string().nullable().meta({ description: 'For `after`; null on the last page' }),
  });

export const pageView = <Row, View>({ rows, next }: Page<Row>, view: (row: Row) => View) => ({
  rows: rows.map(view),
  next: next ?? null,
});
