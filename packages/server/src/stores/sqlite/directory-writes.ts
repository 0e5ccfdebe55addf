/** The writer's side of tenants, users, access keys and clients. Each method answers whether its row was written. */

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Status } from '../../core/directory.ts';
import type { AccessKeyRow, ClientRow, TenantRow, UserRow } from './operations.ts';

export class DirectoryWrites {
  readonly #insertTenant: StatementSync;
  readonly #insertUser: StatementSync;
  readonly #insertAccessKey: StatementSync;
  readonly #insertClient: StatementSync;
  readonly #setTenantStatus: StatementSync;
  readonly #setUser: StatementSync;
  readonly #setAccessKeyStatus: StatementSync;
  readonly #setClientStatus: StatementSync;

  constructor(db: DatabaseSync) {
    this.#insertTenant = db.prepare(
      'INSERT INTO tenants (id, name, status, created_at_ms) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
    );
    this.#insertUser = db.prepare(
      `INSERT INTO users (tenant, id, name, status, policy, created_at_ms)
       VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (tenant, id) DO NOTHING`,
    );
    this.#insertAccessKey = db.prepare(
      `INSERT INTO access_keys
         (id, tenant, user_id, status, sealed_secret, security_token_hash, expires_at_ms, created_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    );
    this.#insertClient = db.prepare(
      `INSERT INTO clients (id, tenant, name, status, secret_hash, permissions, created_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    );
    this.#setTenantStatus = db.prepare('UPDATE tenants SET status = ? WHERE id = ?');
    this.#setUser = db.prepare(
      'UPDATE users SET status = coalesce(?, status), policy = coalesce(?, policy) WHERE tenant = ? AND id = ?',
    );
    this.#setAccessKeyStatus = db.prepare('UPDATE access_keys SET status = ? WHERE id = ?');
    this.#setClientStatus = db.prepare('UPDATE clients SET status = ? WHERE id = ?');
  }

  createTenant(row: TenantRow): boolean {
    return this.#insertTenant.run(...row).changes === 1;
  }

  createUser(row: UserRow): boolean {
    return this.#insertUser.run(...row).changes === 1;
  }

  createAccessKey(row: AccessKeyRow): boolean {
    return this.#insertAccessKey.run(...row).changes === 1;
  }

  createClient(row: ClientRow): boolean {
    return this.#insertClient.run(...row).changes === 1;
  }

  setTenantStatus(id: string, status: Status): boolean {
    return this.#setTenantStatus.run(status, id).changes === 1;
  }

  setUser(tenant: string, id: string, status: Status | null, policy: string | null): boolean {
    return this.#setUser.run(status, policy, tenant, id).changes === 1;
  }

  setAccessKeyStatus(id: string, status: Status): boolean {
    return this.#setAccessKeyStatus.run(status, id).changes === 1;
  }

  setClientStatus(id: string, status: Status): boolean {
    return this.#setClientStatus.run(status, id).changes === 1;
  }
}
