/** Use case: a user gets a token for each region that they may use: one grant a region, all of them or none. */

import type { AuditEvent } from '../core/audit.ts';
import type { SignInCommand } from '../core/command.ts';
import type { User } from '../core/directory.ts';
import type { Grant } from '../core/grant.ts';
import { grantId } from '../core/ids.ts';
import type { RegionsOutcome } from '../core/outcome.ts';
import { accept, type Decision } from '../core/reasons.ts';
import { type Membership, mayUse, type RegionAccount } from '../core/region.ts';
import type { RegionSpeech } from '../core/speech.ts';
import { addSeconds } from '../core/time.ts';
import { authenticateUser } from './authenticate-user.ts';
import type { RequestContext } from './context.ts';
import { grantEvent } from './grant-event.ts';
import { platformAccount, type RegionParts, regionToken } from './region-token.ts';

interface Place {
  readonly id: string;
  readonly name: string;
  /** `undefined` where the account is disabled. */
  readonly account: RegionAccount | undefined;
}

export async function signIn(
  parts: RegionParts,
  command: SignInCommand,
  context: RequestContext,
): Promise<Decision<RegionsOutcome>> {
  const { speech } = command;
  const signed = await authenticateUser(parts, command, context);
  if (!signed.ok) return signed;
  const { user, organisation, accessKeyId, endsAtMs } = signed.value;
  const memberships = await parts.store.memberships(user.tenant, user.id);
  const issued = placesOf(speech, user, memberships).map(({ id, name, account }) => {
    if (!account) return { id, name, token: undefined, grant: undefined };
    const grant = newGrant(parts, speech, user, { regionId: id, organisation, accessKeyId, endsAtMs }, context.nowMs);
    return { id, name, token: regionToken(parts.signer, speech, grant, user, account, context.nowMs), grant };
  });
  const grants = issued.flatMap(({ grant }) => grant ?? []);
  const actor = accessKeyId ?? organisation ?? user.id;
  const eventOf = (grant: Grant): AuditEvent => grantEvent('grant.issued', command.operation, grant, actor, context);
  await parts.store.createGrants(grants.map((grant) => ({ grant, event: eventOf(grant) })));
  if (user.firstLoginAtMs === undefined && (await parts.store.markFirstLogin(user.tenant, user.id, context.nowMs))) {
    parts.people.forget();
  }
  return accept({ did: 'regions', rows: issued.map(({ id, name, token }) => ({ id, name, token })) });
}

/** A region that is disabled as a whole is not told of. The platform's own comes last. */
function placesOf(speech: RegionSpeech, user: User, memberships: readonly Membership[]): Place[] {
  const { id, name } = speech.platform;
  return [
    ...memberships
      .filter(({ region }) => region.status === 'enabled')
      .map((one) => ({ id: one.region.id, name: one.region.name, account: mayUse(one) ? one.account : undefined })),
    { id, name, account: platformAccount(speech, user) },
  ];
}

function newGrant(
  { random }: RegionParts,
  speech: RegionSpeech,
  user: User,
  asked: {
    readonly regionId: string;
    readonly organisation: string | undefined;
    readonly accessKeyId: string | undefined;
    readonly endsAtMs: number | undefined;
  },
  nowMs: number,
): Grant {
  const endMs = addSeconds(nowMs, speech.loginLifetimeSeconds);
  const expiresAtMs = Math.min(endMs, asked.endsAtMs ?? endMs);
  return {
    id: grantId(nowMs, random.hex(20)),
    dialect: speech.name,
    tenant: user.tenant,
    subject: user.id,
    accessKeyId: asked.accessKeyId,
    clientId: asked.organisation,
    issuedAtMs: nowMs,
    expiresAtMs,
    renewByMs: expiresAtMs,
    accessTokenLifetimeSeconds: speech.tokenLifetimeSeconds,
    binding: undefined,
    scope: undefined,
    audience: asked.regionId,
    revokedAtMs: undefined,
    generation: 0,
    rotatedAtMs: undefined,
    successorSeen: false,
    idempotencyKeyHash: undefined,
  };
}
