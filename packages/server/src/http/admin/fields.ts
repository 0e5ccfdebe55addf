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

/** A name for people: no control or invisible characters, which could forge a line in a terminal. */
export const displayName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+$/u, 'allowed: no control or invisible characters');

export const status = z.enum(['enabled', 'disabled']);

/** An instant on the wire: ISO 8601 in UTC, with milliseconds. */
export const instant = z.iso.datetime();

export const iso = (atMs: number): string => new Date(atMs).toISOString();
export const isoOrNull = (atMs: number | undefined): string | null => (atMs === undefined ? null : iso(atMs));

/** An instant in a query: ISO 8601 with any offset; milliseconds inside. */
export const instantAsk = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

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
