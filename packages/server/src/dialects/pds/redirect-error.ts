/** What an application is told at its redirect URI. The vendor publishes no form for it: RFC 6749, section 4.1.2.1 has one. */

import type { Reason } from '../../core/reasons.ts';
import { errorOf } from './errors.ts';

export interface RedirectError {
  readonly error:
    | 'invalid_request'
    | 'unauthorized_client'
    | 'access_denied'
    | 'unsupported_response_type'
    | 'invalid_scope'
    | 'server_error'
    | 'temporarily_unavailable'
    | 'login_required'
    | 'consent_required';
  /** The code of PDS for the same thing. */
  readonly description: string;
}

export function redirectError(reason: Reason): RedirectError {
  const description = errorOf(reason, { request: { method: 'GET', path: '', headers: {} } }).code;
  return { error: wordOf(reason), description };
}

function wordOf(reason: Reason): RedirectError['error'] {
  switch (reason.code) {
    case 'request_malformed':
      return reason.problem === 'InvalidParameterNotSupported.ResponseType'
        ? 'unsupported_response_type'
        : 'invalid_request';
    case 'scope_not_allowed':
      return 'invalid_scope';
    case 'login_required':
    case 'consent_required':
      return reason.code;
    case 'grant_type_not_allowed':
    case 'client_not_permitted':
    case 'client_unknown':
    case 'client_authentication_failed':
      return 'unauthorized_client';
    case 'temporarily_unavailable':
    case 'rate_limited':
    case 'login_blocked':
      return 'temporarily_unavailable';
    case 'timed_out':
    case 'internal':
      return 'server_error';
    case 'target_not_allowed':
    case 'code_challenge_missing':
    case 'redirect_uri_not_registered':
    case 'lifetime_out_of_range':
      return 'invalid_request';
    case 'consent_denied':
    case 'access_key_foreign':
    case 'login_name_unknown':
    case 'signature_replayed':
    case 'region_not_allowed':
    case 'platform_token':
    case 'access_key_unknown':
    case 'access_key_disabled':
    case 'user_disabled':
    case 'tenant_disabled':
    case 'security_token_invalid':
    case 'security_token_expired':
    case 'signature_mismatch':
    case 'request_time_skewed':
    case 'permission_denied':
    case 'code_unknown':
    case 'code_expired':
    case 'code_mismatch':
    case 'code_replayed':
    case 'assertion_refused':
    case 'assertion_replayed':
    case 'user_unknown':
    case 'account_disabled':
    case 'password_wrong':
    case 'credential_invalid':
    case 'credential_expired':
    case 'grant_unknown':
    case 'grant_foreign':
    case 'grant_revoked':
    case 'grant_suspended':
    case 'grant_expired':
    case 'renewal_over':
    case 'refresh_replayed':
    case 'refresh_forged':
    case 'binding_mismatch':
      return 'access_denied';
  }
}
