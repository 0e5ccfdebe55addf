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
import { clients } from './clients.ts';
import { closing } from './closing.ts';
import { codes } from './codes.ts';
import { concurrency } from './concurrency.ts';
import { consents } from './consents.ts';
import { credentials } from './credentials.ts';
import { directory } from './directory.ts';
import { type OpenFresh, type Rule, ruleOn } from './fresh.ts';
import { grantLists } from './grant-lists.ts';
import { grants } from './grants.ts';
import { keys } from './keys.ts';
import { loginAttempts } from './login-attempts.ts';
import { purge } from './purge.ts';
import { redemption } from './redemption.ts';
import { regions } from './regions.ts';
import { resources } from './resources.ts';
import { revocation } from './revocation.ts';
import { rotation } from './rotation.ts';
import { users } from './users.ts';
import { uses } from './uses.ts';
import { watermarks } from './watermarks.ts';

const subjects: readonly ((rule: Rule) => void)[] = [
  grants,
  grantLists,
  uses,
  revocation,
  rotation,
  codes,
  redemption,
  assertions,
  loginAttempts,
  consents,
  watermarks,
  purge,
  auditLog,
  auditChain,
  directory,
  users,
  credentials,
  clients,
  resources,
  regions,
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
