/** What an operator may set about SLS. The defaults are the vendor's facts; where there is no fact, docs/dialects/sls.md says so. */

import {
  accessTokenLifetimeSeconds,
  bodyLimitBytes,
  clockSkewSeconds,
  issuingRegions,
  ticketLifetimeSeconds,
} from '@hufu/wire/sls';

export interface SlsOptions {
  /** Regions that create tickets. */
  readonly issuingRegions: readonly string[];
  /** Regions that refresh access tokens; empty for every region. */
  readonly refreshRegions: readonly string[];
  readonly clockSkewSeconds: number;
  readonly ticketDefaultSeconds: number;
  readonly ticketMaximumSeconds: number;
  readonly accessTokenDefaultSeconds: number;
  readonly accessTokenMaximumSeconds: number;
  /** `accessTokenExpirationTime` above `expirationTime`: shortened (API reference) or refused (SDK guide). */
  readonly overlongAccessToken: 'clamp' | 'refuse';
  /** A lifetime of 0: taken literally (over at once), or as not given. */
  readonly zeroLifetime: 'literal' | 'default';
  /** v1 signatures with hmac-sha1, which old clients send. */
  readonly allowHmacSha1: boolean;
  readonly bodyLimitBytes: number;
  /** Value of the `server` answer header; the vendor's is Tengine. */
  readonly serverHeader: string;
}

export const slsDefaults: SlsOptions = {
  issuingRegions,
  refreshRegions: [],
  clockSkewSeconds,
  ticketDefaultSeconds: ticketLifetimeSeconds.default,
  ticketMaximumSeconds: ticketLifetimeSeconds.maximum,
  accessTokenDefaultSeconds: accessTokenLifetimeSeconds.default,
  accessTokenMaximumSeconds: accessTokenLifetimeSeconds.maximum,
  overlongAccessToken: 'clamp',
  zeroLifetime: 'literal',
  allowHmacSha1: true,
  bodyLimitBytes,
  serverHeader: 'Tengine',
};
