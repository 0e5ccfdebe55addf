/** A living grant for tests: issued at second 1,000,000, good for a day, two hours of renewal, access tokens of 10 minutes. */
import type { StoredGrant } from './grant.ts';
import { grantId } from './ids.ts';
import { addSeconds } from './time.ts';

export const sampleIssuedAtMs = 1_000_000_000;

export function sampleGrant(change: Partial<StoredGrant> = {}): StoredGrant {
  return {
    id: grantId(sampleIssuedAtMs, '0'.repeat(20)),
    dialect: 'sample',
    tenant: 'tenant',
    subject: 'user',
    accessKeyId: 'key',
    clientId: undefined,
    issuedAtMs: sampleIssuedAtMs,
    expiresAtMs: addSeconds(sampleIssuedAtMs, 86_400),
    renewByMs: addSeconds(sampleIssuedAtMs, 7_200),
    accessTokenLifetimeSeconds: 600,
    binding: undefined,
    scope: undefined,
    audience: undefined,
    revokedAtMs: undefined,
    generation: 0,
    rotatedAtMs: undefined,
    successorSeen: false,
    idempotencyKeyHash: undefined,
    useCount: 0,
    lastUsedAtMs: undefined,
    notBeforeMs: 0,
    ...change,
  };
}
