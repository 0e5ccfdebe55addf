/**
 * Facts of Alibaba Cloud PDS (Drive and Photo Service), the token APIs of 2022-03-01.
 *
 * `doc` is the vendor's documentation, `sdk` the official JavaScript SDK 1.4.0 run against a recorder, `tea` the vendor's
 * published interface definitions (aliyun/alibabacloud-pds-sdk), `observed` an answer of a live domain quoted in public.
 * All read on 2026-11-22.
 */

/** doc: api-pds-2022-03-01-token, api-pds-2022-03-01-authorize; tea: account/token, account/revoke, account/get_public_key */
export const paths = {
  token: '/v2/oauth/token',
  authorize: '/v2/oauth/authorize',
  accountToken: '/v2/account/token',
  accountRevoke: '/v2/account/revoke',
  publicKey: '/v2/account/get_public_key',
} as const;

/** doc, but for `code`: the SDK's getTokenByCode always sends that word in place of `authorization_code`. */
export const grantTypes = {
  authorizationCode: 'authorization_code',
  sdkCode: 'code',
  refreshToken: 'refresh_token',
  jwtBearer: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
} as const;

/** doc: SDK page "Token" and help page 394478: 2 hours and 7 days. */
export const accessTokenLifetimeSeconds = 2 * 60 * 60;
export const refreshTokenLifetimeSeconds = 7 * 24 * 60 * 60;

/** doc: the access token of the API reference lives 60 s longer than its `expires_in` says. */
export const accessTokenGraceSeconds = 60;

/** doc: application overview. `WebBrowser` is the implicit flow, which gives no refresh token. */
export const applicationTypes = ['WebServer', 'WebBrowser', 'Native', 'JWT'] as const;
export type ApplicationType = (typeof applicationTypes)[number];

/** doc: roles; with subdomains there are two more. */
export const roles = ['user', 'admin', 'superadmin', 'subdomain_super_admin', 'subdomain_admin'] as const;
export type Role = (typeof roles)[number];

/** doc 175893: `user` for a person, `service` for the domain's service account, which is a super administrator. */
export const subTypes = ['user', 'service'] as const;
export type SubType = (typeof subTypes)[number];

/**
 * doc 175893 states 16 to 128 characters for `jti`; sdk: it sends 7 to 14 (`Math.random()`), so the service evidently takes
 * shorter ones.
 */
export const jtiLength = { documentedMinimum: 16, sdkMinimum: 7, maximum: 128 } as const;

/** sdk: `iat` is 300 s in the past, `exp` 300 s in the future. */
export const sdkAssertionSpreadSeconds = 300;

/** doc: members of `user_id`, `user_name` and `nick_name`. */
export const nameLimits = { userId: 64, userName: 128, nickName: 128, userData: 1024 } as const;

/** doc: scope list; these stand in the access token of the API reference. */
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

/** Requests carry their id in this answer header; the SDK reads it from nowhere else. */
export const requestIdHeader = 'x-ca-request-id';

/**
 * The domain that a vendor host names: `{domain}.api.aliyunpds.com`, in older clients `{domain}.auth.aliyunpds.com`.
 * `undefined` for any other host.
 */
export function domainOfHost(host: string): string | undefined {
  return /^([a-z0-9-]{1,63})\.(?:api|auth)\.aliyunpds\.com(?::\d+)?$/i.exec(host)?.[1]?.toLowerCase();
}
