/**
 * The rules that every store keeps, whatever it is made of: each sentence of the port `Store`, and what callers build on it.
 * A new store comes with one test file that calls `describeStore` and passes it unchanged.
 *
 *     describeStore('the SQLite store', openFreshSqlite);
 */

import { describe } from 'node:test';
import { assertions } from './assertions.ts';
import { auditChain } from './audit-chain.ts';
import { auditLog } from './audit-log.ts';
import { closing } from './closing.ts';
import { concurrency } from './concurrency.ts';
import { credentials } from './credentials.ts';
import { directory } from './directory.ts';
import { type OpenFresh, type Rule, ruleOn } from './fresh.ts';
import { grantLists } from './grant-lists.ts';
import { grants } from './grants.ts';
import { keys } from './keys.ts';
import { purge } from './purge.ts';
import { revocation } from './revocation.ts';
import { rotation } from './rotation.ts';
import { uses } from './uses.ts';
import { watermarks } from './watermarks.ts';

const subjects: readonly ((rule: Rule) => void)[] = [
  grants,
  grantLists,
  uses,
  revocation,
  rotation,
  assertions,
  watermarks,
  purge,
  auditLog,
  auditChain,
  directory,
  credentials,
  keys,
  concurrency,
  closing,
];

export function describeStore(name: string, openFresh: OpenFresh): void {
  // Each rule has a store of its own, and most of its time is spent waiting for it to open.
  describe(name, { concurrency: 4 }, () => {
    for (const subject of subjects) subject(ruleOn(openFresh));
  });
}
