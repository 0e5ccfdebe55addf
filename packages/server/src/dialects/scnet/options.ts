/** What an operator may set about SCNet. Where the vendor has no fact, docs/dialects/scnet.md says what the default rests on. */

import {
  loginLifetimeSeconds,
  platformComputeUser,
  platformRegion,
  renewalWindowSeconds,
  timestampWindowSeconds,
  tokenLifetimeSeconds,
} from '@hufu/wire/scnet';

export interface ScnetOptions {
  readonly tokenLifetimeSeconds: number;
  /** How long after its end a token can still be renewed: less than this. */
  readonly renewalWindowSeconds: number;
  /** Absolute end of a login, however often its tokens are renewed. */
  readonly loginLifetimeSeconds: number;
  /** What becomes of a token that was renewed. */
  readonly oldToken: 'keep' | 'end';
  /** How long the old token still gets the same successor, where it ends. */
  readonly retryWindowSeconds: number;
  /** How far the timestamp of an AK/SK login may be from the server's time, either way. */
  readonly timestampWindowSeconds: number;
  /** A signed login that came before. */
  readonly replay: 'accept' | 'refuse';
  /** Claims of the platform's token. */
  readonly platformClusterIdClaim: string;
  readonly platformComputeUser: string;
  readonly bodyLimitBytes: number;
}

export const scnetDefaults: ScnetOptions = {
  tokenLifetimeSeconds,
  renewalWindowSeconds,
  loginLifetimeSeconds,
  oldToken: 'keep',
  retryWindowSeconds: 60,
  timestampWindowSeconds,
  replay: 'accept',
  platformClusterIdClaim: platformRegion.clusterId,
  platformComputeUser,
  // No call has a body.
  bodyLimitBytes: 16 * 1024,
};
