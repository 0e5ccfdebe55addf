/**
 * Facts of Alibaba Cloud SLS (Log Service, API version 2020-12-30): CreateTicket and RefreshToken.
 *
 * Every fact names where it stands and the day that page was read. `doc` is the vendor's documentation,
 * `sdk` the vendor's published TypeScript gateway (`@alicloud/gateway-sls` 0.3.2), `observed` a real answer
 * of the service that is quoted in a public issue.
 */

/**
 * doc: https://help.aliyun.com/zh/sls/developer-reference/api-sls-2020-12-30-createticket (read 2026-11-22)
 * doc: https://www.alibabacloud.com/help/en/sls/developer-reference/api-sls-2020-12-30-refreshtoken (read 2026-11-22)
 */
export const operations = {
  createTicket: {
    name: 'CreateTicket',
    method: 'POST',
    path: '/tickets',
    /** RAM action, as on the console embedding page: https://help.aliyun.com/zh/sls/developer-reference/console-embedding-and-sharing-new-version */
    action: 'log:CreateTicket',
    parameters: ['accessTokenExpirationTime', 'expirationTime'],
  },
  refreshToken: {
    name: 'RefreshToken',
    method: 'POST',
    path: '/token/refresh',
    action: 'log:RefreshToken',
    parameters: ['accessTokenExpirationTime', 'ticket'],
  },
} as const;

export type OperationName = (typeof operations)[keyof typeof operations]['name'];

/** Ranges and defaults of the two durations, in seconds. Same pages as {@link operations}. */
export const ticketLifetimeSeconds = { minimum: 0, default: 24 * 60 * 60, maximum: 30 * 24 * 60 * 60 } as const;
export const accessTokenLifetimeSeconds = { minimum: 0, default: 24 * 60 * 60, maximum: 24 * 60 * 60 } as const;

/**
 * The two regions whose endpoints create tickets ("China (Shanghai) or Singapore"). Same pages as {@link operations}.
 * Singapore's region id follows from the SDK's endpoint rule.
 */
export const issuingRegions = ['cn-shanghai', 'ap-southeast-1'] as const;

/**
 * How far a request's time may be from the server's, either way.
 * doc: AlibabaCloudDocs/sls, "Common error codes" (2021-07-13); https://help.aliyun.com/en/sls/developer-reference/error-codes (read 2026-11-22)
 */
export const clockSkewSeconds = 15 * 60;

/** sdk: the only value that it sends in `x-log-apiversion`; signed under both schemes. */
export const apiVersion = '0.6.0';

/** doc: `PostBodyTooLarge`, "Body size … must little than 10485760". */
export const bodyLimitBytes = 10 * 1024 * 1024;

/** doc + sdk: v1 is documented with hmac-sha1; the SDK has sent hmac-sha256 since 2023-08-10. */
export const signatureMethods = { 'hmac-sha1': 'sha1', 'hmac-sha256': 'sha256' } as const;

/** sdk: first word of `Authorization` for each scheme. */
export const authorizationV1 = 'LOG';
export const authorizationV4 = 'SLS4-HMAC-SHA256';

/** sdk: SHA-256 of nothing, which v4 sends as `x-log-content-sha256` of a request without a body. */
export const emptyBodySha256Hex = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/**
 * The resource that both actions are checked on.
 * doc: `acs:log:*:*:ticket/*`, https://help.aliyun.com/zh/sls/developer-reference/console-embedding-and-sharing-new-version-2 (read 2026-11-22)
 */
export const ticketResource = (region: string, account: string): string => `acs:log:${region}:${account}:ticket/*`;

/**
 * Endpoints have the form `<region>[-share|-intranet|-vpc].log.aliyuncs.com` (sdk: the region rule of `gateway-sls`).
 * A project in front of the region belongs to other operations: tickets go to the bare endpoint.
 * Returns the region, `null` for a vendor host that names no region, `undefined` for any other host (it names none).
 */
export function regionOfHost(host: string): string | null | undefined {
  const vendor = /^([^:]+)\.(?:log|sls)\.aliyuncs\.com(?::\d+)?$/i.exec(host);
  if (!vendor?.[1]) return undefined;
  const label = vendor[1].toLowerCase();
  if (label.includes('.')) return null;
  return label.replace(/-(?:share|intranet|vpc)$/, '');
}
