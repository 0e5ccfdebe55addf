/** Signing keys and settings in SQLite. */

import type { Algorithm } from '../../core/token.ts';
import type { KeyStore, StoredKey } from '../../service/ports.ts';
import { Query, type SqlRow } from './query.ts';
import type { WriteQueue } from './queue.ts';
import type { Reader } from './reader.ts';
import { eventRow, keyRow } from './rows.ts';
import { bytes, integer, integerOrNone, text, textOrNone } from './values.ts';

const listSql = `
  SELECT id, use, algorithm, sealed, public_jwk, created_at_ms, active_from_ms, retires_at_ms, drops_at_ms
  FROM signing_keys ORDER BY position`;

export function createKeyStore(queue: WriteQueue, reader: Reader): KeyStore {
  const list = new Query(reader.db, listSql);
  const setting = new Query(reader.db, 'SELECT value FROM settings WHERE name = ?');

  return {
    listKeys: () => reader.read(() => list.all().map(readKey)),

    addKey: (key, expectedNewest, predecessorsEnd, event) => {
      const { retiresAtMs, dropsAtMs } = predecessorsEnd;
      return queue.submit(['addKey', keyRow(key), expectedNewest ?? null, retiresAtMs, dropsAtMs, eventRow(event)]);
    },

    purgeKeys: (nowMs) => queue.submit(['purgeKeys', nowMs]),

    readSetting: (name) =>
      reader.read(() => {
        const row = setting.one(name);
        return row && text(row[0]);
      }),

    claimSetting: (name, value) => queue.submit(['claimSetting', name, value]),
  };
}

const readKey = (row: SqlRow): StoredKey => ({
  id: text(row[0]),
  use: text(row[1]),
  algorithm: algorithm(row[2]),
  sealed: bytes(row[3]),
  publicJwk: textOrNone(row[4]),
  createdAtMs: integer(row[5]),
  activeFromMs: integer(row[6]),
  retiresAtMs: integerOrNone(row[7]),
  dropsAtMs: integerOrNone(row[8]),
});

function algorithm(value: SqlRow[number] | undefined): Algorithm {
  if (value === 'HS256' || value === 'RS256' || value === 'ES256') return value;
  throw new TypeError('a signing key has an unknown algorithm');
}
