/** A guard for callers who look for an error of the server. */

import { isTokenError, type TokenError } from '../../core/errors.ts';

/** RFC 6749, sections 4.1.2.1 and 5.2; RFC 8707, section 2. */
export type OAuth2ErrorCode =
  | 'access_denied'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_request'
  | 'invalid_scope'
  | 'invalid_target'
  | 'server_error'
  | 'temporarily_unavailable'
  | 'unauthorized_client'
  | 'unsupported_grant_type';

/** @example if (isOAuth2Error(error, 'invalid_scope')) … */
export const isOAuth2Error = <Code extends OAuth2ErrorCode>(
  error: unknown,
  code: Code,
): error is TokenError & { readonly vendorCode: Code } => isTokenError(error) && error.vendorCode === code;
