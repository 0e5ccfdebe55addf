/** A row of `clients`, for the reader and the writer alike. */

import type {
  Client,
  ClientAuthentication,
  ClientChange,
  ClientKey,
  ClientPermission,
  GrantType,
} from '../../core/client.ts';
import type { Status } from '../../core/directory.ts';
import type { SqlRow } from './query.ts';
import { integer, integerOrNone, status, text, textOrNone } from './values.ts';

export const clientColumns = `id, tenant, name, status, created_at_ms, dialect, type, authentication, secret_hash, keys,
  grant_types, redirect_uris, requires_pkce, scopes, is_third_party, rotates, retry_window_seconds, permissions,
  resources`;

/** In the order of `clientColumns`; lists are JSON. */
export type ClientRow = readonly [
  id: string,
  tenant: string,
  name: string,
  status: Status,
  createdAtMs: number,
  dialect: string,
  type: string,
  authentication: ClientAuthentication,
  secretHash: string | null,
  keys: string,
  grantTypes: string,
  redirectUris: string,
  requiresPkce: number,
  scopes: string,
  isThirdParty: number,
  rotates: number,
  retryWindowSeconds: number | null,
  permissions: string,
  resources: string,
];

/** `null` leaves the column as it is; but where `setsSecret` is 1 or `rotates` is given, what follows it may become `null`. */
export type ClientChangeRow = readonly [
  name: string | null,
  status: Status | null,
  setsSecret: number,
  secretHash: string | null,
  keys: string | null,
  redirectUris: string | null,
  scopes: string | null,
  isThirdParty: number | null,
  rotates: number | null,
  retryWindowSeconds: number | null,
  permissions: string | null,
  resources: string | null,
];

export const clientRow = (client: Client): ClientRow => [
  client.id,
  client.tenant,
  client.name,
  client.status,
  client.createdAtMs,
  client.dialect,
  client.type,
  client.authentication,
  client.secretHash ?? null,
  JSON.stringify(client.keys),
  JSON.stringify(client.grantTypes),
  JSON.stringify(client.redirectUris),
  flag(client.requiresPkce),
  JSON.stringify(client.scopes),
  flag(client.isThirdParty),
  flag(client.rotation.rotates),
  client.rotation.retryWindowSeconds ?? null,
  JSON.stringify(client.permissions),
  JSON.stringify(client.resources),
];

export const clientChangeRow = (change: ClientChange): ClientChangeRow => [
  change.name ?? null,
  change.status ?? null,
  flag('secretHash' in change),
  change.secretHash ?? null,
  listOrNone(change.keys),
  listOrNone(change.redirectUris),
  listOrNone(change.scopes),
  change.isThirdParty === undefined ? null : flag(change.isThirdParty),
  change.rotation === undefined ? null : flag(change.rotation.rotates),
  change.rotation?.retryWindowSeconds ?? null,
  listOrNone(change.permissions),
  listOrNone(change.resources),
];

export const readClient = (row: SqlRow): Client => ({
  id: text(row[0]),
  tenant: text(row[1]),
  name: text(row[2]),
  status: status(row[3]),
  createdAtMs: integer(row[4]),
  dialect: text(row[5]),
  type: text(row[6]),
  authentication: authentication(row[7]),
  secretHash: textOrNone(row[8]),
  // The lists were written by `clientRow` from values of their types, and by nobody else.
  keys: JSON.parse(text(row[9])) as readonly ClientKey[],
  grantTypes: JSON.parse(text(row[10])) as readonly GrantType[],
  redirectUris: JSON.parse(text(row[11])) as readonly string[],
  requiresPkce: integer(row[12]) === 1,
  scopes: JSON.parse(text(row[13])) as readonly string[],
  isThirdParty: integer(row[14]) === 1,
  rotation: { rotates: integer(row[15]) === 1, retryWindowSeconds: integerOrNone(row[16]) },
  permissions: JSON.parse(text(row[17])) as readonly ClientPermission[],
  resources: JSON.parse(text(row[18])) as readonly string[],
});

const flag = (value: boolean): number => (value ? 1 : 0);

const listOrNone = (list: readonly unknown[] | undefined): string | null =>
  list === undefined ? null : JSON.stringify(list);

function authentication(value: SqlRow[number] | undefined): ClientAuthentication {
  if (value === 'none' || value === 'client_secret' || value === 'private_key_jwt') return value;
  throw new TypeError('a client authenticates in an unknown way');
}
