/** The one error of the client: what callers, providers, stores and locks throw. */

import { present } from './present.ts';

export type TokenErrorCode =
  /** No answer, and nothing that the server could have acted on was sent; or unknown (`uncertain`). */
  | 'network'
  | 'timeout'
  | 'rate_limited'
  /** 5xx, 408, 425. */
  | 'server_error'
  /** The refresh token, the assertion or the code is not, or no longer, good. */
  | 'invalid_grant'
  /** The client's own credentials are refused. */
  | 'invalid_client'
  /** A process died while it rotated the refresh token, and the successor is lost. */
  | 'rotation_lost'
  /** The grant is dead or over: log in again. */
  | 'reauth_required'
  /** A person has to act, and `interactive` was not asked for. */
  | 'interaction_required'
  | 'lock_timeout'
  | 'store_read'
  | 'store_write'
  | 'store_conflict'
  | 'decrypt_failed'
  | 'malformed_response'
  | 'clock_skew'
  /** The caller's signal. */
  | 'aborted'
  /** The token source was closed or logged out meanwhile. */
  | 'closed'
  /** Options or surroundings that can never work. */
  | 'config';

export interface TokenErrorFacts {
  readonly code: TokenErrorCode;
  /** Never holds a token, a secret or any part of an answer's body. */
  readonly message: string;
  /** `Provider.id`. The engine fills it in. */
  readonly provider?: string | undefined;
  /** Hash of the cache identity. The engine fills it in. */
  readonly key?: string | undefined;
  /** HTTP status. */
  readonly status?: number | undefined;
  /** The vendor's own error code, where the answer had one that is a plain word. */
  readonly vendorCode?: string | undefined;
  /** Default: by the code (`network`, `timeout`, `rate_limited`, `server_error`). */
  readonly retryable?: boolean | undefined;
  /** Default: by the code (`invalid_grant`, `invalid_client`, `rotation_lost`, `reauth_required`, `interaction_required`). */
  readonly reauthRequired?: boolean | undefined;
  /** The request may have reached the server and taken effect: a refresh token that was sent may be spent. Default false. */
  readonly uncertain?: boolean | undefined;
  /** No earlier than so many milliseconds from now. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

const brand = Symbol.for('@hufu/client/TokenError');

const retryableCodes: readonly TokenErrorCode[] = ['network', 'timeout', 'rate_limited', 'server_error'];
const reauthCodes: readonly TokenErrorCode[] = [
  'invalid_grant',
  'invalid_client',
  'rotation_lost',
  'reauth_required',
  'interaction_required',
];

export class TokenError extends Error {
  declare readonly code: TokenErrorCode;
  declare readonly provider: string | undefined;
  declare readonly key: string | undefined;
  declare readonly status: number | undefined;
  declare readonly vendorCode: string | undefined;
  declare readonly retryable: boolean;
  declare readonly reauthRequired: boolean;
  declare readonly uncertain: boolean;
  declare readonly retryAfterMs: number | undefined;

  constructor(facts: TokenErrorFacts) {
    const { code, message } = facts;
    const given = present(facts);
    super(message, given);
    Object.assign(this, {
      name: 'TokenError',
      retryable: retryableCodes.includes(code),
      reauthRequired: reauthCodes.includes(code),
      uncertain: false,
      ...given,
    });
  }

  get [brand](): true {
    return true;
  }
}

/** Knows a `TokenError` of any copy of this package, and where `code` is given, of that code. */
export function isTokenError(error: unknown, code?: TokenErrorCode): error is TokenError {
  // Every value but these two can be asked for a property.
  const asked = error as Partial<TokenError> | null | undefined;
  return asked?.[brand] === true && (code === undefined || asked.code === code);
}
