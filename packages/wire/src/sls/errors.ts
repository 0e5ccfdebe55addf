/**
 * Error codes of SLS with their HTTP statuses.
 * doc: https://help.aliyun.com/en/sls/developer-reference/error-codes (read 2026-11-22) and, where the current page could not
 * be read to its end, AlibabaCloudDocs/sls "Common error codes" (2021-07-13). Messages of `observed` answers win over the tables.
 */
export const errorStatus = {
  InvalidAPIVersion: 400,
  InvalidAccessKeyId: 401,
  InvalidBodyRawSize: 400,
  InvalidCompressType: 400,
  InvalidContentType: 400,
  InvalidHost: 400,
  InvalidMethod: 405,
  InvalidRequestTime: 400,
  InvalidSignatureMethod: 400,
  InternalServerError: 500,
  MetaOperationQpsLimitExceeded: 403,
  MissAccessKeyId: 400,
  MissingAPIVersion: 400,
  MissingBodyRawSize: 400,
  MissingContentLength: 411,
  MissingContentType: 400,
  MissingDate: 400,
  MissingHost: 400,
  MissingSignatureMethod: 400,
  NotFound: 404,
  ParameterInvalid: 400,
  PostBodyInvalid: 400,
  PostBodyTooLarge: 413,
  RequestHeaderTooLarge: 431,
  RequestTimeExpired: 400,
  RequestTimeout: 500,
  ServerBusy: 503,
  SignatureNotMatch: 401,
  Unauthorized: 401,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** Body of every refusal: `{"errorCode":"…","errorMessage":"…"}`. */
export const errorBody = (code: ErrorCode, message: string): string =>
  `{"errorCode":${JSON.stringify(code)},"errorMessage":${JSON.stringify(message)}}`;
