/** What an operator may set about PDS. The defaults are the vendor's facts; where there is no fact, docs/dialects/pds.md says so. */

import {
  accessTokenGraceSeconds,
  accessTokenLifetimeSeconds,
  jtiLength,
  nameLimits,
  refreshTokenLifetimeSeconds,
  scopes,
} from '@hufu/wire/pds';

export interface PdsOptions {
  readonly accessTokenLifetimeSeconds: number;
  /** How much longer than `expires_in` says an access token really lives. */
  readonly accessTokenGraceSeconds: number;
  readonly renewalLifetimeSeconds: number;
  /** Whether each refresh moves the end of renewal, or the session keeps its first one. */
  readonly renewalEnd: 'sliding' | 'fixed';
  /** Absolute end of a session, however often it is refreshed. */
  readonly sessionLifetimeSeconds: number;
  readonly retryWindowSeconds: number;
  readonly codeLifetimeSeconds: number;
  /** How far an application's clock may be off, either way. */
  readonly assertionLeewaySeconds: number;
  /** How far ahead the `exp` of an assertion may lie. */
  readonly assertionMaximumSeconds: number;
  readonly jtiMinimumLength: number;
  readonly jtiMaximumLength: number;
  readonly assertionReplay: 'refuse' | 'accept';
  /** Whether `app_id` may be left out where a JWT application refreshes. */
  readonly accountTokenAppId: 'required' | 'optional';
  /** Whether applications refresh at their own kind's path only, or at either. */
  readonly refreshPaths: 'documented' | 'either';
  readonly tokenAcceptsJson: boolean;
  readonly accountTokenAcceptsForm: boolean;
  /** What the tokens of an application carry that was registered without scopes. */
  readonly defaultScopes: readonly string[];
  readonly subdomainIdMaximumLength: number;
  readonly bodyLimitBytes: number;
  readonly maxFormMembers: number;
}

const day = 24 * 60 * 60;

export const pdsDefaults: PdsOptions = {
  accessTokenLifetimeSeconds,
  accessTokenGraceSeconds,
  renewalLifetimeSeconds: refreshTokenLifetimeSeconds,
  renewalEnd: 'sliding',
  sessionLifetimeSeconds: 90 * day,
  retryWindowSeconds: 60,
  codeLifetimeSeconds: 5 * 60,
  assertionLeewaySeconds: 60,
  assertionMaximumSeconds: 60 * 60,
  // The SDK draws it by chance: once in a few million calls it is shorter than any minimum that would mean something.
  jtiMinimumLength: 1,
  jtiMaximumLength: jtiLength.maximum,
  assertionReplay: 'refuse',
  accountTokenAppId: 'required',
  refreshPaths: 'documented',
  tokenAcceptsJson: false,
  accountTokenAcceptsForm: false,
  defaultScopes: scopes,
  subdomainIdMaximumLength: nameLimits.userId,
  bodyLimitBytes: 32 * 1024,
  maxFormMembers: 32,
};
