/** Grants in SQLite: changes go to the writer, lookups are made here. */

import type { StoredGrant } from '../../core/grant.ts';
import type { GrantId } from '../../core/ids.ts';
import type { GrantFilter, GrantStore } from '../../service/ports.ts';
import { encodeCursor, textCursor } from './cursor.ts';
import type { GrantCache } from './grant-cache.ts';
import { idBytes, idText } from './grant-id.ts';
import { grantColumns, grantIdColumn, readGrant } from './grant-row.ts';
import { fillPage } from './page.ts';
import { Query, type SqlRow } from './query.ts';
import type { WriteQueue } from './queue.ts';
import type { Reader } from './reader.ts';
import { createGrantOperation, eventRow, rotateOperation } from './rows.ts';
import { bytes, integerOrNone, text } from './values.ts';
import type { Watermarks } from './watermarks.ts';

/** The statements, each named by the condition that it answers from an index. */
export const grantQueries = {
  byId: `SELECT ${grantColumns} FROM grants WHERE id = ?`,
  inOrder: `SELECT ${grantColumns}, id FROM grants WHERE id > ? ORDER BY id`,
  bySubject: `SELECT ${grantColumns}, id FROM grants WHERE tenant = ? AND subject = ? AND id > ? ORDER BY id`,
  byClient: `SELECT ${grantColumns}, id FROM grants WHERE client_id = ? AND id > ? ORDER BY id`,
  oldestEnd: 'SELECT min(expires_at_ms) FROM grants WHERE expires_at_ms < ?',
} as const;

const start = new Uint8Array(0);

export function createGrantStore(
  queue: WriteQueue,
  reader: Reader,
  watermarks: Watermarks,
  cache: GrantCache,
): GrantStore {
  const byId = new Query(reader.db, grantQueries.byId);
  const inOrder = new Query(reader.db, grantQueries.inOrder);
  const bySubject = new Query(reader.db, grantQueries.bySubject);
  const byClient = new Query(reader.db, grantQueries.byClient);
  const oldestEnd = new Query(reader.db, grantQueries.oldestEnd);
  const keyOwner = new Query(reader.db, 'SELECT tenant, user_id FROM access_keys WHERE id = ?');

  function scan(filter: GrantFilter, after: Uint8Array): Iterable<SqlRow> {
    if (filter.clientId !== undefined) return byClient.each(filter.clientId, after);
    const { tenant, subject } = filter;
    if (tenant !== undefined && subject !== undefined) return bySubject.each(tenant, subject, after);
    // A grant that an access key asked for belongs to the key's user, so that the key needs no index of its own.
    const owner = filter.accessKeyId === undefined ? undefined : keyOwner.one(filter.accessKeyId);
    if (owner) return bySubject.each(text(owner[0]), text(owner[1]), after);
    return inOrder.each(after);
  }

  return {
    createGrant: (grant, event) => queue.submit(createGrantOperation(grant, event)),

    createGrants: (grants) =>
      queue.submit(['createGrants', grants.map(({ grant, event }) => createGrantOperation(grant, event))]),

    findGrant: (id) =>
      reader.read(() => {
        const cached = cache.get(id);
        if (cached) return cached;
        const key = idBytes(id);
        const row = key && byId.one(key);
        if (!row) return undefined;
        const grant = grantOf(id, row, watermarks);
        cache.put(grant);
        return grant;
      }),

    listGrants: (filter, page) =>
      reader.read(() => {
        const [after] = textCursor(page.after, 1) ?? [];
        return fillPage(page, {
          rows: scan(filter, (after === undefined ? undefined : idBytes(after)) ?? start),
          read: (row) => grantOf(idText(bytes(row[grantIdColumn])), row, watermarks),
          matches: (grant) => matches(grant, filter),
          cursorOf: (grant) => encodeCursor(grant.id),
        });
      }),

    recordUses: async (uses) => {
      if (uses.length === 0) return;
      const rows = uses.map((use) => [use.grantId, use.count, use.lastUsedAtMs] as const);
      await queue.submit(['recordUses', rows]);
      for (const use of uses) cache.forget(use.grantId);
    },

    revokeGrant: async (id, nowMs, event) => {
      const outcome = await queue.submit(['revokeGrant', id, nowMs, eventRow(event)]);
      cache.forget(id);
      return outcome;
    },

    rotate: async (ask) => {
      const outcome = await queue.submit(rotateOperation(ask));
      // Who rotates comes again, or is asked about: the grant as it is now saves the next lookup.
      if (outcome.did === 'rotated') cache.put(outcome.grant);
      else cache.forget(ask.grantId);
      return outcome;
    },

    markSuccessorSeen: async (id, generation) => {
      const isNews = await queue.submit(['markSuccessorSeen', id, generation]);
      cache.forget(id);
      return isNews;
    },

    rememberAssertion: (issuer, jtiHash, untilMs) => queue.submit(['rememberAssertion', issuer, jtiHash, untilMs]),

    purgeAssertions: (endedBeforeMs, limit) => queue.submit(['purgeAssertions', endedBeforeMs, limit]),

    revokeAll: async ({ level, tenant, key, notBeforeMs }, event) => {
      const standing = await queue.submit(['revokeAll', level, tenant, key, notBeforeMs, eventRow(event)]);
      watermarks.raise(level, tenant, key, standing);
      cache.clear();
    },

    purgeExpired: async (endedBeforeMs, limit) => {
      const gone = await queue.submit(['purgeExpired', endedBeforeMs, limit]);
      if (gone > 0) cache.clear();
      return gone;
    },

    oldestExpired: (endedBeforeMs) => reader.read(() => integerOrNone(oldestEnd.one(endedBeforeMs)?.[0] ?? null)),
  };
}

const matches = (grant: StoredGrant, filter: GrantFilter): boolean =>
  (filter.tenant === undefined || filter.tenant === grant.tenant) &&
  (filter.subject === undefined || filter.subject === grant.subject) &&
  (filter.accessKeyId === undefined || filter.accessKeyId === grant.accessKeyId) &&
  (filter.clientId === undefined || filter.clientId === grant.clientId);

function grantOf(id: GrantId, row: SqlRow, watermarks: Watermarks): StoredGrant {
  const grant = readGrant(id, row);
  return { ...grant, notBeforeMs: watermarks.over(grant) };
}
