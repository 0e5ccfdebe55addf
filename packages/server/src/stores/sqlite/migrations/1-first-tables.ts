/** Tenants, users, access keys, grants, watermarks, the audit log and keys. */

import type { Migration } from '../migrations.ts';

export const firstTables: Migration = {
  number: 1,
  name: 'first tables',
  sql: `
    CREATE TABLE tenants (
      id TEXT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('enabled', 'disabled')),
      created_at_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE users (
      tenant TEXT NOT NULL REFERENCES tenants (id),
      id TEXT NOT NULL,
      name TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('enabled', 'disabled')),
      policy TEXT NOT NULL,
      created_at_ms INTEGER NOT NULL,
      PRIMARY KEY (tenant, id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE access_keys (
      id TEXT NOT NULL PRIMARY KEY,
      tenant TEXT NOT NULL,
      user_id TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('enabled', 'disabled')),
      sealed_secret BLOB NOT NULL,
      security_token_hash TEXT,
      expires_at_ms INTEGER,
      created_at_ms INTEGER NOT NULL,
      FOREIGN KEY (tenant, user_id) REFERENCES users (tenant, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX access_keys_by_user ON access_keys (tenant, user_id);
    CREATE INDEX access_keys_by_end ON access_keys (expires_at_ms) WHERE expires_at_ms IS NOT NULL;

    -- No reference to tenants: a client of the tenant * may ask about every tenant's grants.
    CREATE TABLE clients (
      id TEXT NOT NULL PRIMARY KEY,
      tenant TEXT NOT NULL,
      name TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('enabled', 'disabled')),
      secret_hash TEXT NOT NULL,
      permissions TEXT NOT NULL,
      created_at_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE grants (
      id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
      dialect TEXT NOT NULL,
      tenant TEXT NOT NULL,
      subject TEXT NOT NULL,
      access_key_id TEXT,
      client_id TEXT,
      issued_at_ms INTEGER NOT NULL,
      expires_at_ms INTEGER NOT NULL,
      renew_by_ms INTEGER NOT NULL,
      access_token_lifetime_seconds INTEGER NOT NULL,
      revoked_at_ms INTEGER,
      generation INTEGER NOT NULL,
      rotated_at_ms INTEGER,
      successor_seen INTEGER NOT NULL,
      use_count INTEGER NOT NULL,
      last_used_at_ms INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX grants_by_subject ON grants (tenant, subject);
    CREATE INDEX grants_by_end ON grants (expires_at_ms);
    CREATE INDEX grants_by_client ON grants (client_id) WHERE client_id IS NOT NULL;

    CREATE TABLE watermarks (
      level TEXT NOT NULL CHECK (level IN ('tenant', 'subject', 'client', 'access_key')),
      tenant TEXT NOT NULL,
      key TEXT NOT NULL,
      not_before_ms INTEGER NOT NULL,
      PRIMARY KEY (level, tenant, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE audit_blocks (
      number INTEGER NOT NULL PRIMARY KEY,
      first_at_ms INTEGER NOT NULL,
      last_at_ms INTEGER NOT NULL,
      hash TEXT NOT NULL,
      lines TEXT NOT NULL
    ) STRICT;

    CREATE TABLE audit_anchor (
      chain TEXT NOT NULL PRIMARY KEY,
      number INTEGER NOT NULL,
      hash TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO audit_anchor (chain, number, hash) VALUES ('main', 0, '${'0'.repeat(64)}');

    CREATE TABLE signing_keys (
      position INTEGER NOT NULL PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      use TEXT NOT NULL,
      algorithm TEXT NOT NULL CHECK (algorithm IN ('HS256', 'RS256', 'ES256')),
      sealed BLOB NOT NULL,
      public_jwk TEXT,
      created_at_ms INTEGER NOT NULL,
      active_from_ms INTEGER NOT NULL,
      retires_at_ms INTEGER,
      drops_at_ms INTEGER
    ) STRICT;

    CREATE TABLE settings (
      name TEXT NOT NULL PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
