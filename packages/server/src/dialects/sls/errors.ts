/**
 * Reason to the vendor's code and words. Codes and texts are the vendor's where a source is known
 * (`@hufu/wire/sls`, errors.ts); which reason takes which of them is our choice for tickets (docs/dialects/sls.md).
 */

import { type ErrorCode, errorStatus, parseAuthorization } from '@hufu/wire/sls';
import type { Reason } from '../../core/reasons.ts';
import type { AnswerContext, TransportProblem } from '../dialect.ts';

export interface SlsError {
  readonly code: ErrorCode;
  readonly message: string;
}

const error = (code: ErrorCode, message: string): SlsError => ({ code, message });
const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorStatus, code);

export function errorOf(reason: Reason, context: AnswerContext): SlsError {
  switch (reason.code) {
    case 'request_malformed':
      return error(isErrorCode(reason.problem) ? reason.problem : 'ParameterInvalid', reason.message);
    case 'access_key_unknown':
      return error('Unauthorized', `AccessKeyId not found: ${reason.accessKeyId}`);
    case 'access_key_disabled':
      return error('Unauthorized', `AccessKeyId is disabled: ${reason.accessKeyId}`);
    case 'user_disabled':
      return error('Unauthorized', 'The AccessKeyId is unauthorized.');
    case 'tenant_disabled':
      return error('Unauthorized', 'Your SLS service has been forbidden.');
    case 'security_token_invalid':
      return error('Unauthorized', 'The security token you provided is invalid.');
    case 'security_token_expired':
      return error('Unauthorized', 'The security token you provided has expired.');
    case 'signature_mismatch':
      return error('SignatureNotMatch', `signature ${presentedSignature(context)} not match`);
    case 'request_time_skewed': {
      const serverTime = new Date(reason.serverTimeMs).toUTCString();
      return error(
        'RequestTimeExpired',
        `request time${reason.requestTime} has been expired while server time is ${serverTime}`,
      );
    }
    case 'permission_denied':
      return error('Unauthorized', `denied by sts or ram, action: ${reason.action}, resource: ${reason.resource}`);
    case 'rate_limited':
      return error('MetaOperationQpsLimitExceeded', 'Qps limit for the meta operation is exceeded.');
    case 'lifetime_out_of_range':
      return error('ParameterInvalid', `parameter ${reason.name} must be between 0 and ${reason.maximumSeconds}`);
    case 'credential_expired':
    case 'grant_expired':
    case 'renewal_over':
      return error('Unauthorized', 'The ticket you provided has expired.');
    case 'credential_invalid':
    case 'grant_unknown':
    case 'grant_foreign':
    case 'binding_mismatch':
    case 'grant_revoked':
    case 'grant_suspended':
    case 'refresh_replayed':
    case 'refresh_forged':
      return error('Unauthorized', 'The ticket you provided is invalid.');
    // No command of SLS comes to these: they are about applications, codes, assertions, regions and the login page.
    case 'client_authentication_failed':
    case 'client_not_permitted':
    case 'access_key_foreign':
    case 'login_name_unknown':
    case 'signature_replayed':
    case 'region_not_allowed':
    case 'platform_token':
    case 'client_unknown':
    case 'grant_type_not_allowed':
    case 'redirect_uri_not_registered':
    case 'code_challenge_missing':
    case 'code_unknown':
    case 'code_expired':
    case 'code_mismatch':
    case 'code_replayed':
    case 'assertion_refused':
    case 'assertion_replayed':
    case 'user_unknown':
    case 'account_disabled':
    case 'password_wrong':
    case 'login_blocked':
    case 'scope_not_allowed':
    case 'target_not_allowed':
    case 'login_required':
    case 'consent_required':
    case 'consent_denied':
      return error('Unauthorized', 'The AccessKeyId is unauthorized.');
    case 'temporarily_unavailable':
      return error('ServerBusy', 'The server is busy, please try again later.');
    case 'timed_out':
      return error('RequestTimeout', 'The request is timeout. Please try again later.');
    case 'internal':
      return error('InternalServerError', 'Internal server error message.');
  }
}

export function transportErrorOf(problem: TransportProblem, context: AnswerContext, bodyLimitBytes: number): SlsError {
  switch (problem) {
    case 'not_found':
      return error('NotFound', `path ${context.request.path.slice(0, 128)} is not found`);
    case 'method_not_allowed':
      return error('InvalidMethod', `invalid request method : ${context.request.path.slice(0, 128)}`);
    case 'body_too_large':
      return error('PostBodyTooLarge', `Body size must little than ${bodyLimitBytes}.`);
    case 'unreadable_content_type':
      return error('InvalidContentType', 'Content-Type is unsupported.');
    case 'headers_too_large':
      return error('RequestHeaderTooLarge', 'Request header is too large.');
    case 'malformed_http':
      return error('ParameterInvalid', 'The request is not valid HTTP.');
    case 'timed_out':
      return error('RequestTimeout', 'The request is timeout. Please try again later.');
  }
}

function presentedSignature(context: AnswerContext): string {
  return parseAuthorization(context.request.headers.authorization ?? '')?.signature ?? '';
}
