/** The writer's side of signing keys and settings. */

import type { DatabaseSync } from 'node:sqlite';
import type { KeyRow } from './operations.ts';
import { Query } from './query.ts';
import { text, textOrNone } from './values.ts';

export class KeyWrites {
  readonly #newest;
  readonly #insert;
  readonly #endPredecessors;
  readonly #purge;
  readonly #claim;
  readonly #setting;

  constructor(db: DatabaseSync) {
    this.#newest = new Query(db, 'SELECT id FROM signing_keys WHERE use = ? ORDER BY position DESC LIMIT 1');
    this.#insert = db.prepare(
      `INSERT INTO signing_keys
         (id, use, algorithm, sealed, public_jwk, created_at_ms, active_from_ms, retires_at_ms, drops_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    );
    this.#endPredecessors = db.prepare(
      `UPDATE signing_keys SET retires_at_ms = min(coalesce(retires_at_ms, ?1), ?1),
         drops_at_ms = min(coalesce(drops_at_ms, ?2), ?2)
       WHERE use = ?3 AND id <> ?4`,
    );
    this.#purge = db.prepare('DELETE FROM signing_keys WHERE drops_at_ms < ?');
    this.#claim = db.prepare('INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING');
    this.#setting = new Query(db, 'SELECT value FROM settings WHERE name = ?');
  }

  /** @returns `refused` where another key of this use came first, `exists` where the id is taken. */
  add(
    key: KeyRow,
    expectedNewest: string | null,
    retiresAtMs: number,
    dropsAtMs: number,
  ): 'added' | 'refused' | 'exists' {
    const [id, use] = key;
    const newest = textOrNone(this.#newest.one(use)?.[0] ?? null) ?? null;
    if (newest !== expectedNewest) return 'refused';
    if (this.#insert.run(...key).changes === 0) return 'exists';
    this.#endPredecessors.run(retiresAtMs, dropsAtMs, use, id);
    return 'added';
  }

  purge(nowMs: number): number {
    return Number(this.#purge.run(nowMs).changes);
  }

  claimSetting(name: string, value: string): string {
    this.#claim.run(name, value);
    return text(this.#setting.one(name)?.[0]);
  }
}
