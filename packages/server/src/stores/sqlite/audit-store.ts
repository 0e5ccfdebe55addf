/** The audit log in SQLite. */

import type { AuditBlock, AuditStore } from '../../service/ports.ts';
import { AuditSearch } from './audit-search.ts';
import { chainName } from './audit-writes.ts';
import { Query, type SqlRow } from './query.ts';
import type { WriteQueue } from './queue.ts';
import type { Reader } from './reader.ts';
import { eventRow } from './rows.ts';
import { integer, text } from './values.ts';

export const blocksSql = `
  SELECT number, first_at_ms, last_at_ms, lines, hash FROM audit_blocks WHERE number > ? ORDER BY number LIMIT ?`;

export function createAuditStore(queue: WriteQueue, reader: Reader): AuditStore {
  const search = new AuditSearch(reader.db);
  const blocks = new Query(reader.db, blocksSql);
  const anchors = new Query(reader.db, 'SELECT chain, number, hash FROM audit_anchor ORDER BY chain');

  return {
    appendAudit: (event) => {
      const kept = queue.submit(['appendAudit', eventRow(event)]);
      // Callers need not wait: where nobody does, a failure must not end the process.
      kept.catch(() => undefined);
      return kept;
    },

    readAudit: async (filter, page) => {
      // Events that were taken before this call come first, so that whoever got an answer finds its event.
      if (queue.pending > 0) await queue.submit(['recordUses', []]).catch(() => undefined);
      return reader.read(() => search.page(filter, page));
    },

    auditBlocks: (chain, after, limit) =>
      reader.read(() => (chain === chainName ? blocks.all(after, limit).map(readBlock) : [])),

    auditChains: () =>
      reader.read(() =>
        anchors.all().map((row) => ({ chain: text(row[0]), number: integer(row[1]), hash: text(row[2]) })),
      ),

    purgeAudit: (beforeMs, limit) => queue.submit(['purgeAudit', beforeMs, limit]),
  };
}

const readBlock = ([number, firstAtMs, lastAtMs, lines, hash]: SqlRow): AuditBlock => ({
  chain: chainName,
  number: integer(number),
  firstAtMs: integer(firstAtMs),
  lastAtMs: integer(lastAtMs),
  lines: text(lines),
  hash: text(hash),
});
