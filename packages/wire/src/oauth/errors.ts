/** Error codes of OAuth with their HTTP statuses, and what their texts may be made of. */

/**
 * RFC 6749, section 5.2, whose status is 400 where nothing else is said; RFC 8707, section 2 (`invalid_target`).
 * `server_error` and `temporarily_unavailable` are of RFC 6749, section 4.1.2.1: their meaning fits the other endpoints too.
 * The last five go to redirect URIs only, where a status means nothing: RFC 6749, section 4.1.2.1, and OpenID Connect Core,
 * section 3.1.2.6, which registered them for OAuth.
 */
export const errorStatus = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_grant: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  invalid_scope: 400,
  invalid_target: 400,
  server_error: 500,
  temporarily_unavailable: 503,
  access_denied: 400,
  unsupported_response_type: 400,
  login_required: 400,
  consent_required: 400,
  request_not_supported: 400,
  request_uri_not_supported: 400,
} as const;

export type OAuthErrorCode = keyof typeof errorStatus;

export const isErrorCode = (text: string): text is OAuthErrorCode => Object.hasOwn(errorStatus, text);

/** `error_description`: printable ASCII without quote and backslash (RFC 6749, section 5.2). */
export const isDescription = (text: string): boolean => /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/.test(text);
