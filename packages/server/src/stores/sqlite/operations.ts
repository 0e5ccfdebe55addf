/**
 * What crosses to the writer thread and back: tuples of primitives, which structured clone copies at a third of the cost
 * of objects. Every operation is a whole decision of the port `Store`, made inside one transaction.
 */

import type { AuditType } from '../../core/audit.ts';
import type { Status } from '../../core/directory.ts';
import type { AttemptDecision, LoginPolicy } from '../../core/login-attempts.ts';
import type { RedeemOutcome, RotateOutcome, Watermark } from '../../service/ports.ts';
import type { ClientChangeRow, ClientRow } from './client-row.ts';
import type { CodeRow } from './code-row.ts';
import type { AccountRow, RegionChangeRow, RegionRow } from './region-row.ts';
import type { ResourceChangeRow, ResourceRow } from './resource-row.ts';
import type { UserChangeRow, UserRow } from './user-row.ts';

/** A `Grant` in the order of its table's columns; the id is still text. */
export type GrantRow = readonly [
  id: string,
  dialect: string,
  tenant: string,
  subject: string,
  accessKeyId: string | null,
  clientId: string | null,
  issuedAtMs: number,
  expiresAtMs: number,
  renewByMs: number,
  accessTokenLifetimeSeconds: number,
  revokedAtMs: number | null,
  generation: number,
  rotatedAtMs: number | null,
  successorSeen: number,
  binding: string | null,
  scope: string | null,
  audience: string | null,
  idempotencyKeyHash: string | null,
];

/** An `AuditEvent` in the order of its line's keys. */
export type EventRow = readonly [
  atMs: number,
  type: AuditType,
  requestId: string,
  remote: string | undefined,
  dialect: string | undefined,
  operation: string | undefined,
  tenant: string | undefined,
  actor: string | undefined,
  subject: string | undefined,
  grantId: string | undefined,
  reason: string | undefined,
  detail: string | undefined,
];

export type TenantRow = readonly [id: string, name: string, status: Status, createdAtMs: number];

export type AccessKeyRow = readonly [
  id: string,
  tenant: string,
  userId: string,
  status: Status,
  sealedSecret: Uint8Array,
  securityTokenHash: string | null,
  expiresAtMs: number | null,
  createdAtMs: number,
];

export type ConsentRow = readonly [
  tenant: string,
  subject: string,
  clientId: string,
  scope: string,
  grantedAtMs: number,
];

export type KeyRow = readonly [
  id: string,
  use: string,
  algorithm: string,
  sealed: Uint8Array,
  publicJwk: string | null,
  createdAtMs: number,
  activeFromMs: number,
  retiresAtMs: number | null,
  dropsAtMs: number | null,
];

/** Flat, because it is the hot one: each array inside an array costs its share of the main thread. */
export type CreateGrant = readonly ['createGrant', ...GrantRow, ...EventRow];

/** A `RotateAsk`; the event's type, reason, tenant and subject are filled in with the decision. */
export type RotateRow = readonly [
  grantId: string,
  generation: number,
  binding: string | null,
  idempotencyKeyHash: string | null,
  rotates: boolean,
  retryWindowSeconds: number,
  renewalLifetimeSeconds: number,
  nowMs: number,
  event: EventRow,
];

/** A `RedeemAsk`; the type, reason and grant of the event in `create` are filled in with the decision. */
export type RedeemRow = readonly [
  hash: string,
  clientId: string,
  redirectUri: string | null,
  challenge: string | null,
  nowMs: number,
  create: CreateGrant,
];

export type UseRow = readonly [grantId: string, count: number, lastUsedAtMs: number];

export type Operation =
  | CreateGrant
  | readonly ['createGrants', readonly CreateGrant[]]
  | readonly ['recordUses', readonly UseRow[]]
  | readonly ['revokeGrant', id: string, nowMs: number, EventRow]
  | readonly ['rotate', ...RotateRow]
  | readonly ['markSuccessorSeen', id: string, generation: number]
  | readonly ['rememberAssertion', issuer: string, jtiHash: string, untilMs: number]
  | readonly ['purgeAssertions', endedBeforeMs: number, limit: number]
  | readonly ['revokeAll', level: Watermark['level'], tenant: string, key: string, notBeforeMs: number, EventRow]
  | readonly ['purgeExpired', endedBeforeMs: number, limit: number]
  | readonly ['appendAudit', EventRow]
  | readonly ['purgeAudit', beforeMs: number, limit: number]
  | readonly ['createTenant', TenantRow, EventRow]
  | readonly ['setTenantStatus', id: string, Status, EventRow]
  | readonly ['createUser', UserRow, EventRow]
  | readonly ['setUser', tenant: string, id: string, UserChangeRow, EventRow]
  | readonly ['deleteUser', tenant: string, id: string, nowMs: number, EventRow]
  | readonly ['markFirstLogin', tenant: string, id: string, nowMs: number]
  | readonly ['createAccessKey', AccessKeyRow, EventRow]
  | readonly ['setAccessKeyStatus', id: string, Status, EventRow]
  | readonly ['createClient', ClientRow, EventRow]
  | readonly ['setClient', id: string, ClientChangeRow, EventRow]
  | readonly ['deleteClient', id: string, nowMs: number, EventRow]
  | readonly ['createResource', ResourceRow, EventRow]
  | readonly ['setResource', tenant: string, id: string, ResourceChangeRow, EventRow]
  | readonly ['deleteResource', tenant: string, id: string, EventRow]
  | readonly ['createRegion', RegionRow, EventRow]
  | readonly ['setRegion', id: string, RegionChangeRow, EventRow]
  | readonly ['deleteRegion', id: string, EventRow]
  | readonly ['saveAccount', AccountRow, EventRow]
  | readonly ['deleteAccount', tenant: string, userId: string, regionId: string, EventRow]
  | readonly ['createCode', CodeRow, EventRow]
  | readonly ['redeemCode', ...RedeemRow]
  | readonly ['purgeCodes', endedBeforeMs: number, limit: number]
  | readonly ['countAttempt', key: string, LoginPolicy, nowMs: number]
  | readonly ['forgetAttempts', key: string]
  | readonly ['purgeAttempts', lastBeforeMs: number, limit: number]
  | readonly ['saveConsent', ConsentRow, EventRow]
  | readonly ['deleteConsent', tenant: string, subject: string, clientId: string, EventRow]
  | readonly ['addKey', KeyRow, expectedNewest: string | null, retiresAtMs: number, dropsAtMs: number, EventRow]
  | readonly ['purgeKeys', nowMs: number]
  | readonly ['claimSetting', name: string, value: string];

/** What each operation answers when it succeeds. */
export interface Answers {
  createGrant: undefined;
  createGrants: undefined;
  recordUses: undefined;
  revokeGrant: 'revoked' | 'already' | 'unknown';
  rotate: RotateOutcome;
  markSuccessorSeen: boolean;
  rememberAssertion: boolean;
  purgeAssertions: number;
  /** The watermark that stands now. */
  revokeAll: number;
  purgeExpired: number;
  appendAudit: undefined;
  purgeAudit: number;
  createTenant: undefined;
  setTenantStatus: boolean;
  createUser: undefined;
  setUser: boolean;
  deleteUser: boolean;
  markFirstLogin: boolean;
  createAccessKey: undefined;
  setAccessKeyStatus: boolean;
  createClient: undefined;
  setClient: boolean;
  /** The tenant of the client that went; `null` where there was none. */
  deleteClient: string | null;
  createResource: undefined;
  setResource: boolean;
  deleteResource: boolean;
  createRegion: undefined;
  setRegion: boolean;
  deleteRegion: boolean;
  saveAccount: undefined;
  deleteAccount: boolean;
  createCode: undefined;
  redeemCode: RedeemOutcome;
  purgeCodes: number;
  countAttempt: AttemptDecision;
  forgetAttempts: undefined;
  purgeAttempts: number;
  saveConsent: undefined;
  deleteConsent: boolean;
  addKey: boolean;
  purgeKeys: number;
  claimSetting: string;
}

export type OperationName = Operation[0];
export type Answer = Answers[OperationName];

/** An operation that was refused while its neighbours went through. */
export type Failure = readonly [kind: 'exists' | 'owner_missing' | 'unexpected', message: string];

export const isFailure = (answer: Answer | Failure): answer is Failure => Array.isArray(answer);

/** The writer's word on a batch: a result for each operation, or one reason why the whole of it was rolled back. */
export type BatchResult = { readonly results: readonly (Answer | Failure)[] } | { readonly unavailable: string };

/** Main thread to writer. */
export type ToWriter = readonly Operation[] | 'close';

/** Writer to main thread: first whether it could open the database, then a result for each batch. */
export type FromWriter = 'ready' | BatchResult;
