/** The writer's side of tenants, users and access keys. Each method answers whether its row was written. */

import type { DatabaseSync } from 'node:sqlite';
import type { Status } from '../../core/directory.ts';
import type { AccessKeyRow, TenantRow } from './operations.ts';
import { type UserChangeRow, type UserRow, userColumns } from './user-row.ts';

export class DirectoryWrites {
  readonly #insertTenant;
  readonly #setTenantStatus;
  readonly #insertUser;
  readonly #setUser;
  readonly #deleteUser;
  readonly #markFirstLogin;
  readonly #insertAccessKey;
  readonly #setAccessKeyStatus;
  readonly #deleteAccessKeysOfUser;

  constructor(db: DatabaseSync) {
    this.#insertTenant = db.prepare(
      'INSERT INTO tenants (id, name, status, created_at_ms) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
    );
    this.#setTenantStatus = db.prepare('UPDATE tenants SET status = ? WHERE id = ?');
    // Any conflict: the id of another user, or the login name.
    this.#insertUser = db.prepare(
      `INSERT INTO users (${userColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    );
    this.#setUser = db.prepare(
      `UPDATE users SET name = coalesce(?, name), status = coalesce(?, status), policy = coalesce(?, policy),
         login_name = coalesce(?, login_name), password_hash = coalesce(?, password_hash), role = coalesce(?, role),
         profile = coalesce(?, profile)
       WHERE tenant = ? AND id = ?`,
    );
    this.#deleteUser = db.prepare('DELETE FROM users WHERE tenant = ? AND id = ?');
    this.#markFirstLogin = db.prepare(
      'UPDATE users SET first_login_at_ms = ? WHERE tenant = ? AND id = ? AND first_login_at_ms IS NULL',
    );
    this.#insertAccessKey = db.prepare(
      `INSERT INTO access_keys
         (id, tenant, user_id, status, sealed_secret, security_token_hash, expires_at_ms, created_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    );
    this.#setAccessKeyStatus = db.prepare('UPDATE access_keys SET status = ? WHERE id = ?');
    this.#deleteAccessKeysOfUser = db.prepare('DELETE FROM access_keys WHERE tenant = ? AND user_id = ?');
  }

  createTenant(row: TenantRow): boolean {
    return this.#insertTenant.run(...row).changes === 1;
  }

  setTenantStatus(id: string, status: Status): boolean {
    return this.#setTenantStatus.run(status, id).changes === 1;
  }

  createUser(row: UserRow): boolean {
    return this.#insertUser.run(...row).changes === 1;
  }

  setUser(tenant: string, id: string, change: UserChangeRow): boolean {
    return this.#setUser.run(...change, tenant, id).changes === 1;
  }

  /** With its access keys. Its consents go before it. */
  deleteUser(tenant: string, id: string): boolean {
    this.#deleteAccessKeysOfUser.run(tenant, id);
    return this.#deleteUser.run(tenant, id).changes === 1;
  }

  markFirstLogin(tenant: string, id: string, nowMs: number): boolean {
    return this.#markFirstLogin.run(nowMs, tenant, id).changes === 1;
  }

  createAccessKey(row: AccessKeyRow): boolean {
    return this.#insertAccessKey.run(...row).changes === 1;
  }

  setAccessKeyStatus(id: string, status: Status): boolean {
    return this.#setAccessKeyStatus.run(status, id).changes === 1;
  }
}
