/** The writer's side of regions and accounts. Each method answers whether its row was written. */

import type { DatabaseSync } from 'node:sqlite';
import { type AccountRow, accountColumns, type RegionChangeRow, type RegionRow, regionColumns } from './region-row.ts';

export class RegionWrites {
  readonly #insert;
  readonly #set;
  readonly #delete;
  readonly #saveAccount;
  readonly #deleteAccount;
  readonly #deleteAccountsOfUser;
  readonly #deleteAccountsOfRegion;

  constructor(db: DatabaseSync) {
    this.#insert = db.prepare(
      `INSERT INTO regions (${regionColumns}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    );
    this.#set = db.prepare(
      `UPDATE regions SET name = coalesce(?, name), description = coalesce(?, description),
         status = coalesce(?, status), services = coalesce(?, services)
       WHERE id = ?`,
    );
    this.#delete = db.prepare('DELETE FROM regions WHERE id = ?');
    this.#saveAccount = db.prepare(
      `INSERT INTO region_accounts (${accountColumns}) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET account = excluded.account, home_path = excluded.home_path, status = excluded.status`,
    );
    this.#deleteAccount = db.prepare('DELETE FROM region_accounts WHERE tenant = ? AND user_id = ? AND region_id = ?');
    this.#deleteAccountsOfUser = db.prepare('DELETE FROM region_accounts WHERE tenant = ? AND user_id = ?');
    this.#deleteAccountsOfRegion = db.prepare('DELETE FROM region_accounts WHERE region_id = ?');
  }

  create(row: RegionRow): boolean {
    return this.#insert.run(...row).changes === 1;
  }

  set(id: string, change: RegionChangeRow): boolean {
    return this.#set.run(...change, id).changes === 1;
  }

  /** With its accounts. */
  delete(id: string): boolean {
    this.#deleteAccountsOfRegion.run(id);
    return this.#delete.run(id).changes === 1;
  }

  saveAccount(row: AccountRow): void {
    this.#saveAccount.run(...row);
  }

  deleteAccount(tenant: string, userId: string, regionId: string): boolean {
    return this.#deleteAccount.run(tenant, userId, regionId).changes === 1;
  }

  deleteAccountsOfUser(tenant: string, userId: string): void {
    this.#deleteAccountsOfUser.run(tenant, userId);
  }
}
