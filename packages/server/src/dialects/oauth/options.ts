/** What an operator may set about OAuth 2.1. The RFCs leave every value here to the server; docs/dialects/oauth.md says why these. */

const minuteSeconds = 60;
const daySeconds = 24 * 60 * minuteSeconds;

export interface OAuthOptions {
  /** Whether grants are served. Introspection and revocation are served either way, for tokens of every dialect. */
  readonly enabled: boolean;
  readonly accessTokenLifetimeSeconds: number;
  /** What signs access tokens that are JWTs: ES256 is small and fast, RS256 what every checker knows (RFC 9068, section 2.1). */
  readonly accessTokenAlgorithm: 'ES256' | 'RS256';
  /** How long a refresh token may rest unused; each refresh begins it anew. */
  readonly renewalLifetimeSeconds: number;
  /** Absolute end of a session, however often it is refreshed. */
  readonly sessionLifetimeSeconds: number;
  readonly codeLifetimeSeconds: number;
  /** How long the direct predecessor of a refresh token still gets the same successor. */
  readonly retryWindowSeconds: number;
  /** A refresh ends the access tokens before it, for checkers that introspect. */
  readonly refreshEndsAccessTokens: boolean;
  /** How far a client's clock may be off, either way. */
  readonly assertionLeewaySeconds: number;
  /** How far ahead the end of an assertion may lie. */
  readonly assertionMaximumSeconds: number;
  readonly assertionsNeedJti: boolean;
  /** Resource of access tokens for which none was asked; `undefined` for the issuer. */
  readonly defaultResource?: string | undefined;
  /** Scopes that the metadata names; what a client gets is decided by client and resource. */
  readonly publishedScopes: readonly string[];
  readonly bodyLimitBytes: number;
}

export const oauthDefaults: OAuthOptions = {
  enabled: true,
  accessTokenLifetimeSeconds: 10 * minuteSeconds,
  accessTokenAlgorithm: 'ES256',
  renewalLifetimeSeconds: 30 * daySeconds,
  sessionLifetimeSeconds: 365 * daySeconds,
  codeLifetimeSeconds: minuteSeconds,
  retryWindowSeconds: minuteSeconds,
  refreshEndsAccessTokens: false,
  assertionLeewaySeconds: minuteSeconds,
  assertionMaximumSeconds: 60 * minuteSeconds,
  assertionsNeedJti: true,
  publishedScopes: [],
  bodyLimitBytes: 32 * 1024,
};
