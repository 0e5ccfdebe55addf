/** The writer's look at the watermarks, inside the transaction that decides over a grant or a code. */

import type { DatabaseSync } from 'node:sqlite';
import type { Grant } from '../../core/grant.ts';
import { Query } from './query.ts';
import { integer } from './values.ts';

/** What a watermark may stand over. */
export type Watermarked = Pick<Grant, 'tenant' | 'subject' | 'clientId' | 'accessKeyId'>;

/** Tenant of a client that belongs to none in particular: a watermark of it is over its grants of every tenant. */
export const everyTenant = '*';

/** A column that is compared with NULL matches no row: a grant without a client is under no client's watermark. */
export const notBeforeSql = `
  SELECT coalesce(max(not_before_ms), 0) FROM watermarks WHERE (level, tenant, key) IN
    (VALUES ('tenant', ?1, ''), ('subject', ?1, ?2), ('client', ?1, ?3), ('client', '${everyTenant}', ?3),
      ('access_key', ?1, ?4))`;

export class NotBefore {
  readonly #newest;

  constructor(db: DatabaseSync) {
    this.#newest = new Query(db, notBeforeSql);
  }

  /** Newest watermark; 0 where there is none. */
  over({ tenant, subject, clientId, accessKeyId }: Watermarked): number {
    return integer(this.#newest.one(tenant, subject, clientId ?? null, accessKeyId ?? null)?.[0]);
  }
}
