/** Turns what the service speaks of into the tuples that cross to the writer thread. */

import type { AuditEvent } from '../../core/audit.ts';
import type { AccessKey, Consent, Tenant } from '../../core/directory.ts';
import type { Grant } from '../../core/grant.ts';
import type { RedeemAsk, RotateAsk, StoredKey } from '../../service/ports.ts';
import type {
  AccessKeyRow,
  ConsentRow,
  CreateGrant,
  EventRow,
  KeyRow,
  RedeemRow,
  RotateRow,
  TenantRow,
} from './operations.ts';

export const createGrantOperation = (grant: Grant, event: AuditEvent): CreateGrant => [
  'createGrant',
  grant.id,
  grant.dialect,
  grant.tenant,
  grant.subject,
  grant.accessKeyId ?? null,
  grant.clientId ?? null,
  grant.issuedAtMs,
  grant.expiresAtMs,
  grant.renewByMs,
  grant.accessTokenLifetimeSeconds,
  grant.revokedAtMs ?? null,
  grant.generation,
  grant.rotatedAtMs ?? null,
  grant.successorSeen ? 1 : 0,
  grant.binding ?? null,
  grant.scope ?? null,
  grant.audience ?? null,
  grant.idempotencyKeyHash ?? null,
  event.atMs,
  event.type,
  event.requestId,
  event.remote,
  event.dialect,
  event.operation,
  event.tenant,
  event.actor,
  event.subject,
  event.grantId,
  event.reason,
  event.detail,
];

export const eventRow = (event: AuditEvent): EventRow => [
  event.atMs,
  event.type,
  event.requestId,
  event.remote,
  event.dialect,
  event.operation,
  event.tenant,
  event.actor,
  event.subject,
  event.grantId,
  event.reason,
  event.detail,
];

export const rotateOperation = ({
  grantId,
  presented,
  policy,
  nowMs,
  event,
}: RotateAsk): readonly ['rotate', ...RotateRow] => [
  'rotate',
  grantId,
  presented.generation,
  presented.binding ?? null,
  presented.idempotencyKeyHash ?? null,
  policy.rotates,
  policy.retryWindowSeconds,
  policy.renewalLifetimeSeconds,
  nowMs,
  // The type is the decision's to say; this one is never kept.
  eventRow({ ...event, type: 'grant.refused', grantId }),
];

export const redeemOperation = ({
  hash,
  presented,
  grant,
  nowMs,
  event,
}: RedeemAsk): readonly ['redeemCode', ...RedeemRow] => [
  'redeemCode',
  hash,
  presented.clientId,
  presented.redirectUri ?? null,
  presented.challenge ?? null,
  nowMs,
  createGrantOperation(grant, { ...event, type: 'grant.issued' }),
];

export const tenantRow = ({ id, name, status, createdAtMs }: Tenant): TenantRow => [id, name, status, createdAtMs];

export const accessKeyRow = (accessKey: AccessKey): AccessKeyRow => [
  accessKey.id,
  accessKey.tenant,
  accessKey.userId,
  accessKey.status,
  alone(accessKey.sealedSecret),
  accessKey.securityTokenHash ?? null,
  accessKey.expiresAtMs ?? null,
  accessKey.createdAtMs,
];

export const consentRow = ({ tenant, subject, clientId, scope, grantedAtMs }: Consent): ConsentRow => [
  tenant,
  subject,
  clientId,
  scope,
  grantedAtMs,
];

export const keyRow = (key: StoredKey): KeyRow => [
  key.id,
  key.use,
  key.algorithm,
  alone(key.sealed),
  key.publicJwk ?? null,
  key.createdAtMs,
  key.activeFromMs,
  key.retiresAtMs ?? null,
  key.dropsAtMs ?? null,
];

/** Cloning a view clones all of its buffer, which may be a pool that others write their secrets to. */
const alone = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes);
