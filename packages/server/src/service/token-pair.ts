/** What a session gives at each generation: an access token, freshly signed, and the one refresh token of the generation. */

import type { StoredGrant } from '../core/grant.ts';
import type { RotationPolicy } from '../core/policy.ts';
import { accessTokenTimes, generationSinceMs } from '../core/renewal.ts';
import type { TokenFormat } from '../core/token.ts';
import type { RefreshTokens, Signer } from './ports.ts';

/** As much of a rotating dialect as the service needs. */
export interface RotatingSpeech {
  readonly name: string;
  readonly accessFormat: TokenFormat;
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
}

export function tokenPair(parts: PairParts, format: TokenFormat, grant: StoredGrant, nowMs: number): TokenPair {
  const times = accessTokenTimes(grant, nowMs);
  const { id, generation } = grant;
  return {
    accessToken: parts.signer.sign(format, format.encode(grant, times)),
    accessTokenExpiresAtMs: times.expiresAtMs,
    refreshToken: parts.refreshTokens.mint({ grantId: id, generation }, generationSinceMs(grant)),
    grant,
  };
}
