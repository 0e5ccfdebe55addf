/** Use cases: a browser stays signed in, and is signed out. What ends any other grant ends its session at the same commit. */

import type { AuditEvent } from '../core/audit.ts';
import { browserSessionFormat, loginDialect } from '../core/browser-session.ts';
import type { User } from '../core/directory.ts';
import { type Grant, grantRefusal, type StoredGrant } from '../core/grant.ts';
import { grantId } from '../core/ids.ts';
import { addSeconds } from '../core/time.ts';
import type { RequestContext } from './context.ts';
import type { People } from './people.ts';
import type { GrantStore, Random, Signer } from './ports.ts';
import { findGrantOf, readToken } from './recognize.ts';

export interface BrowserSession {
  readonly grant: StoredGrant;
  readonly user: User;
}

export interface OpenedBrowserSession extends BrowserSession {
  /** A secret of this browser: for its cookie, and for nowhere else. */
  readonly token: string;
}

export interface BrowserSessionParts {
  readonly store: Pick<GrantStore, 'createGrant' | 'findGrant' | 'revokeGrant'>;
  readonly people: Pick<People, 'standing'>;
  readonly signer: Signer;
  readonly random: Random;
}

/** Whose browser it is, or `undefined` where nobody is signed in any more. */
export async function findBrowserSession(
  parts: Pick<BrowserSessionParts, 'store' | 'people' | 'signer'>,
  token: string | undefined,
  nowMs: number,
): Promise<BrowserSession | undefined> {
  if (token === undefined) return undefined;
  const facts = readToken(parts.signer, browserSessionFormat, token, nowMs);
  if (!facts.ok) return undefined;
  const found = await findGrantOf(parts.store, facts.value);
  if (!found.ok || found.value.dialect !== loginDialect || grantRefusal(found.value, nowMs)) return undefined;
  const { mayAct, user } = await parts.people.standing(found.value);
  return mayAct && user ? { grant: found.value, user } : undefined;
}

/** Always a new one: an id that somebody knew before the password was typed stays worth nothing. */
export async function openBrowserSession(
  parts: Pick<BrowserSessionParts, 'store' | 'signer' | 'random'>,
  user: User,
  lifetimeSeconds: number,
  operation: string,
  context: RequestContext,
): Promise<OpenedBrowserSession> {
  const { nowMs } = context;
  const expiresAtMs = addSeconds(nowMs, lifetimeSeconds);
  const grant: Grant = {
    id: grantId(nowMs, parts.random.hex(20)),
    dialect: loginDialect,
    tenant: user.tenant,
    subject: user.id,
    accessKeyId: undefined,
    clientId: undefined,
    issuedAtMs: nowMs,
    expiresAtMs,
    renewByMs: expiresAtMs,
    accessTokenLifetimeSeconds: 0,
    binding: undefined,
    scope: undefined,
    audience: undefined,
    revokedAtMs: undefined,
    generation: 0,
    rotatedAtMs: undefined,
    successorSeen: false,
    idempotencyKeyHash: undefined,
  };
  await parts.store.createGrant(grant, sessionEvent('login.succeeded', grant, operation, context));
  const times = { issuedAtMs: nowMs, expiresAtMs };
  const token = parts.signer.sign(browserSessionFormat, browserSessionFormat.encode(grant, times));
  return { grant: { ...grant, useCount: 0, lastUsedAtMs: undefined, notBeforeMs: 0 }, user, token };
}

/** @param operation why: the user signs out, or signs in again. */
export async function endBrowserSession(
  parts: Pick<BrowserSessionParts, 'store'>,
  { grant }: Pick<BrowserSession, 'grant'>,
  operation: string,
  context: RequestContext,
): Promise<void> {
  const event = sessionEvent('grant.revoked', grant, operation, context);
  await parts.store.revokeGrant(grant.id, context.nowMs, event);
}

const sessionEvent = (
  type: AuditEvent['type'],
  { id, dialect, tenant, subject }: Grant,
  operation: string,
  { nowMs, requestId, remote }: RequestContext,
): AuditEvent => ({
  atMs: nowMs,
  type,
  requestId,
  remote,
  dialect,
  operation,
  tenant,
  actor: subject,
  subject,
  grantId: id,
});
