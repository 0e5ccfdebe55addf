/** Instants as other programs read them. */

/** RFC 3339 in UTC, without the fraction that some parsers do not take: `2026-11-22T09:00:00Z`. Never later than `atMs`. */
export const rfc3339 = (atMs: number): string =>
  new Date(Math.floor(atMs / 1000) * 1000).toISOString().replace('.000Z', 'Z');
