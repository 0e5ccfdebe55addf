/** The `Token` structure: what every successful token call of PDS answers. */

/** A way to log in that the account is bound to already. */
export interface ExistingLink {
  readonly type: string;
  readonly identity: string;
  readonly extra?: string;
}

/** doc and tea for the members, observed for which of them a live answer has. */
export interface PdsToken {
  readonly default_sbox_drive_id: string;
  readonly role: string;
  readonly device_id: string;
  readonly user_name: string;
  readonly need_link: boolean;
  /** UTC without milliseconds: the only form that every official client reads. */
  readonly expire_time: string;
  readonly pin_setup: boolean;
  readonly need_rp_verify: boolean;
  readonly avatar: string;
  /** The user's own JSON, 1 K at most. */
  readonly user_data: Readonly<Record<string, unknown>>;
  readonly token_type: 'Bearer';
  readonly access_token: string;
  readonly default_drive_id: string;
  readonly domain_id: string;
  /** 32 lower-case hex digits in every sample. */
  readonly refresh_token: string;
  readonly is_first_login: boolean;
  readonly user_id: string;
  readonly nick_name: string;
  readonly exist_link: readonly ExistingLink[];
  readonly state: string;
  /** Seconds. */
  readonly expires_in: number;
  readonly status: string;
  readonly subdomain_id?: string;
  readonly device_name?: string;
}

/** Compact JSON. observed: the members of a live answer in their order; what it lacked comes behind. */
export const tokenBody = (token: PdsToken): string =>
  JSON.stringify({
    default_sbox_drive_id: token.default_sbox_drive_id,
    role: token.role,
    device_id: token.device_id,
    user_name: token.user_name,
    need_link: token.need_link,
    expire_time: token.expire_time,
    pin_setup: token.pin_setup,
    need_rp_verify: token.need_rp_verify,
    avatar: token.avatar,
    user_data: token.user_data,
    token_type: token.token_type,
    access_token: token.access_token,
    default_drive_id: token.default_drive_id,
    domain_id: token.domain_id,
    refresh_token: token.refresh_token,
    is_first_login: token.is_first_login,
    user_id: token.user_id,
    nick_name: token.nick_name,
    exist_link: token.exist_link,
    state: token.state,
    expires_in: token.expires_in,
    status: token.status,
    subdomain_id: token.subdomain_id,
    device_name: token.device_name,
  } satisfies Record<keyof PdsToken, unknown>);

/** `2022-03-21T06:33:21Z`: a fraction would break the vendor's Python and Java clients. */
export const expireTime = (unixSeconds: number): string =>
  new Date(unixSeconds * 1000).toISOString().replace(/\.\d{3}Z$/, 'Z');

/** Unix seconds of an `expire_time`, with or without the fraction that the API reference prints; else `undefined`. */
export function readExpireTime(text: string): number | undefined {
  const whole = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(text)?.[1];
  const unixSeconds = Date.parse(`${whole}Z`) / 1000;
  // Days and hours that do not exist would roll over.
  return Number.isNaN(unixSeconds) || expireTime(unixSeconds) !== `${whole}Z` ? undefined : unixSeconds;
}
