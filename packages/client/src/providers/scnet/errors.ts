/** Error codes of SCNet: what they mean for a token, and a guard for callers who look for one. */

import { asksForNewToken, type ErrorCode, errorCodes } from '@hufu/wire/scnet';
import { isTokenError, type TokenError, type TokenErrorCode } from '../../core/errors.ts';
import type { AnswerFacts } from '../../core/provider.ts';

export type ScnetErrorCode = ErrorCode;

/** @example if (isScnetError(error, '10009')) … */
export const isScnetError = <Code extends ScnetErrorCode>(
  error: unknown,
  code: Code,
): error is TokenError & { readonly vendorCode: Code } => isTokenError(error) && error.vendorCode === code;

/** @param credential what a refusal puts in doubt: who logs in, or the token that was shown. */
export function tokenErrorCode(vendorCode: string, credential: 'login' | 'token'): TokenErrorCode {
  if (vendorCode === errorCodes.internal) return 'server_error';
  // A token is all that such a call says: whatever is wrong with it, another one helps.
  if (credential === 'token') return 'invalid_grant';
  return vendorCode === errorCodes.incomplete || vendorCode === errorCodes.invalid ? 'config' : 'invalid_client';
}

/** Refusals come with status 200; the code asks for another token. */
export function isAuthFailure({ status }: AnswerFacts, body: unknown): boolean {
  const { code }: { readonly code?: unknown } = typeof body === 'object' && body !== null ? body : {};
  return status === 401 || asksForNewToken({ code: String(code) });
}
