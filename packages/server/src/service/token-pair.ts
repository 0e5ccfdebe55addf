/** What a session gives at each generation: an access token, freshly signed, and the one refresh token of the generation. */

import type { User } from '../core/directory.ts';
import type { StoredGrant } from '../core/grant.ts';
import type { RotationPolicy } from '../core/policy.ts';
import { accessTokenTimes, generationSinceMs } from '../core/renewal.ts';
import type { TokenFormat } from '../core/token.ts';
import type { RefreshTokens, Signer } from './ports.ts';

/** As much of a rotating dialect, its client and its resource as the service needs. */
export interface RotatingSpeech {
  readonly name: string;
  /** What the access tokens of this grant look like. */
  readonly accessFormatOf: (grant: StoredGrant) => Promise<TokenFormat>;
  readonly rotation: RotationPolicy;
}

export interface PairParts {
  readonly signer: Signer;
  readonly refreshTokens: RefreshTokens;
}

export interface TokenPair {
  readonly accessToken: string;
  readonly accessTokenExpiresAtMs: number;
  readonly refreshToken: string;
  /** As it stands after the rotation; `renewByMs` is the refresh token's end. */
  readonly grant: StoredGrant;
  readonly user: User | undefined;
}

/** @param scope of this access token, where it carries fewer scopes than its grant. */
export async function tokenPair(
  parts: PairParts,
  speech: Pick<RotatingSpeech, 'accessFormatOf'>,
  grant: StoredGrant,
  user: User | undefined,
  scope: string | undefined,
  nowMs: number,
): Promise<TokenPair> {
  const times = accessTokenTimes(grant, nowMs);
  const { id, generation } = grant;
  const format = await speech.accessFormatOf(grant);
  const narrowed = scope === undefined ? grant : { ...grant, scope };
  return {
    accessToken: await parts.signer.signThreaded(format, format.encode(narrowed, times, user)),
    accessTokenExpiresAtMs: times.expiresAtMs,
    refreshToken: parts.refreshTokens.mint({ grantId: id, generation }, generationSinceMs(grant)),
    grant,
    user,
  };
}
