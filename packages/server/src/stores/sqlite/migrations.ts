/**
 * The steps that lead from an empty file to today's tables. A step that was released is never changed; a new one is added.
 * Every table and column is explained in docs/storage-schema.md.
 */

export interface Migration {
  /** 1, 2, 3 …; the database keeps the last one in `PRAGMA user_version`. */
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

export const migrations: readonly Migration[] = [
  {
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
  },
  {
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
  },
  {
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
  },
];
