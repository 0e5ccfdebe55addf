/**
 * Use case: somebody who has proved who they are gets a session: a grant that rotates, with its first pair of tokens.
 * How they proved it is the dialect's and its authenticator's business. The answer leaves after the grant is on disk.
 */

import type { AuditEvent } from '../core/audit.ts';
import type { Grant, StoredGrant } from '../core/grant.ts';
import { grantId } from '../core/ids.ts';
import { accept, type Decision, refuse } from '../core/reasons.ts';
import { addSeconds } from '../core/time.ts';
import type { RequestContext } from './context.ts';
import { refusalOfThrown } from './execute.ts';
import type { People } from './people.ts';
import type { GrantStore, Random } from './ports.ts';
import { type PairParts, type RotatingSpeech, type TokenPair, tokenPair } from './token-pair.ts';

export interface SessionParts extends PairParts {
  readonly store: Pick<GrantStore, 'createGrant'>;
  readonly people: Pick<People, 'standing'>;
  readonly random: Random;
}

export interface SessionAsk {
  readonly operation: string;
  readonly tenant: string;
  readonly subject: string;
  readonly clientId: string | undefined;
  /** Who may refresh it: see `Grant.binding`. */
  readonly binding: string | undefined;
  readonly scope: string | undefined;
  readonly audience: string | undefined;
  /** How long the session lives, however often it is refreshed. */
  readonly lifetimeSeconds: number;
  readonly accessTokenLifetimeSeconds: number;
}

/** The first generation: 0 is what a grant stands at that never rotates. */
const firstGeneration = 1;

/** The grant of a session that begins now; nothing is written. */
export function newSession(
  random: Random,
  { name, rotation }: Pick<RotatingSpeech, 'name' | 'rotation'>,
  ask: Omit<SessionAsk, 'operation'>,
  nowMs: number,
): StoredGrant {
  const expiresAtMs = addSeconds(nowMs, ask.lifetimeSeconds);
  return {
    ...neverUsed,
    id: grantId(nowMs, random.hex(20)),
    dialect: name,
    tenant: ask.tenant,
    subject: ask.subject,
    accessKeyId: undefined,
    clientId: ask.clientId,
    issuedAtMs: nowMs,
    expiresAtMs,
    // What no rotation moves lasts as long as the session.
    renewByMs: rotation.rotates
      ? Math.min(addSeconds(nowMs, rotation.renewalLifetimeSeconds), expiresAtMs)
      : expiresAtMs,
    accessTokenLifetimeSeconds: ask.accessTokenLifetimeSeconds,
    binding: ask.binding,
    scope: ask.scope,
    audience: ask.audience,
    revokedAtMs: undefined,
    generation: firstGeneration,
    rotatedAtMs: undefined,
    successorSeen: false,
    idempotencyKeyHash: undefined,
  };
}

const neverUsed = { useCount: 0, lastUsedAtMs: undefined, notBeforeMs: 0 } satisfies Omit<StoredGrant, keyof Grant>;

export async function openSession(
  parts: SessionParts,
  speech: RotatingSpeech,
  ask: SessionAsk,
  context: RequestContext,
): Promise<Decision<TokenPair>> {
  const grant = newSession(parts.random, speech, ask, context.nowMs);
  return open(parts, speech, grant, sessionEvent(grant, ask.operation, context)).catch(refusalOfThrown);
}

async function open(
  parts: SessionParts,
  speech: RotatingSpeech,
  grant: StoredGrant,
  event: AuditEvent,
): Promise<Decision<TokenPair>> {
  const { mayAct, user } = await parts.people.standing(grant);
  if (!mayAct) return refuse({ code: 'grant_suspended', grantId: grant.id });
  await parts.store.createGrant(grant, event);
  return accept(await tokenPair(parts, speech, grant, user, undefined, grant.issuedAtMs));
}

export const sessionEvent = (grant: Grant, operation: string, context: RequestContext): AuditEvent => ({
  atMs: context.nowMs,
  type: 'grant.issued',
  requestId: context.requestId,
  remote: context.remote,
  dialect: grant.dialect,
  operation,
  tenant: grant.tenant,
  actor: grant.clientId,
  subject: grant.subject,
  grantId: grant.id,
});
