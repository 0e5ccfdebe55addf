/** Error codes of PDS: what they mean for a token, and a guard for callers who look for one. */

import { type ErrorCode, sdkRefreshCodes } from '@hufu/wire/pds';
import { isTokenError, type TokenError } from '../../core/errors.ts';
import type { AnswerFacts } from '../../core/provider.ts';

/** With or without a suffix: `InvalidParameter.RefreshToken`. */
export type PdsErrorCode = ErrorCode | `${ErrorCode}.${string}`;

/** A code without a suffix stands for every suffix. @example if (isPdsError(error, 'NotFound.User')) … */
export const isPdsError = <Code extends PdsErrorCode>(
  error: unknown,
  code: Code,
): error is TokenError & { readonly vendorCode: Code } =>
  isTokenError(error) && (error.vendorCode === code || error.vendorCode?.startsWith(`${code}.`) === true);

interface Meaning {
  readonly code: TokenError['code'];
  readonly reauthRequired?: boolean;
}

const meanings: ReadonlyArray<readonly [RegExp, Meaning]> = [
  // The session is put on hold with its user, and goes on when the user is enabled again.
  [/^Forbidden/, { code: 'invalid_grant', reauthRequired: false }],
  [/^InvalidParameter\w*\.(?:Exp|Iat|Nbf)$/, { code: 'clock_skew' }],
  [/^NotFound\.App$|\.(?:ClientId|AppId|ClientSecret|Iss|Assertion|Alg)$/, { code: 'invalid_client' }],
  [/^NotFound\.User$|\.(?:RefreshToken|Code|CodeVerifier|Sub|Jti)$/, { code: 'invalid_grant' }],
  [/Token(?:Invalid|Expired)$|^TokenVerifyFailed$/, { code: 'invalid_grant' }],
];

/** `undefined`: the status decides. */
export const meaningOf = (vendorCode: string): Meaning | undefined =>
  meanings.find(([form]) => form.test(vendorCode))?.[1];

/** The body's code; else what the vendor's gateway says in a header, in place of a body. */
export function vendorCodeOf({ headers }: Pick<AnswerFacts, 'headers'>, body: unknown): string {
  const { code }: { readonly code?: unknown } = typeof body === 'object' && body !== null ? body : {};
  return typeof code === 'string' ? code : (headers.get('x-ca-error-code') ?? '');
}

/** An answer to a request with an access token that no longer holds. */
export const isAuthFailure = (answer: AnswerFacts, body: unknown): boolean =>
  answer.status === 401 && sdkRefreshCodes.test(vendorCodeOf(answer, body));
