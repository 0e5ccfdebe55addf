/**
 * Codes and words of refusals. doc: the tables of renewal-token and get-token-state; copy: those of the login and center
 * pages and of the container API (10007); observed: answers of the live service that are quoted in public. Read 2026-11-22.
 */

export const errorCodes = {
  internal: '10001',
  incomplete: '10003',
  invalid: '10004',
  /** Documented for the container API alone. */
  frozen: '10007',
  /** Documented as "insufficient permission"; observed for every token that does not hold, so it is what asks to renew. */
  unauthorized: '10008',
  /** No permission to call the interface; at the AK/SK login: verification failed. */
  denied: '10009',
} as const;
export type ErrorCode = (typeof errorCodes)[keyof typeof errorCodes];

/** observed: refusals come with the status of success; only the code tells. */
export const errorStatus: Readonly<Record<ErrorCode, 200>> = {
  '10001': 200,
  '10003': 200,
  '10004': 200,
  '10007': 200,
  '10008': 200,
  '10009': 200,
};

/** Of the services under `/ac`, which speak in such words. */
export const acMessages = {
  // observed
  internal: 'internal_error',
  incomplete: 'param_incomplete',
  invalid: 'param_invalid',
  unauthorized: 'auth_fail',
  // ours: no words of the vendor's are known
  frozen: 'user_frozen',
  denied: 'no_permission',
} as const;

/** Of the user service under `/api`, which speaks Chinese. */
export const apiMessages = {
  // observed
  userUnknown: '用户不存在',
  signatureMismatch: 'AK/SK签名校验失败',
  // ours, around the words that clients look for (`apiMessageWords`)
  accessKeyUnknown: 'AccessKey不存在',
  accessKeyForeign: 'AccessKey非本人所有',
  // doc: what the table says of the code; whether the service answers so is not known
  internal: '内部错误',
  incomplete: '参数不全',
  invalid: '参数无效',
  // ours
  frozen: '用户已冻结',
  timestampOff: '时间戳已失效',
  replayed: '请求已使用',
} as const;

/** client: parts of a message by which an unknown access key is told from that of another user; the code is the same. */
export const apiMessageWords = { unknown: '不存在', foreign: '非本人' } as const;

/** Body of a refusal. observed: this order at the AC service. */
export const errorBody = (code: ErrorCode, msg: string, data: string | null = null): string =>
  JSON.stringify({ msg, code, data });

/** client: the one code on which a call with a token is tried again with a new one, once. */
export const asksForNewToken = ({ code }: { readonly code: string }): boolean => code === errorCodes.unauthorized;

/** What the gateway in front refuses by itself; the reasons are those of RFC 9110 and RFC 6585. */
export const gatewayReasons = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
} as const;
export type GatewayStatus = keyof typeof gatewayReasons;

/** observed for 400, the others are ours: no envelope, and the path stands without the prefix `/ac/openapi`. */
export const gatewayErrorBody = (status: GatewayStatus, path: string, atMs: number): string =>
  JSON.stringify({
    timestamp: new Date(atMs).toISOString().replace('Z', '+0000'),
    status,
    error: gatewayReasons[status],
    path: path.replace(/^\/ac\/openapi(?=\/)/, ''),
  });
