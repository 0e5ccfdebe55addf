/** Regions, and users’ accounts in them. */

import type { Migration } from '../migrations.ts';

export const regions: Migration = {
  number: 4,
  name: 'regions',
  sql: `
    CREATE TABLE regions (
      id TEXT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL,
      description TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('enabled', 'disabled')),
      services TEXT NOT NULL,
      created_at_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE region_accounts (
      tenant TEXT NOT NULL,
      user_id TEXT NOT NULL,
      region_id TEXT NOT NULL REFERENCES regions (id),
      account TEXT NOT NULL,
      home_path TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('Normal', 'Trial', 'Owe', 'Disable')),
      PRIMARY KEY (tenant, user_id, region_id),
      FOREIGN KEY (tenant, user_id) REFERENCES users (tenant, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX region_accounts_by_region ON region_accounts (region_id);

    -- For logins that name a tenant's user and no application.
    CREATE INDEX clients_by_tenant ON clients (tenant, dialect);
  `,
};
