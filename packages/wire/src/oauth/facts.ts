/** Facts of OAuth 2.1 that server and client share: paths, names and values. Each names the RFC and section that fixes it. */

/** Where Hufu serves them; RFC 8414, section 3 fixes the place of the metadata. */
export const paths = {
  metadata: '/.well-known/oauth-authorization-server',
  jwks: '/.well-known/jwks.json',
  authorize: '/oauth2/authorize',
  token: '/oauth2/token',
  introspect: '/oauth2/introspect',
  revoke: '/oauth2/revoke',
} as const;

/** RFC 6749, section 4 (its appendix B fixes the encoding). */
export const formMediaType = 'application/x-www-form-urlencoded';

/** Values of `grant_type`: RFC 6749, sections 4.1.3, 6 and 4.4.2; RFC 7523, section 2.1. */
export const grantTypes = {
  authorizationCode: 'authorization_code',
  refreshToken: 'refresh_token',
  clientCredentials: 'client_credentials',
  jwtBearer: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
} as const;

/** Value of `client_assertion_type` (RFC 7523, section 2.2). */
export const clientAssertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** RFC 6749, section 2.3; the names are those of RFC 7591, section 2, and of OpenID Connect Core, section 9. */
export const authenticationMethods = {
  basic: 'client_secret_basic',
  post: 'client_secret_post',
  privateKeyJwt: 'private_key_jwt',
  none: 'none',
} as const;

/** RFC 6749, section 3.1.1. */
export const responseType = 'code';

/** OAuth 2.0 Multiple Response Type Encoding Practices, section 2.1. */
export const responseMode = 'query';

/** RFC 7636, section 4.3. */
export const codeChallengeMethod = 'S256';

/** RFC 7636, section 4.2: SHA-256 in base64url. */
export const codeChallengeForm = /^[A-Za-z0-9_-]{43}$/;

/** RFC 7636, section 4.1. */
export const codeVerifierForm = /^[A-Za-z0-9._~-]{43,128}$/;

/** Parameters that no request carries twice (RFC 6749, section 3.2) have one exception: RFC 8707, section 2. */
export const repeatableParameter = 'resource';

/** RFC 6750, section 1. */
export const tokenType = 'Bearer';

/** `typ` of an access token (RFC 9068, section 2.1). */
export const accessTokenType = 'at+jwt';

/** Names the attempt of a refresh: draft-ietf-httpapi-idempotency-key-header. In lower case, as Node gives it. */
export const idempotencyKeyHeader = 'idempotency-key';
