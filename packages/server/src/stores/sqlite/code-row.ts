/** A row of `codes`, for the reader and the writer alike. */

import type { AuthorizationCode, StoredCode } from '../../core/authorization-code.ts';
import { idText } from './grant-id.ts';
import type { SqlRow } from './query.ts';
import { bytes, integer, text, textOrNone } from './values.ts';

export const codeColumns = `hash, dialect, tenant, subject, client_id, redirect_uri, code_challenge, scope, audience,
  issued_at_ms, expires_at_ms, redeemed_by`;

/** In the order of `codeColumns`, without the grant that comes from it later. */
export type CodeRow = readonly [
  hash: string,
  dialect: string,
  tenant: string,
  subject: string,
  clientId: string,
  redirectUri: string,
  codeChallenge: string | null,
  scope: string | null,
  audience: string | null,
  issuedAtMs: number,
  expiresAtMs: number,
];

export const codeRow = (code: AuthorizationCode): CodeRow => [
  code.hash,
  code.dialect,
  code.tenant,
  code.subject,
  code.clientId,
  code.redirectUri,
  code.codeChallenge ?? null,
  code.scope ?? null,
  code.audience ?? null,
  code.issuedAtMs,
  code.expiresAtMs,
];

/** Everything but the watermark over it, which stands in another table. */
export const readCode = (row: SqlRow): Omit<StoredCode, 'notBeforeMs'> => ({
  hash: text(row[0]),
  dialect: text(row[1]),
  tenant: text(row[2]),
  subject: text(row[3]),
  clientId: text(row[4]),
  redirectUri: text(row[5]),
  codeChallenge: textOrNone(row[6]),
  scope: textOrNone(row[7]),
  audience: textOrNone(row[8]),
  issuedAtMs: integer(row[9]),
  expiresAtMs: integer(row[10]),
  redeemedBy: row[11] === null ? undefined : idText(bytes(row[11])),
});
