/** What a restored database takes over from the one that it replaces: every end, and nothing that gives access. */

import type { DatabaseSync } from 'node:sqlite';

/** Rows that the backup had otherwise. */
export interface CarriedOver {
  readonly revokedGrants: number;
  readonly usedRefreshTokens: number;
  readonly usedCodes: number;
  readonly usedAssertions: number;
  readonly watermarks: number;
  /** Tenants, users, access keys, clients, resources, regions and users' accounts in them. */
  readonly disabledAccounts: number;
  /** Users, access keys, clients, and users' accounts in regions. */
  readonly deletedAccounts: number;
  /** Passwords of users, secrets and keys of clients. */
  readonly changedCredentials: number;
  readonly withdrawnConsents: number;
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

const usedCodes = `
  UPDATE codes SET redeemed_by = old.redeemed_by FROM replaced.codes AS old
  WHERE old.hash = codes.hash AND old.redeemed_by IS NOT NULL AND codes.redeemed_by IS NULL`;

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

/** The id was deleted over there and given to somebody else: who of them is meant, the operator has to say. */
const remade = (table: string, same: string): string => `
  UPDATE ${table} SET status = 'disabled' FROM replaced.${table} AS old
  WHERE ${same} AND old.created_at_ms <> ${table}.created_at_ms AND ${table}.status = 'enabled'`;

/**
 * What is gone over there was deleted only where the deletion left its watermark. Without that sign the other database
 * is one that never had it, such as an empty one that was started in the place of one that was lost.
 */
const isDeleted = (table: string, same: string, level: string, tenant: string, key: string): string => `
  NOT EXISTS (SELECT 1 FROM replaced.${table} AS old WHERE ${same})
  AND EXISTS (SELECT 1 FROM replaced.watermarks AS mark WHERE mark.level = '${level}'
    AND mark.tenant = ${table}.${tenant} AND mark.key = ${table}.${key} AND mark.not_before_ms >= ${table}.created_at_ms)`;

const sameUser = 'old.tenant = users.tenant AND old.id = users.id';
const sameClient = 'old.id = clients.id';
const deletedUser = isDeleted('users', sameUser, 'subject', 'tenant', 'id');

/** Over there the same user has no such account any more: it was withdrawn, or its region deleted. */
const withdrawnRegionAccounts = `
  DELETE FROM region_accounts WHERE NOT EXISTS (SELECT 1 FROM replaced.region_accounts AS old
      WHERE old.tenant = region_accounts.tenant AND old.user_id = region_accounts.user_id
        AND old.region_id = region_accounts.region_id)
    AND EXISTS (SELECT 1 FROM users JOIN replaced.users AS old ON ${sameUser} AND old.created_at_ms = users.created_at_ms
      WHERE users.tenant = region_accounts.tenant AND users.id = region_accounts.user_id)`;

const disabledRegionAccounts = `
  UPDATE region_accounts SET status = 'Disable' FROM replaced.region_accounts AS old
  WHERE old.tenant = region_accounts.tenant AND old.user_id = region_accounts.user_id
    AND old.region_id = region_accounts.region_id AND old.status = 'Disable' AND region_accounts.status <> 'Disable'`;

const deletedAccounts = [
  withdrawnRegionAccounts,
  `DELETE FROM region_accounts WHERE (tenant, user_id) IN (SELECT tenant, id FROM users WHERE ${deletedUser})`,
  `DELETE FROM access_keys WHERE ${isDeleted('access_keys', 'old.id = access_keys.id', 'subject', 'tenant', 'user_id')}
    OR (tenant, user_id) IN (SELECT tenant, id FROM users WHERE ${deletedUser})`,
  `DELETE FROM users WHERE ${deletedUser}`,
  `DELETE FROM clients WHERE ${isDeleted('clients', sameClient, 'client', 'tenant', 'id')}`,
];

/** The last password is the only one, though the backup holds one that was given up for a reason. */
const changedCredentials = [
  `UPDATE users SET password_hash = old.password_hash FROM replaced.users AS old
   WHERE ${sameUser} AND old.password_hash IS NOT users.password_hash`,
  `UPDATE clients SET secret_hash = old.secret_hash, keys = old.keys FROM replaced.clients AS old
   WHERE ${sameClient} AND (old.secret_hash IS NOT clients.secret_hash OR old.keys <> clients.keys)`,
];

/** One that does not stand over there as it does here is asked for again. It goes before the user and client it is of. */
const withdrawnConsents = `
  DELETE FROM consents WHERE NOT EXISTS (SELECT 1 FROM replaced.consents AS old
    WHERE old.tenant = consents.tenant AND old.subject = consents.subject AND old.client_id = consents.client_id
      AND old.scope = consents.scope AND old.granted_at_ms = consents.granted_at_ms)`;

const loginAttempts = `
  INSERT INTO login_attempts (key, failures, last_at_ms, blocked_until_ms)
  SELECT key, failures, last_at_ms, blocked_until_ms FROM replaced.login_attempts WHERE true
  ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, last_at_ms = excluded.last_at_ms,
    blocked_until_ms = excluded.blocked_until_ms`;

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
    changes(loginAttempts);
    const carried: CarriedOver = {
      revokedGrants: changes(revokedGrants),
      usedRefreshTokens: changes(usedRefreshTokens),
      usedCodes: changes(usedCodes),
      usedAssertions: changes(usedAssertions),
      watermarks: changes(watermarks),
      disabledAccounts: changes(
        disabled('tenants', 'id'),
        disabled('users', 'tenant, id'),
        disabled('access_keys', 'id'),
        disabled('clients', 'id'),
        disabled('resources', 'tenant, id'),
        disabled('regions', 'id'),
        disabledRegionAccounts,
        remade('users', sameUser),
        remade('clients', sameClient),
      ),
      withdrawnConsents: changes(withdrawnConsents),
      deletedAccounts: changes(...deletedAccounts),
      changedCredentials: changes(...changedCredentials),
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
