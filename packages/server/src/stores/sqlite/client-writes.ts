/** The writer's side of clients and resources. Each method answers whether its row was written. */

import type { DatabaseSync } from 'node:sqlite';
import { type ClientChangeRow, type ClientRow, clientColumns } from './client-row.ts';
import { Query } from './query.ts';
import { type ResourceChangeRow, type ResourceRow, resourceColumns } from './resource-row.ts';
import { text } from './values.ts';

export class ClientWrites {
  readonly #insertClient;
  readonly #setClient;
  readonly #deleteClient;
  readonly #insertResource;
  readonly #setResource;
  readonly #deleteResource;

  constructor(db: DatabaseSync) {
    this.#insertClient = db.prepare(
      `INSERT INTO clients (${clientColumns})
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    );
    this.#setClient = db.prepare(
      `UPDATE clients SET name = coalesce(?1, name), status = coalesce(?2, status),
         secret_hash = CASE WHEN ?3 = 1 THEN ?4 ELSE secret_hash END,
         keys = coalesce(?5, keys), redirect_uris = coalesce(?6, redirect_uris), scopes = coalesce(?7, scopes),
         is_third_party = coalesce(?8, is_third_party), rotates = coalesce(?9, rotates),
         retry_window_seconds = CASE WHEN ?9 IS NULL THEN retry_window_seconds ELSE ?10 END,
         permissions = coalesce(?11, permissions), resources = coalesce(?12, resources)
       WHERE id = ?13`,
    );
    this.#deleteClient = new Query(db, 'DELETE FROM clients WHERE id = ? RETURNING tenant');
    this.#insertResource = db.prepare(
      `INSERT INTO resources (${resourceColumns}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (tenant, id) DO NOTHING`,
    );
    this.#setResource = db.prepare(
      `UPDATE resources SET name = coalesce(?, name), status = coalesce(?, status),
         access_tokens = coalesce(?, access_tokens), scopes = coalesce(?, scopes)
       WHERE tenant = ? AND id = ?`,
    );
    this.#deleteResource = db.prepare('DELETE FROM resources WHERE tenant = ? AND id = ?');
  }

  createClient(row: ClientRow): boolean {
    return this.#insertClient.run(...row).changes === 1;
  }

  setClient(id: string, change: ClientChangeRow): boolean {
    return this.#setClient.run(...change, id).changes === 1;
  }

  /** @returns the tenant of the client that went. Its consents go before it. */
  deleteClient(id: string): string | undefined {
    const row = this.#deleteClient.one(id);
    return row && text(row[0]);
  }

  createResource(row: ResourceRow): boolean {
    return this.#insertResource.run(...row).changes === 1;
  }

  setResource(tenant: string, id: string, change: ResourceChangeRow): boolean {
    return this.#setResource.run(...change, tenant, id).changes === 1;
  }

  deleteResource(tenant: string, id: string): boolean {
    return this.#deleteResource.run(tenant, id).changes === 1;
  }
}
