/** Error codes of SLS: what they mean for a token, and a guard for callers who look for one. */

import type { ErrorCode } from '@hufu/wire/sls';
import { isTokenError, type TokenError, type TokenErrorCode } from '../../core/errors.ts';

/** The codes that stand in the wire's table, and those of the vendor's list that its token operations share with others. */
export type SlsErrorCode =
  | ErrorCode
  | 'InvalidDateFormat'
  | 'ProjectForbidden'
  | 'ReadQuotaExceed'
  | 'RequestTimeTooSkewed'
  | 'WriteQuotaExceed';

/** @example if (isSlsError(error, 'SignatureNotMatch')) … */
export const isSlsError = <Code extends SlsErrorCode>(
  error: unknown,
  code: Code,
): error is TokenError & { readonly vendorCode: Code } => isTokenError(error) && error.vendorCode === code;

/** The clock of this machine is wrong: the answer tells by how much. */
export const isTimeRefusal = (vendorCode: unknown): boolean =>
  vendorCode === 'RequestTimeExpired' || vendorCode === 'RequestTimeTooSkewed';

/** `undefined`: the status decides. @param withTicket the request carried one: `Unauthorized` may mean that, or the keys. */
export function tokenErrorCode(status: number, vendorCode: unknown, withTicket: boolean): TokenErrorCode | undefined {
  if (isTimeRefusal(vendorCode)) return 'clock_skew';
  if (status === 401) return withTicket && vendorCode === 'Unauthorized' ? 'invalid_grant' : 'invalid_client';
  return status === 403 && /QuotaExceed$|QpsLimitExceeded$/.test(String(vendorCode)) ? 'rate_limited' : undefined;
}
