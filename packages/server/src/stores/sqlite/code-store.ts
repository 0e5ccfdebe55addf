/** One-time codes in SQLite: changes go to the writer, lookups are made here. */

import type { CodeStore } from '../../service/ports.ts';
import { codeRow, readCode } from './code-row.ts';
import type { GrantCache } from './grant-cache.ts';
import { Query } from './query.ts';
import type { WriteQueue } from './queue.ts';
import type { Reader } from './reader.ts';
import { codeStatements } from './redemption-writes.ts';
import { eventRow, redeemOperation } from './rows.ts';
import type { Watermarks } from './watermarks.ts';

export function createCodeStore(
  queue: WriteQueue,
  reader: Reader,
  watermarks: Watermarks,
  cache: GrantCache,
): CodeStore {
  const byHash = new Query(reader.db, codeStatements.byHash);

  return {
    createCode: (code, event) => queue.submit(['createCode', codeRow(code), eventRow(event)]),

    findCode: (hash) =>
      reader.read(() => {
        const row = byHash.one(hash);
        if (!row) return undefined;
        const code = readCode(row);
        return { ...code, notBeforeMs: watermarks.over({ ...code, accessKeyId: undefined }) };
      }),

    redeemCode: async (ask) => {
      const outcome = await queue.submit(redeemOperation(ask));
      // A replay has ended the grant that the code once gave.
      if (outcome.did === 'refused' && outcome.reason.code === 'code_replayed') cache.forget(outcome.reason.grantId);
      return outcome;
    },

    purgeCodes: (endedBeforeMs, limit) => queue.submit(['purgeCodes', endedBeforeMs, limit]),
  };
}
