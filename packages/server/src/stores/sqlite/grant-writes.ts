/** The writer's side of the grants. */

import type { DatabaseSync } from 'node:sqlite';
import type { Watermark } from '../../service/ports.ts';
import { idBytes } from './grant-id.ts';
import type { GrantRow, UseRow } from './operations.ts';
import { Query } from './query.ts';
import { integer } from './values.ts';

export const grantStatements = {
  // DO NOTHING instead of an error: a refused row then needs no savepoint, and its neighbours stay.
  insert: `
    INSERT INTO grants (id, dialect, tenant, subject, access_key_id, client_id, issued_at_ms, expires_at_ms,
      renew_by_ms, access_token_lifetime_seconds, revoked_at_ms, generation, rotated_at_ms, successor_seen, binding, scope,
      audience, idempotency_key_hash, use_count)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT (id) DO NOTHING`,
  use: `
    UPDATE grants SET use_count = use_count + ?1, last_used_at_ms = max(coalesce(last_used_at_ms, ?2), ?2)
    WHERE id = ?3`,
  revoke: 'UPDATE grants SET revoked_at_ms = ? WHERE id = ? AND revoked_at_ms IS NULL',
  exists: 'SELECT 1 FROM grants WHERE id = ?',
  raise: `
    INSERT INTO watermarks (level, tenant, key, not_before_ms) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET not_before_ms = max(not_before_ms, excluded.not_before_ms)`,
  watermark: 'SELECT not_before_ms FROM watermarks WHERE level = ? AND tenant = ? AND key = ?',
  deleteGrants: `
    DELETE FROM grants WHERE id IN
      (SELECT id FROM grants WHERE expires_at_ms < ? ORDER BY expires_at_ms LIMIT ?)`,
  deleteAccessKeys: `
    DELETE FROM access_keys WHERE id IN
      (SELECT id FROM access_keys WHERE expires_at_ms < ? ORDER BY expires_at_ms LIMIT ?)`,
} as const;

export class GrantWrites {
  readonly #insert;
  readonly #use;
  readonly #revoke;
  readonly #exists;
  readonly #raise;
  readonly #watermark;
  readonly #deleteGrants;
  readonly #deleteAccessKeys;

  constructor(db: DatabaseSync) {
    this.#insert = db.prepare(grantStatements.insert);
    this.#use = db.prepare(grantStatements.use);
    this.#revoke = db.prepare(grantStatements.revoke);
    this.#exists = new Query(db, grantStatements.exists);
    this.#raise = db.prepare(grantStatements.raise);
    this.#watermark = new Query(db, grantStatements.watermark);
    this.#deleteGrants = db.prepare(grantStatements.deleteGrants);
    this.#deleteAccessKeys = db.prepare(grantStatements.deleteAccessKeys);
  }

  /** @returns whether the id was free. */
  create([id, ...columns]: GrantRow): boolean {
    const key = idBytes(id);
    if (!key) throw new TypeError('a grant to create carries no grant id');
    return this.#insert.run(key, ...columns).changes === 1;
  }

  recordUses(uses: readonly UseRow[]): void {
    for (const [grantId, count, lastUsedAtMs] of uses) {
      const key = idBytes(grantId);
      if (key) this.#use.run(count, lastUsedAtMs, key);
    }
  }

  revoke(id: string, nowMs: number): 'revoked' | 'already' | 'unknown' {
    const key = idBytes(id);
    if (!key) return 'unknown';
    if (this.#revoke.run(nowMs, key).changes === 1) return 'revoked';
    return this.#exists.one(key) ? 'already' : 'unknown';
  }

  /** @returns the watermark that stands now. */
  revokeAll(level: Watermark['level'], tenant: string, key: string, notBeforeMs: number): number {
    this.#raise.run(level, tenant, key, notBeforeMs);
    return integer(this.#watermark.one(level, tenant, key)?.[0]);
  }

  purgeExpired(endedBeforeMs: number, limit: number): number {
    const grants = this.#deleteGrants.run(endedBeforeMs, limit).changes;
    const accessKeys = this.#deleteAccessKeys.run(endedBeforeMs, limit).changes;
    return Number(grants) + Number(accessKeys);
  }
}
