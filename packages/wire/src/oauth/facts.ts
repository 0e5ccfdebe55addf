/** Facts of OAuth 2.1 that server and client share: paths, parameter names, error codes. */

/** Where Hufu serves them; RFC 8414, section 3 fixes the place of the metadata. */
export const paths = {
  metadata: '/.well-known/oauth-authorization-server',
  jwks: '/.well-known/jwks.json',
  introspect: '/oauth2/introspect',
  revoke: '/oauth2/revoke',
} as const;

/**
 * Error codes with their HTTP statuses: RFC 6749, section 5.2; RFC 7009, section 2.2.1; `temporarily_unavailable` and
 * `server_error` from RFC 6749, section 4.1.2.1, whose meaning fits here as well.
 */
export const errorStatus = {
  invalid_request: 400,
  invalid_client: 401,
  unauthorized_client: 403,
  server_error: 500,
  temporarily_unavailable: 503,
} as const;

export type OAuthErrorCode = keyof typeof errorStatus;
