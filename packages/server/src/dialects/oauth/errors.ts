/**
 * Reason to the error code of OAuth and its words. The words are the same for every reason behind a code: what is wrong with a
 * code, a refresh token or an assertion stands in the audit log, and nowhere outside. No text repeats what a caller sent.
 */

import { isDescription, isErrorCode, type OAuthErrorCode } from '@hufu/wire/oauth';
import type { AssertionUse, Reason } from '../../core/reasons.ts';
import type { TransportProblem } from '../dialect.ts';

export interface OAuthError {
  readonly code: OAuthErrorCode;
  readonly description: string;
}

const error = (code: OAuthErrorCode, description: string): OAuthError => ({ code, description });

const badClient = error('invalid_client', 'client authentication failed');
const badGrant = error('invalid_grant', 'the code, refresh token or assertion is invalid, expired or revoked');
const badRequest = error('invalid_request', 'the request is malformed');
const ourMistake = error('server_error', 'internal error');
const busy = error('temporarily_unavailable', 'try again later');

const badAssertion: Readonly<Record<AssertionUse, OAuthError>> = { client: badClient, grant: badGrant };

export function errorOf(reason: Reason): OAuthError {
  switch (reason.code) {
    case 'request_malformed':
      if (!isErrorCode(reason.problem) || !isDescription(reason.message)) return badRequest;
      return error(reason.problem, reason.message);
    case 'client_authentication_failed':
    case 'client_unknown':
      return badClient;
    case 'assertion_refused':
    case 'assertion_replayed':
      return badAssertion[reason.proves];
    case 'client_not_permitted':
      return error('unauthorized_client', 'the client does not have the permission');
    case 'grant_type_not_allowed':
      return error('unauthorized_client', 'the client is not registered for this');
    case 'scope_not_allowed':
      return error('invalid_scope', 'the scope is not allowed');
    case 'target_not_allowed':
      return error('invalid_target', 'the resource is unknown or not allowed');
    case 'code_unknown':
    case 'code_expired':
    case 'code_mismatch':
    case 'code_replayed':
    case 'user_unknown':
    case 'account_disabled':
    case 'tenant_disabled':
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
      return badGrant;
    case 'login_required':
      return error('login_required', 'nobody is logged in');
    case 'consent_required':
      return error('consent_required', 'the user has not allowed it yet');
    case 'consent_denied':
      return error('access_denied', 'the user did not allow it');
    case 'code_challenge_missing':
      return error('invalid_request', 'code_challenge with the method S256 is required');
    case 'redirect_uri_not_registered':
      return error('invalid_request', 'the redirect URI is not registered');
    // The login page answers these to the user, and tries again.
    case 'password_wrong':
    case 'login_blocked':
      return error('access_denied', 'the login failed');
    case 'rate_limited':
    case 'temporarily_unavailable':
    case 'timed_out':
      return busy;
    // No command of OAuth comes to these: they are about access keys, signatures and regions.
    case 'access_key_foreign':
    case 'login_name_unknown':
    case 'signature_replayed':
    case 'region_not_allowed':
    case 'platform_token':
    case 'access_key_unknown':
    case 'access_key_disabled':
    case 'user_disabled':
    case 'security_token_invalid':
    case 'security_token_expired':
    case 'signature_mismatch':
    case 'request_time_skewed':
    case 'permission_denied':
    case 'lifetime_out_of_range':
    case 'internal':
      return ourMistake;
  }
}

/** The authorization endpoint has fewer codes (RFC 6749, section 4.1.2.1). */
export function redirectErrorOf(reason: Reason): OAuthError {
  const { code, description } = errorOf(reason);
  if (code === 'invalid_grant') return error('access_denied', 'the account may not log in');
  if (code === 'invalid_client') return error('unauthorized_client', description);
  return { code, description };
}

export interface TransportError extends OAuthError {
  readonly status: number;
}

export function transportErrorOf(problem: TransportProblem, bodyLimitBytes: number): TransportError {
  switch (problem) {
    case 'not_found':
      return { ...error('invalid_request', 'nothing is served here'), status: 404 };
    case 'method_not_allowed':
      return { ...error('invalid_request', 'this is served by POST'), status: 405 };
    case 'body_too_large':
      return { ...error('invalid_request', `the form is above ${bodyLimitBytes} bytes`), status: 413 };
    case 'unreadable_content_type':
      return { ...error('invalid_request', 'the content type is not readable'), status: 415 };
    case 'headers_too_large':
      return { ...error('invalid_request', 'the headers are too large'), status: 431 };
    case 'malformed_http':
      return { ...error('invalid_request', 'the request is not valid HTTP'), status: 400 };
    case 'timed_out':
      return { ...busy, status: 503 };
  }
}
