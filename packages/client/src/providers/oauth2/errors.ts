/** A guard for callers who look for an error of the server. */

import { isTokenError, type TokenError } from '../../core/errors.ts';

/** RFC 6749, sections 4.1.2.1 and 5.2; RFC 8707, section 2; OpenID Connect Core, section 3.1.2.6. */
export type OAuth2ErrorCode =
  | 'access_denied'
  | 'consent_required'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_request'
  | 'invalid_scope'
  | 'invalid_target'
  | 'login_required'
  | 'request_not_supported'
  | 'request_uri_not_supported'
  | 'server_error'
  | 'temporarily_unavailable'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type';

/** @example if (isOAuth2Error(error, 'invalid_scope')) … */
export const isOAuth2Error = <Code extends OAuth2ErrorCode>(
  error: unknown,
  code: Code,
): error is TokenError & { readonly vendorCode: Code } => isTokenError(error) && error.vendorCode === code;
