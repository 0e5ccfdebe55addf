/** Login attempts and consents in SQLite. */

import type { LoginPolicy } from '../../core/login-attempts.ts';
import type { LoginStore } from '../../service/ports.ts';
import { Query } from './query.ts';
import type { WriteQueue } from './queue.ts';
import type { Reader } from './reader.ts';
import { consentRow, eventRow } from './rows.ts';
import { integer, text } from './values.ts';

export const consentQuery =
  'SELECT scope, granted_at_ms FROM consents WHERE tenant = ? AND subject = ? AND client_id = ?';

export function createLoginStore(queue: WriteQueue, reader: Reader): LoginStore {
  const consent = new Query(reader.db, consentQuery);

  return {
    countAttempt: (key, policy, nowMs) => queue.submit(['countAttempt', key, policyAlone(policy), nowMs]),

    forgetAttempts: (key) => queue.submit(['forgetAttempts', key]),

    purgeAttempts: (lastBeforeMs, limit) => queue.submit(['purgeAttempts', lastBeforeMs, limit]),

    saveConsent: (given, event) => queue.submit(['saveConsent', consentRow(given), eventRow(event)]),

    findConsent: (tenant, subject, clientId) =>
      reader.read(() => {
        const row = consent.one(tenant, subject, clientId);
        return row && { tenant, subject, clientId, scope: text(row[0]), grantedAtMs: integer(row[1]) };
      }),

    deleteConsent: (tenant, subject, clientId, event) =>
      queue.submit(['deleteConsent', tenant, subject, clientId, eventRow(event)]),
  };
}

/** What else the caller's object may hold does not cross to the writer. */
const policyAlone = (policy: LoginPolicy): LoginPolicy => ({
  freeFailures: policy.freeFailures,
  firstDelaySeconds: policy.firstDelaySeconds,
  longestDelaySeconds: policy.longestDelaySeconds,
  lockAfterFailures: policy.lockAfterFailures,
  lockSeconds: policy.lockSeconds,
  forgetAfterSeconds: policy.forgetAfterSeconds,
});
