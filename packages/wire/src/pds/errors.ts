/**
 * Error codes of PDS with their HTTP statuses. doc: help page 175925; tea: aliyun/alibabacloud-pds-sdk;
 * observed: public issues that quote answers of live domains. All read on 2026-11-22.
 *
 * A code may carry a suffix, `.` and the parameter or resource in CamelCase: `InvalidParameter.RefreshToken` (observed).
 */
export const errorStatus = {
  InvalidParameter: 400,
  InvalidParameterEmpty: 400,
  InvalidParameterWrongFormat: 400,
  InvalidRequestJSONFormat: 400,
  InvalidParameterNotSupported: 400,
  InvalidParameterMissing: 400,
  InvalidParameterNotMatch: 400,
  InvalidParameterOutOfRange: 400,
  InvalidParameterExpired: 400,
  AccessTokenInvalid: 401,
  TokenExpired: 401,
  Forbidden: 403,
  ForbiddenNoPermission: 403,
  NotFound: 404,
  I404NF: 404,
  MethodNotAllowed: 405,
  AlreadyExist: 409,
  RequestBodyTooLarge: 413,
  UnsupportedMediaType: 415,
  RequestHeaderTooLarge: 431,
  TooManyRequests: 429,
  InternalError: 500,
  ServiceUnavailable: 503,
  D504TO: 504,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** The documented words of the codes that have a fixed message; `p` is the parameter as it is written on the wire. */
export const messages = {
  invalid: (p: string) => `The input parameter ${p} is not valid. `,
  missing: (p: string) => `The input parameter ${p} is missing. `,
  empty: (p: string) => `The input parameter ${p} is empty. `,
  notSupported: (p: string) => `The input parameter ${p} is not supported. `,
  notMatch: (p: string) => `The input parameter ${p} doesn't match. `,
  expired: (p: string) => `The input parameter ${p} is expired. `,
  invalidJson: (p: string) => `The input parameter ${p} is invalid Json format. `,
  accessTokenInvalid: 'AccessToken is invalid. ErrValidateTokenFailed',
  forbidden: 'User not authorized to operate on the specified APIs.',
  notFound: (resource: string) => `The resource ${resource} cannot be found. Please check.`,
  tooManyRequests: 'Too many requests',
  internal: 'The request has been failed due to some unknown error.',
  unavailable: 'The request has failed due to a temporary failure of the server.',
} as const;

/** `refresh_token` becomes `RefreshToken`. */
export const suffixOf = (parameter: string): string =>
  parameter.replace(/(?:^|_)([a-z])/g, (_match, letter: string) => letter.toUpperCase());

/** Body of every refusal; the id stands in the header as well, where the SDK reads it. */
export const errorBody = (code: string, message: string, requestId: string): string =>
  JSON.stringify({ code, message, requestId });
