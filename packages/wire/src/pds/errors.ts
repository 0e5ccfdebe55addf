/**
 * Error codes of PDS with their HTTP statuses. doc: help page 175925, whose table could be read to its ninth row;
 * tea: aliyun/alibabacloud-pds-sdk; source: the SDK's own tests and example; observed: public issues that quote answers of
 * live domains. All read on 2026-11-22.
 *
 * A code may carry a suffix, `.` and the parameter or resource in CamelCase: `InvalidParameter.RefreshToken` (observed).
 */
export const errorStatus = {
  // doc
  InvalidParameter: 400,
  InvalidParameterEmpty: 400,
  InvalidParameterWrongFormat: 400,
  InvalidRequestJSONFormat: 400,
  InvalidParameterNotSupported: 400,
  InvalidParameterMissing: 400,
  InvalidParameterNotMatch: 400,
  InvalidParameterOutOfRange: 400,
  InvalidParameterExpired: 400,
  // tea
  AccessTokenInvalid: 401,
  ShareLinkTokenInvalid: 401,
  Forbidden: 403,
  ForbiddenNoPermission: 403,
  NotFound: 404,
  TooManyRequests: 429,
  InternalError: 500,
  ServiceUnavailable: 503,
  // source: the gateway's
  I404NF: 404,
  D504TO: 504,
  // observed, tea or source for the code; the status is not stated and ours
  AccessTokenExpired: 401,
  TokenVerifyFailed: 401,
  RefreshTokenExpired: 401,
  TokenExpired: 401,
  AlreadyExist: 409,
  // ours: no word of the vendor's is known
  MethodNotAllowed: 405,
  RequestBodyTooLarge: 413,
  UnsupportedMediaType: 415,
  RequestHeaderTooLarge: 431,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/**
 * The documented words of the codes that have a fixed message; `p` is the parameter as it is written on the wire.
 * observed: a live `invalid` has a blank behind its full stop, which the table does not print.
 */
export const messages = {
  invalid: (p: string) => `The input parameter ${p} is not valid. `,
  empty: (p: string) => `The input parameter ${p} is empty.`,
  wrongFormat: (p: string) => `The input parameter ${p} has invalid format.`,
  invalidJson: (p: string) => `The input parameter ${p} is invalid Json format.`,
  notSupported: (p: string) => `The input parameter ${p} is not supported.`,
  missing: (p: string) => `The input parameter ${p} is missing.`,
  notMatch: (p: string) => `The input parameter ${p} doesn't match.`,
  outOfRange: (p: string) => `The input parameter ${p} doesn't match the limitation.`,
  /** Ours: the documented words could not be read. */
  expired: (p: string) => `The input parameter ${p} is expired.`,
  /** observed; tea has a placeholder for what follows the full stop. */
  accessTokenInvalid: 'AccessToken is invalid. ErrValidateTokenFailed',
  forbidden: 'User not authorized to operate on the specified APIs.',
  noPermission: (resource: string) => `No Permission to access resource ${resource}.`,
  notFound: (resource: string) => `The resource ${resource} cannot be found. Please check.`,
  apiNotFound: (method: string, path: string) => `API not found with \`${method} ${path}\``,
  tooManyRequests: 'Too many requests',
  internal: 'The request has been failed due to some unknown error.',
  unavailable: 'The request has failed due to a temporary failure of the server.',
  gatewayTimeout: 'timeout',
} as const;

/** source: words in a message by which the vendor's example tells why a token stopped (under TokenExpired; under 403). */
export const messageWords = { userNotEnabled: 'UserNotEnabled', userRoleChanged: 'UserRoleChanged' } as const;

/** sdk: a 401 or not, a code that matches makes the SDK refresh and try again, without end where it stays. */
export const sdkRefreshCodes = /AccessTokenInvalid|TokenExpired/;

/** `refresh_token` becomes `RefreshToken`. */
export const suffixOf = (parameter: string): string =>
  parameter.replace(/(?:^|_)([a-z])/g, (_match, letter: string) => letter.toUpperCase());

/** `InvalidParameter` and `refresh_token` become `InvalidParameter.RefreshToken`. */
export const suffixedCode = (code: ErrorCode, parameter: string): string => `${code}.${suffixOf(parameter)}`;

/** The status of a code with or without a suffix; `undefined` for a code that is not known. */
export function statusOfCode(code: string): number | undefined {
  const [base = ''] = code.split('.', 1);
  return Object.entries(errorStatus).find(([known]) => known === base)?.[1];
}

/** Body of every refusal; the id stands in the header as well, where the SDK reads it. observed: `null` in a live one. */
export const errorBody = (code: string, message: string, requestId: string | null): string =>
  JSON.stringify({ code, message, requestId });

export interface PdsErrorBody {
  readonly code: string;
  readonly message: string;
  readonly requestId: string | null;
}

/** Reads the body of a refusal; `undefined` where it is none. Never throws. */
export function readErrorBody(body: string): PdsErrorBody | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { code, message, requestId = null } = value as Record<string, unknown>;
  if (typeof code !== 'string' || typeof message !== 'string') return undefined;
  return { code, message, requestId: typeof requestId === 'string' ? requestId : null };
}
