/** A row of `grants` as the service knows it, for the reader and the writer alike. */

import type { StoredGrant } from '../../core/grant.ts';
import type { GrantId } from '../../core/ids.ts';
import type { SqlRow } from './query.ts';
import { integer, integerOrNone, text, textOrNone } from './values.ts';

/** What `readGrant` reads, in its order; a list asks for the id behind them. */
export const grantColumns = `dialect, tenant, subject, access_key_id, client_id, issued_at_ms, expires_at_ms, renew_by_ms,
  access_token_lifetime_seconds, revoked_at_ms, generation, rotated_at_ms, successor_seen, use_count, last_used_at_ms,
  binding, scope, audience, idempotency_key_hash`;

export const grantIdColumn = 19;

/** Everything but the watermark over it, which stands in another table. */
export function readGrant(id: GrantId, row: SqlRow): Omit<StoredGrant, 'notBeforeMs'> {
  return {
    id,
    dialect: text(row[0]),
    tenant: text(row[1]),
    subject: text(row[2]),
    accessKeyId: textOrNone(row[3]),
    clientId: textOrNone(row[4]),
    issuedAtMs: integer(row[5]),
    expiresAtMs: integer(row[6]),
    renewByMs: integer(row[7]),
    accessTokenLifetimeSeconds: integer(row[8]),
    revokedAtMs: integerOrNone(row[9]),
    generation: integer(row[10]),
    rotatedAtMs: integerOrNone(row[11]),
    successorSeen: integer(row[12]) === 1,
    useCount: integer(row[13]),
    lastUsedAtMs: integerOrNone(row[14]),
    binding: textOrNone(row[15]),
    scope: textOrNone(row[16]),
    audience: textOrNone(row[17]),
    idempotencyKeyHash: textOrNone(row[18]),
  };
}
