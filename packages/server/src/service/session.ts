/**
 * Use case: somebody who has proved who they are gets a session: a grant that rotates, with its first pair of tokens.
 * How they proved it is the dialect's and its authenticator's business. The answer leaves after the grant is on disk.
 */

import type { AuditEvent } from '../core/audit.ts';
import type { StoredGrant } from '../core/grant.ts';
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
  readonly people: Pick<People, 'mayAct'>;
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

export async function openSession(
  parts: SessionParts,
  speech: RotatingSpeech,
  ask: SessionAsk,
  context: RequestContext,
): Promise<Decision<TokenPair>> {
  const { nowMs } = context;
  const expiresAtMs = addSeconds(nowMs, ask.lifetimeSeconds);
  const grant: StoredGrant = {
    id: grantId(nowMs, parts.random.hex(20)),
    dialect: speech.name,
    tenant: ask.tenant,
    subject: ask.subject,
    accessKeyId: undefined,
    clientId: ask.clientId,
    issuedAtMs: nowMs,
    expiresAtMs,
    renewByMs: Math.min(addSeconds(nowMs, speech.rotation.renewalLifetimeSeconds), expiresAtMs),
    accessTokenLifetimeSeconds: ask.accessTokenLifetimeSeconds,
    binding: ask.binding,
    scope: ask.scope,
    audience: ask.audience,
    revokedAtMs: undefined,
    generation: firstGeneration,
    rotatedAtMs: undefined,
    successorSeen: false,
    idempotencyKeyHash: undefined,
    useCount: 0,
    lastUsedAtMs: undefined,
    notBeforeMs: 0,
  };
  return open(parts, speech, grant, eventOf(grant, ask, context)).catch(refusalOfThrown);
}

async function open(
  parts: SessionParts,
  speech: RotatingSpeech,
  grant: StoredGrant,
  event: AuditEvent,
): Promise<Decision<TokenPair>> {
  if (!(await parts.people.mayAct(grant))) return refuse({ code: 'grant_suspended', grantId: grant.id });
  await parts.store.createGrant(grant, event);
  return accept(tokenPair(parts, speech.accessFormat, grant, grant.issuedAtMs));
}

const eventOf = (grant: StoredGrant, ask: SessionAsk, context: RequestContext): AuditEvent => ({
  atMs: context.nowMs,
  type: 'grant.issued',
  requestId: context.requestId,
  remote: context.remote,
  dialect: grant.dialect,
  operation: ask.operation,
  tenant: grant.tenant,
  actor: ask.clientId,
  subject: grant.subject,
  grantId: grant.id,
});
