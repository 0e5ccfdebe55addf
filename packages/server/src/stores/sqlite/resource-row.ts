/** A row of `resources`, for the reader and the writer alike. */

import type { Resource, Status } from '../../core/directory.ts';
import type { SqlRow } from './query.ts';
import { integer, status, text } from './values.ts';

export const resourceColumns = 'tenant, id, name, status, access_tokens, scopes, created_at_ms';

/** In the order of `resourceColumns`. */
export type ResourceRow = readonly [
  tenant: string,
  id: string,
  name: string,
  status: Status,
  accessTokens: Resource['accessTokens'],
  scopes: string,
  createdAtMs: number,
];

/** `null` leaves the column as it is. */
export type ResourceChangeRow = readonly [
  name: string | null,
  status: Status | null,
  accessTokens: Resource['accessTokens'] | null,
  scopes: string | null,
];

export const resourceRow = (resource: Resource): ResourceRow => [
  resource.tenant,
  resource.id,
  resource.name,
  resource.status,
  resource.accessTokens,
  JSON.stringify(resource.scopes),
  resource.createdAtMs,
];

export const resourceChangeRow = (
  change: Partial<Pick<Resource, 'name' | 'status' | 'accessTokens' | 'scopes'>>,
): ResourceChangeRow => [
  change.name ?? null,
  change.status ?? null,
  change.accessTokens ?? null,
  change.scopes === undefined ? null : JSON.stringify(change.scopes),
];

export const readResource = (row: SqlRow): Resource => ({
  tenant: text(row[0]),
  id: text(row[1]),
  name: text(row[2]),
  status: status(row[3]),
  accessTokens: accessTokens(row[4]),
  // Written by `resourceRow` from a value of this type, and by nobody else.
  scopes: JSON.parse(text(row[5])) as readonly string[],
  createdAtMs: integer(row[6]),
});

function accessTokens(value: SqlRow[number] | undefined): Resource['accessTokens'] {
  if (value === 'jwt' || value === 'opaque') return value;
  throw new TypeError('a resource takes access tokens of an unknown shape');
}
