/** Error codes of PDS: what they mean for a token, and a guard for callers who look for one. */

import { type ErrorCode, sdkRefreshCodes } from '@hufu/wire/pds';
import { isTokenError, type TokenError, type TokenErrorCode } from '../../core/errors.ts';
import type { AnswerFacts } from '../../core/provider.ts';

/** With or without a suffix: `InvalidParameter.RefreshToken`. */
export type PdsErrorCode = ErrorCode | `${ErrorCode}.${string}`;

/** A code without a suffix stands for every suffix. @example if (isPdsError(error, 'NotFound.User')) … */
export const isPdsError = <Code extends PdsErrorCode>(
  error: unknown,
  code: Code,
): error is TokenError & { readonly vendorCode: Code } =>
  isTokenError(error) && (error.vendorCode === code || error.vendorCode?.startsWith(`${code}.`) === true);

const meanings: ReadonlyArray<readonly [RegExp, TokenErrorCode]> = [
  [/\.(?:Exp|Iat|Nbf)$/, 'clock_skew'],
  [/\.(?:App|ClientId|AppId|ClientSecret|Iss|Assertion|Alg)$/, 'invalid_client'],
  [
    /\.(?:User|RefreshToken|Code|CodeVerifier|Sub|Jti)$|Token(?:Invalid|Expired)$|^TokenVerify|^Forbidden/,
    'invalid_grant',
  ],
];

/** What a code means; without one, the status decides. */
export const meaningOf = (
  vendorCode: string,
): { readonly code: TokenErrorCode | undefined; readonly reauthRequired?: false } => ({
  code: meanings.find(([form]) => form.test(vendorCode))?.[1],
  // The session waits while its user is disabled, and goes on afterwards.
  ...(vendorCode.startsWith('Forbidden') ? { reauthRequired: false } : {}),
});

/** The body's code; else what the vendor's gateway says in a header, in place of a body. */
export function vendorCodeOf({ headers }: Pick<AnswerFacts, 'headers'>, body: unknown): string {
  const { code }: { readonly code?: unknown } = typeof body === 'object' && body !== null ? body : {};
  return typeof code === 'string' ? code : (headers.get('x-ca-error-code') ?? '');
}

/** An answer to a request with an access token that no longer holds. */
export const isAuthFailure = (answer: AnswerFacts, body: unknown): boolean =>
  answer.status === 401 && sdkRefreshCodes.test(vendorCodeOf(answer, body));
