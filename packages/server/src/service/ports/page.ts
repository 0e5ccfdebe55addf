/** Lists, page by page. */

export interface Page<Row> {
  /** May be fewer than were asked for, even none, before the last page: a page looks at a bounded number of rows. */
  readonly rows: readonly Row[];
  /** Where the next page starts; `undefined` on the last. Opaque to callers. */
  readonly next: string | undefined;
}

export interface PageAsk {
  /** 1 to 1000. */
  readonly limit: number;
  readonly after: string | undefined;
}
