/** What a restored database takes over from the one that it replaces: every end, and nothing that gives access. */

import type { DatabaseSync } from 'node:sqlite';

/** Rows that the backup had otherwise. */
export interface CarriedOver {
  readonly revokedGrants: number;
  readonly usedRefreshTokens: number;
  readonly usedAssertions: number;
  readonly watermarks: number;
  readonly disabledAccounts: number;
  readonly signingKeys: number;
}

/** The backup was made of another data folder, or under another master key. */
export class ForeignBackup extends Error {
  override readonly name = 'ForeignBackup';
}

const revokedGrants = `
  UPDATE grants SET revoked_at_ms = old.revoked_at_ms FROM replaced.grants AS old
  WHERE old.id = grants.id AND old.revoked_at_ms IS NOT NULL AND grants.revoked_at_ms IS NULL`;

const usedRefreshTokens = `
  UPDATE grants SET generation = old.generation, rotated_at_ms = old.rotated_at_ms,
    successor_seen = old.successor_seen, renew_by_ms = old.renew_by_ms,
    idempotency_key_hash = old.idempotency_key_hash
  FROM replaced.grants AS old
  WHERE old.id = grants.id AND (old.generation > grants.generation
    OR (old.generation = grants.generation AND old.successor_seen > grants.successor_seen))`;

const usedAssertions = `
  INSERT INTO assertions (issuer, jti_hash, until_ms)
  SELECT issuer, jti_hash, until_ms FROM replaced.assertions WHERE true ON CONFLICT DO NOTHING`;

const watermarks = `
  INSERT INTO watermarks (level, tenant, key, not_before_ms)
  SELECT level, tenant, key, not_before_ms FROM replaced.watermarks WHERE true
  ON CONFLICT (level, tenant, key) DO UPDATE SET not_before_ms = excluded.not_before_ms
  WHERE excluded.not_before_ms > watermarks.not_before_ms`;

const disabled = (table: string, key: string): string => `
  UPDATE ${table} SET status = 'disabled'
  WHERE status = 'enabled' AND (${key}) IN (SELECT ${key} FROM replaced.${table} WHERE status = 'disabled')`;

/** A key that is gone over there was dropped and purged. */
const droppedKeys = 'DELETE FROM signing_keys WHERE id NOT IN (SELECT id FROM replaced.signing_keys)';

const retiredKeys = `
  UPDATE signing_keys SET retires_at_ms = old.retires_at_ms, drops_at_ms = old.drops_at_ms
  FROM replaced.signing_keys AS old
  WHERE old.id = signing_keys.id AND (old.retires_at_ms IS NOT signing_keys.retires_at_ms
    OR old.drops_at_ms IS NOT signing_keys.drops_at_ms)`;

const newerKeys = `
  INSERT INTO signing_keys
    (id, use, algorithm, sealed, public_jwk, created_at_ms, active_from_ms, retires_at_ms, drops_at_ms)
  SELECT id, use, algorithm, sealed, public_jwk, created_at_ms, active_from_ms, retires_at_ms, drops_at_ms
  FROM replaced.signing_keys WHERE id NOT IN (SELECT id FROM signing_keys) ORDER BY position`;

/**
 * @param db the restored database, at today's schema.
 * @param replacedFile the database that it replaces, at the same schema.
 */
export function carryOver(db: DatabaseSync, replacedFile: string): CarriedOver {
  db.prepare('ATTACH ? AS replaced').run(replacedFile);
  try {
    refuseForeign(db);
    db.exec('BEGIN IMMEDIATE');
    const changes = (...statements: readonly string[]): number =>
      statements.reduce((sum, sql) => sum + Number(db.prepare(sql).run().changes), 0);
    const carried: CarriedOver = {
      revokedGrants: changes(revokedGrants),
      usedRefreshTokens: changes(usedRefreshTokens),
      usedAssertions: changes(usedAssertions),
      watermarks: changes(watermarks),
      disabledAccounts: changes(
        disabled('tenants', 'id'),
        disabled('users', 'tenant, id'),
        disabled('access_keys', 'id'),
        disabled('clients', 'id'),
      ),
      signingKeys: changes(droppedKeys, retiredKeys, newerKeys),
    };
    db.exec('COMMIT');
    return carried;
  } finally {
    if (db.isTransaction) db.exec('ROLLBACK');
    db.exec('DETACH replaced');
  }
}

/** Rows of another installation would end the wrong grants, and its keys would not open. */
function refuseForeign(db: DatabaseSync): void {
  const check = (schema: string): unknown =>
    db.prepare(`SELECT value FROM ${schema}.settings WHERE name = 'master_key_check'`).get()?.value;
  const here = check('main');
  const there = check('replaced');
  if (here === undefined || here !== there) {
    throw new ForeignBackup('the backup belongs to another data folder: its master key is another one');
  }
}
