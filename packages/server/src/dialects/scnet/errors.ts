/**
 * Reason to the vendor's code and words, or to what the gateway in front answers by itself. Codes and words are the vendor's
 * where a source is known (`@hufu/wire/scnet`, errors.ts); which reason takes which of them is our choice nearly everywhere
 * (docs/dialects/scnet.md).
 */

import {
  acMessages,
  apiMessages,
  type ErrorCode,
  errorCodes,
  type GatewayStatus,
  operations,
  tokenIsInvalid,
} from '@hufu/wire/scnet';
import type { Reason } from '../../core/reasons.ts';
import { secondMs } from '../../core/time.ts';
import type { AnswerContext, TransportProblem } from '../dialect.ts';

export type ScnetError =
  /** With HTTP 200. */
  | { readonly by: 'service'; readonly code: ErrorCode; readonly message: string; readonly data: string | null }
  | { readonly by: 'gateway'; readonly status: GatewayStatus; readonly retryAfterSeconds?: number };

const gateway = (status: GatewayStatus, retryAfterSeconds?: number): ScnetError =>
  retryAfterSeconds === undefined ? { by: 'gateway', status } : { by: 'gateway', status, retryAfterSeconds };

const service = (code: ErrorCode, message: string, data: string | null = null): ScnetError => ({
  by: 'service',
  code,
  message,
  data,
});

/** The user service speaks other words than the AC service. */
const wordsAt = (path: string) => (path === operations.accessKeyLogin.path ? apiMessages : acMessages);

/** observed: one answer for every token that does not hold, whatever the reason. */
const badToken = service(errorCodes.unauthorized, acMessages.unauthorized, tokenIsInvalid);
const badPassword = service(errorCodes.unauthorized, acMessages.unauthorized);
const badSignature = service(errorCodes.denied, apiMessages.signatureMismatch);

export function errorOf(reason: Reason, { request, nowMs }: Pick<AnswerContext, 'request' | 'nowMs'>): ScnetError {
  const words = wordsAt(request.path);
  switch (reason.code) {
    case 'request_malformed':
      return reason.problem === errorCodes.incomplete
        ? service(errorCodes.incomplete, words.incomplete)
        : service(errorCodes.invalid, words.invalid);
    case 'client_unknown':
    case 'user_unknown':
    case 'password_wrong':
    case 'account_disabled':
    // No command of SCNet comes to this one.
    case 'client_authentication_failed':
      return badPassword;
    case 'login_blocked':
      return gateway(429, Math.max(1, Math.ceil((reason.retryAtMs - nowMs) / secondMs)));
    case 'access_key_unknown':
      return service(errorCodes.denied, apiMessages.accessKeyUnknown);
    case 'access_key_foreign':
      return service(errorCodes.denied, apiMessages.accessKeyForeign);
    case 'login_name_unknown':
      return service(errorCodes.denied, apiMessages.userUnknown);
    case 'request_time_skewed':
      return service(errorCodes.denied, apiMessages.timestampOff);
    case 'signature_replayed':
      return service(errorCodes.denied, apiMessages.replayed);
    case 'signature_mismatch':
    case 'access_key_disabled':
    case 'user_disabled':
    case 'tenant_disabled':
    // Temporary credentials: the login has no place for their security token.
    case 'security_token_invalid':
    case 'security_token_expired':
      return badSignature;
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
    case 'region_not_allowed':
      return badToken;
    case 'platform_token':
    case 'internal':
      return service(errorCodes.internal, words.internal);
    case 'rate_limited':
      return gateway(429, 1);
    case 'temporarily_unavailable':
      return gateway(503, 1);
    case 'timed_out':
      return gateway(504);
    // No command of SCNet comes to these: they are about policies, codes, assertions, applications and the login page.
    case 'permission_denied':
    case 'client_not_permitted':
    case 'lifetime_out_of_range':
    case 'grant_type_not_allowed':
    case 'redirect_uri_not_registered':
    case 'code_challenge_missing':
    case 'code_unknown':
    case 'code_expired':
    case 'code_mismatch':
    case 'code_replayed':
    case 'assertion_refused':
    case 'assertion_replayed':
    case 'scope_not_allowed':
    case 'target_not_allowed':
    case 'login_required':
    case 'consent_required':
    case 'consent_denied':
      return service(errorCodes.denied, acMessages.denied);
  }
}

export function transportErrorOf(problem: TransportProblem): ScnetError {
  switch (problem) {
    case 'not_found':
      return gateway(404);
    case 'method_not_allowed':
      return gateway(405);
    case 'body_too_large':
      return gateway(413);
    case 'unreadable_content_type':
      return gateway(415);
    case 'headers_too_large':
      return gateway(431);
    case 'malformed_http':
      return gateway(400);
    case 'timed_out':
      return gateway(504);
  }
}
