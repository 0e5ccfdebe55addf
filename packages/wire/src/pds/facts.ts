/**
 * Facts of Alibaba Cloud PDS (Drive and Photo Service), the token APIs of 2022-03-01.
 *
 * `doc` is the vendor's documentation, `sdk` the official JavaScript SDK 1.4.0 run against a recorder, `source` official
 * source that was read, `tea` the vendor's published interface definitions (aliyun/alibabacloud-pds-sdk), `observed` an
 * answer of a live domain quoted in public. All read on 2026-11-22.
 */

/** doc: api-pds-2022-03-01-token, api-pds-2022-03-01-authorize; tea: account/token, account/revoke, account/get_public_key */
export const paths = {
  token: '/v2/oauth/token',
  authorize: '/v2/oauth/authorize',
  accountToken: '/v2/account/token',
  accountRevoke: '/v2/account/revoke',
  publicKey: '/v2/account/get_public_key',
} as const;

/** sdk: what it sends to `paths.token`; the Tea clients put `; charset=utf-8` behind it (source). */
export const formMediaType = 'application/x-www-form-urlencoded';

/** sdk: what it sends to `paths.accountToken`, and how an answer's type must begin for it to see code and message. */
export const jsonMediaType = 'application/json';

/** doc, but for `code`: the SDK's getTokenByCode always sends that word in place of `authorization_code`. */
export const grantTypes = {
  authorizationCode: 'authorization_code',
  sdkCode: 'code',
  refreshToken: 'refresh_token',
  jwtBearer: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
} as const;

/**
 * doc, but for `subdomain_id` (source: the SDK sends it with an assertion) and `code_verifier` (sdk: passed through).
 * `domain_id` stands in the newest reference only: the host carries it.
 */
export const tokenParameters = [
  'grant_type',
  'client_id',
  'client_secret',
  'code',
  'redirect_uri',
  'refresh_token',
  'assertion',
  'subdomain_id',
  'domain_id',
  'code_verifier',
] as const;

/** tea: members of the JSON body of `paths.accountToken`; only the first three are sent by the SDK. */
export const accountTokenMembers = ['app_id', 'refresh_token', 'grant_type', 'addition_data'] as const;

/** doc: api-pds-2022-03-01-authorize; `prompt` stands in the guide for native apps only. PKCE is on neither list. */
export const authorizeParameters = [
  'client_id',
  'redirect_uri',
  'response_type',
  'login_type',
  'scope',
  'state',
  'hide_consent',
  'prompt',
  'domain_id',
] as const;

/** doc: the same page. */
export const loginTypes = ['default', 'ding', 'ding_sns', 'ram', 'wechat', 'wechat_app'] as const;
export type LoginType = (typeof loginTypes)[number];

/** sdk: a form member that the caller passes as `undefined` goes out as this text. */
export const sdkUndefined = 'undefined';

/** doc: SDK page "Token" and help page 394478: 2 hours and 7 days. */
export const accessTokenLifetimeSeconds = 2 * 60 * 60;
export const refreshTokenLifetimeSeconds = 7 * 24 * 60 * 60;

/** doc: the access token of the API reference lives 60 s longer than its `expires_in` says. */
export const accessTokenGraceSeconds = 60;

/** doc: application overview. `WebBrowser` is the implicit flow, which gives no refresh token. */
export const applicationTypes = ['WebServer', 'WebBrowser', 'Native', 'JWT'] as const;
export type ApplicationType = (typeof applicationTypes)[number];

/** doc: members of the `Token` structure; the last two exist with subdomains only. */
export const roles = ['user', 'admin', 'superadmin', 'subdomain_super_admin', 'subdomain_admin'] as const;
export type Role = (typeof roles)[number];

/** source: the SDK's own test of getServiceJwtToken expects this role. */
export const serviceRole: Role = 'superadmin';

/** doc: a disabled user may not log in. */
export const userStatuses = ['enabled', 'disabled'] as const;
export type UserStatus = (typeof userStatuses)[number];

/** doc 175893: `user` for a person, `service` for the domain's service account, which is a super administrator. */
export const subTypes = ['user', 'service'] as const;
export type SubType = (typeof subTypes)[number];

/**
 * doc 175893 states 16 to 128 characters for `jti`; sdk: it sends 7 to 14 (`Math.random()`, 200,000 draws), so the service
 * evidently takes shorter ones. A rarer draw can be shorter still.
 */
export const jtiLength = { documentedMinimum: 16, sdkMinimum: 7, maximum: 128 } as const;

/** sdk: `iat` is 300 s in the past, `exp` 300 s in the future. */
export const sdkAssertionSpreadSeconds = 300;

/** doc: CreateUser. Longest `user_id` (without `#`), `user_name`, `nick_name` and `user_data`, in characters. */
export const nameLimits = { userId: 64, userName: 128, nickName: 128, userData: 1024 } as const;

/** doc: these stand in the access token of the API reference, in this order. */
export const scopes = [
  'DRIVE.ALL',
  'SHARE.ALL',
  'FILE.ALL',
  'USER.ALL',
  'VIEW.ALL',
  'STORAGE.ALL',
  'STORAGEFILE.LIST',
  'BATCH',
  'OAUTH.ALL',
  'IMAGE.ALL',
  'INVITE.ALL',
  'ACCOUNT.ALL',
] as const;

/** sdk: every request of the official SDK carries its version here. */
export const sdkHeader = 'pds-js-sdk';

/** Requests carry their id in this answer header; the SDK reads it from nowhere else. */
export const requestIdHeader = 'x-ca-request-id';

/** source: what the vendor's gateway answers with in place of a body, and the SDK falls back to. */
export const gatewayErrorHeaders = { code: 'x-ca-error-code', message: 'x-ca-error-message' } as const;

/**
 * The domain that a vendor host names: `{domain}.api.aliyunpds.com`, in older clients `{domain}.auth.aliyunpds.com`.
 * `undefined` for any other host.
 */
export function domainOfHost(host: string): string | undefined {
  const label = /^([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:api|auth)\.aliyunpds\.com(?::\d+)?$/i;
  return label.exec(host)?.[1]?.toLowerCase();
}
