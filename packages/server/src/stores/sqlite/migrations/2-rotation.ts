/** What a grant that rotates is bound to, and assertions that may be used once. */

import type { Migration } from '../migrations.ts';

export const rotation: Migration = {
  number: 2,
  name: 'rotation',
  sql: `
    ALTER TABLE grants ADD COLUMN binding TEXT;
    ALTER TABLE grants ADD COLUMN scope TEXT;
    ALTER TABLE grants ADD COLUMN audience TEXT;
    ALTER TABLE grants ADD COLUMN idempotency_key_hash TEXT;

    CREATE TABLE assertions (
      issuer TEXT NOT NULL,
      jti_hash TEXT NOT NULL,
      until_ms INTEGER NOT NULL,
      PRIMARY KEY (issuer, jti_hash)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX assertions_by_end ON assertions (until_ms);
  `,
};
