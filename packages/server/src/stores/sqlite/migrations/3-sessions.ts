/** People who log in, applications of every kind, codes, consents. */

import type { Migration } from '../migrations.ts';

export const sessions: Migration = {
  number: 3,
  name: 'sessions',
  sql: `
    ALTER TABLE users ADD COLUMN login_name TEXT;
    ALTER TABLE users ADD COLUMN password_hash TEXT;
    ALTER TABLE users ADD COLUMN role TEXT NOT NULL DEFAULT 'user';
    ALTER TABLE users ADD COLUMN profile TEXT NOT NULL
      DEFAULT '{"nickName":"","avatar":"","driveId":"","sandboxDriveId":"","data":"{}"}';
    ALTER TABLE users ADD COLUMN first_login_at_ms INTEGER;
    CREATE UNIQUE INDEX users_by_login ON users (tenant, login_name) WHERE login_name IS NOT NULL;

    -- Made anew, because a column cannot lose its NOT NULL: a public client has no secret.
    ALTER TABLE clients RENAME TO resource_servers;
    CREATE TABLE clients (
      id TEXT NOT NULL PRIMARY KEY,
      tenant TEXT NOT NULL,
      name TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('enabled', 'disabled')),
      created_at_ms INTEGER NOT NULL,
      dialect TEXT NOT NULL,
      type TEXT NOT NULL,
      authentication TEXT NOT NULL,
      secret_hash TEXT,
      keys TEXT NOT NULL,
      grant_types TEXT NOT NULL,
      redirect_uris TEXT NOT NULL,
      requires_pkce INTEGER NOT NULL,
      scopes TEXT NOT NULL,
      is_third_party INTEGER NOT NULL,
      rotates INTEGER NOT NULL,
      retry_window_seconds INTEGER,
      permissions TEXT NOT NULL,
      resources TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    -- Those that there were ask about tokens, and get none.
    INSERT INTO clients
      SELECT id, tenant, name, status, created_at_ms, 'oauth', 'resource_server', 'client_secret', secret_hash,
        '[]', '[]', '[]', 1, '[]', 0, 1, NULL, permissions, '[]'
      FROM resource_servers;
    DROP TABLE resource_servers;

    CREATE TABLE resources (
      tenant TEXT NOT NULL REFERENCES tenants (id),
      id TEXT NOT NULL,
      name TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('enabled', 'disabled')),
      access_tokens TEXT NOT NULL CHECK (access_tokens IN ('jwt', 'opaque')),
      scopes TEXT NOT NULL,
      created_at_ms INTEGER NOT NULL,
      PRIMARY KEY (tenant, id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE codes (
      hash TEXT NOT NULL PRIMARY KEY,
      dialect TEXT NOT NULL,
      tenant TEXT NOT NULL,
      subject TEXT NOT NULL,
      client_id TEXT NOT NULL,
      redirect_uri TEXT NOT NULL,
      code_challenge TEXT,
      scope TEXT,
      audience TEXT,
      issued_at_ms INTEGER NOT NULL,
      expires_at_ms INTEGER NOT NULL,
      redeemed_by BLOB CHECK (length(redeemed_by) = 16)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX codes_by_end ON codes (expires_at_ms);

    CREATE TABLE login_attempts (
      key TEXT NOT NULL PRIMARY KEY,
      failures INTEGER NOT NULL,
      last_at_ms INTEGER NOT NULL,
      blocked_until_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX login_attempts_by_last ON login_attempts (last_at_ms);

    CREATE TABLE consents (
      tenant TEXT NOT NULL,
      subject TEXT NOT NULL,
      client_id TEXT NOT NULL REFERENCES clients (id),
      scope TEXT NOT NULL,
      granted_at_ms INTEGER NOT NULL,
      PRIMARY KEY (tenant, subject, client_id),
      FOREIGN KEY (tenant, subject) REFERENCES users (tenant, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX consents_by_client ON consents (client_id);
  `,
};
