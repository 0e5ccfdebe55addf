/** Puts a client, its resource and its dialect together for a session, and tells what came of it. */

import type { Client } from '../core/client.ts';
import type { SessionOutcome } from '../core/outcome.ts';
import type { RotationPolicy } from '../core/policy.ts';
import { type Decision, refuse } from '../core/reasons.ts';
import { grantedScope } from '../core/scope.ts';
import type { SessionSpeech } from '../core/speech.ts';
import { unixSeconds } from '../core/time.ts';
import type { People } from './people.ts';
import type { DirectoryStore } from './ports.ts';
import { accessFormatOf, type Resources } from './resources.ts';
import type { RotatingSpeech, TokenPair } from './token-pair.ts';

/** The dialect's rule, with what is set for this client. */
export const rotationOf = ({ rotation }: SessionSpeech, client: Client): RotationPolicy => ({
  ...rotation,
  rotates: rotation.rotates && client.rotation.rotates,
  retryWindowSeconds: client.rotation.retryWindowSeconds ?? rotation.retryWindowSeconds,
});

export const rotatingSpeech = (
  resources: Pick<Resources, 'find'>,
  speech: SessionSpeech,
  client: Client,
): RotatingSpeech => ({
  name: speech.name,
  rotation: rotationOf(speech, client),
  accessFormatOf: (grant) => accessFormatOf(resources, speech, grant),
});

export interface Target {
  readonly scope: string | undefined;
  readonly audience: string | undefined;
}

/** What tokens may be for and may do: within what the client and the resource allow (RFC 8707, section 2). */
export async function decideTarget(
  resources: Pick<Resources, 'find'>,
  speech: SessionSpeech,
  client: Client,
  asked: { readonly scope: string | undefined; readonly resource: string | undefined },
): Promise<Decision<Target>> {
  const defaultAudience = speech.defaultAudience();
  const audience = asked.resource ?? defaultAudience;
  const resource =
    audience === undefined || audience === defaultAudience ? undefined : await resources.find(client.tenant, audience);
  if (audience !== defaultAudience && resource?.status !== 'enabled') {
    return refuse({ code: 'target_not_allowed', clientId: client.id });
  }
  const scope = grantedScope(asked.scope, client.scopes, resource?.scopes ?? []);
  if (scope === undefined) return refuse({ code: 'scope_not_allowed', clientId: client.id });
  return { ok: true, value: { scope: scope === '' ? undefined : scope, audience } };
}

interface OutcomeParts {
  readonly people: Pick<People, 'forget'>;
  readonly store: Pick<DirectoryStore, 'markFirstLogin'>;
}

/** @param isNew the session begins with this answer, which may be the user's first. */
export async function sessionOutcome(
  parts: OutcomeParts,
  client: Client,
  pair: TokenPair,
  asked: { readonly isNew: boolean; readonly canRefresh: boolean; readonly scope?: string | undefined },
  nowMs: number,
): Promise<SessionOutcome> {
  const { accessToken, accessTokenExpiresAtMs, grant, user } = pair;
  const mayBeFirst = asked.isNew && user !== undefined && user.firstLoginAtMs === undefined;
  const isFirstLogin = mayBeFirst && (await parts.store.markFirstLogin(user.tenant, user.id, nowMs));
  if (mayBeFirst) parts.people.forget();
  return {
    did: 'session',
    accessToken,
    accessTokenExpiresAtMs,
    expiresInSeconds: unixSeconds(accessTokenExpiresAtMs) - unixSeconds(nowMs),
    refreshToken: asked.canRefresh && client.grantTypes.includes('refresh_token') ? pair.refreshToken : undefined,
    scope: asked.scope ?? grant.scope,
    grant,
    client,
    user,
    isFirstLogin,
  };
}
