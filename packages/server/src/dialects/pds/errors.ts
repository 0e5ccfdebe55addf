/**
 * Reason to the vendor's code and words. Codes and texts are the vendor's where a source is known (`@hufu/wire/pds`,
 * errors.ts); which reason takes which of them is our choice nearly everywhere (docs/dialects/pds.md).
 */

import { type ErrorCode, errorStatus, messages, paths, statusOfCode, suffixedCode } from '@hufu/wire/pds';
import type { AssertionProblem, Reason } from '../../core/reasons.ts';
import type { AnswerContext, TransportProblem } from '../dialect.ts';
import { type Fault, faultOf } from './problem.ts';

export interface PdsError {
  /** With its suffix. */
  readonly code: string;
  readonly status: number;
  readonly message: string;
}

const error = (code: ErrorCode, message: string): PdsError => ({ code, status: errorStatus[code], message });

const parameter = (fault: Fault, name: string): PdsError => ({
  status: errorStatus.InvalidParameter,
  ...faultOf(fault, name),
});

const notFound = (resource: string): PdsError => ({
  code: suffixedCode('NotFound', resource),
  status: errorStatus.NotFound,
  message: messages.notFound(resource),
});

/** observed: one answer for every refresh token that is not taken, whatever the reason. */
const badRefreshToken = parameter('invalid', 'refresh_token');

const forbidden = error('Forbidden', messages.forbidden);

export function errorOf(reason: Reason, context: Pick<AnswerContext, 'request'>): PdsError {
  switch (reason.code) {
    case 'request_malformed':
      return {
        code: reason.problem,
        status: statusOfCode(reason.problem) ?? errorStatus.InvalidParameter,
        message: reason.message,
      };
    case 'client_unknown':
      return notFound('app');
    case 'client_authentication_failed':
      // tea: what else the calls without a secret can answer.
      return context.request.path === paths.token ? parameter('invalid', 'client_secret') : forbidden;
    case 'grant_type_not_allowed':
      return context.request.path === paths.token || context.request.path === paths.accountToken
        ? parameter('notSupported', 'grant_type')
        : forbidden;
    case 'redirect_uri_not_registered':
      return parameter('notMatch', 'redirect_uri');
    case 'code_challenge_missing':
      return parameter('missing', 'code_challenge');
    case 'code_unknown':
    case 'code_replayed':
      return parameter('invalid', 'code');
    case 'code_expired':
      return parameter('expired', 'code');
    case 'code_mismatch':
      return reason.problem === 'client' ? parameter('invalid', 'code') : parameter('notMatch', reason.problem);
    case 'assertion_refused':
      return assertionError(reason.problem);
    case 'assertion_replayed':
      return parameter('invalid', 'jti');
    case 'user_unknown':
      return notFound('user');
    case 'scope_not_allowed':
      return parameter('invalid', 'scope');
    case 'target_not_allowed':
      return parameter('invalid', 'subdomain_id');
    case 'credential_invalid':
    case 'credential_expired':
    case 'grant_unknown':
    case 'grant_foreign':
    case 'grant_revoked':
    case 'grant_expired':
    case 'renewal_over':
    case 'refresh_replayed':
    case 'refresh_forged':
    case 'binding_mismatch':
      return badRefreshToken;
    case 'account_disabled':
    case 'tenant_disabled':
    case 'grant_suspended':
      return forbidden;
    // To the login page and the redirect URI only: see `redirect` of authorize.ts.
    case 'password_wrong':
    case 'login_required':
    case 'consent_required':
    case 'consent_denied':
      return forbidden;
    // No command of PDS comes to these: they are about access keys, tickets, regions and resource servers.
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
    case 'client_not_permitted':
    case 'lifetime_out_of_range':
      return forbidden;
    case 'rate_limited':
    case 'login_blocked':
      return error('TooManyRequests', messages.tooManyRequests);
    case 'temporarily_unavailable':
      return error('ServiceUnavailable', messages.unavailable);
    case 'timed_out':
      return error('D504TO', messages.gatewayTimeout);
    case 'internal':
      return error('InternalError', messages.internal);
  }
}

/** Only whoever holds the application's key is told of a claim: the signature is checked before any of them. */
function assertionError(problem: AssertionProblem): PdsError {
  switch (problem) {
    case 'form':
      return parameter('wrongFormat', 'assertion');
    case 'alg':
      return parameter('notSupported', 'alg');
    case 'key':
    case 'signature':
      return parameter('invalid', 'assertion');
    case 'iss':
    case 'aud':
      return parameter('notMatch', problem);
    case 'sub':
    case 'auto_create':
      return parameter('invalid', problem);
    case 'sub_type':
      return parameter('notSupported', problem);
    case 'exp':
      return parameter('expired', problem);
    case 'lifetime':
      return parameter('outOfRange', 'exp');
    case 'jti':
    case 'iat':
    case 'nbf':
      return parameter('outOfRange', problem);
  }
}

export function transportErrorOf(problem: TransportProblem, { request: { method, path } }: AnswerContext): PdsError {
  switch (problem) {
    case 'not_found':
      return error('I404NF', messages.apiNotFound(method, printable(path)));
    case 'method_not_allowed':
      return error('MethodNotAllowed', `Method ${method} is not allowed.`);
    case 'body_too_large':
      return error('RequestBodyTooLarge', 'The request body is too large.');
    case 'unreadable_content_type':
      return error('UnsupportedMediaType', 'Content-Type cannot be read.');
    case 'headers_too_large':
      return error('RequestHeaderTooLarge', 'The request header is too large.');
    case 'malformed_http':
      return error('InvalidParameter', 'The request is not valid HTTP.');
    case 'timed_out':
      return error('D504TO', messages.gatewayTimeout);
  }
}

/** It goes into a header as well. */
const printable = (path: string): string => path.slice(0, 128).replace(/[^\x21-\x7e]/g, '?');
