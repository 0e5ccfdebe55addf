/** The writer's side of consents. */

import type { DatabaseSync } from 'node:sqlite';
import type { ConsentRow } from './operations.ts';

export class ConsentWrites {
  readonly #save;
  readonly #delete;
  readonly #deleteOfUser;
  readonly #deleteOfClient;

  constructor(db: DatabaseSync) {
    this.#save = db.prepare(
      `INSERT INTO consents (tenant, subject, client_id, scope, granted_at_ms) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET scope = excluded.scope, granted_at_ms = excluded.granted_at_ms`,
    );
    this.#delete = db.prepare('DELETE FROM consents WHERE tenant = ? AND subject = ? AND client_id = ?');
    this.#deleteOfUser = db.prepare('DELETE FROM consents WHERE tenant = ? AND subject = ?');
    this.#deleteOfClient = db.prepare('DELETE FROM consents WHERE client_id = ?');
  }

  save(row: ConsentRow): void {
    this.#save.run(...row);
  }

  delete(tenant: string, subject: string, clientId: string): boolean {
    return this.#delete.run(tenant, subject, clientId).changes === 1;
  }

  deleteOfUser(tenant: string, subject: string): void {
    this.#deleteOfUser.run(tenant, subject);
  }

  deleteOfClient(clientId: string): void {
    this.#deleteOfClient.run(clientId);
  }
}
