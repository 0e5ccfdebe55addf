/** The `Token` structure: what every successful token call of PDS answers. */

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
  readonly user_data: Readonly<Record<string, unknown>>;
  readonly token_type: 'Bearer';
  readonly access_token: string;
  readonly default_drive_id: string;
  readonly domain_id: string;
  readonly refresh_token: string;
  readonly is_first_login: boolean;
  readonly user_id: string;
  readonly nick_name: string;
  readonly exist_link: readonly unknown[];
  readonly state: string;
  /** Seconds. */
  readonly expires_in: number;
  readonly status: string;
  readonly subdomain_id?: string;
  readonly device_name?: string;
}

/** observed: the members of a live answer in their order; what it lacked comes behind. */
const memberOrder = [
  'default_sbox_drive_id',
  'role',
  'device_id',
  'user_name',
  'need_link',
  'expire_time',
  'pin_setup',
  'need_rp_verify',
  'avatar',
  'user_data',
  'token_type',
  'access_token',
  'default_drive_id',
  'domain_id',
  'refresh_token',
  'is_first_login',
  'user_id',
  'nick_name',
  'exist_link',
  'state',
  'expires_in',
  'status',
  'subdomain_id',
  'device_name',
] as const satisfies ReadonlyArray<keyof PdsToken>;

/** Compact JSON in the order of a live answer. */
export function tokenBody(token: PdsToken): string {
  const members = memberOrder.flatMap((name) =>
    token[name] === undefined ? [] : [`${JSON.stringify(name)}:${JSON.stringify(token[name])}`],
  );
  return `{${members.join(',')}}`;
}

/** `2022-03-21T06:33:21Z`. */
export const expireTime = (unixSeconds: number): string =>
  new Date(unixSeconds * 1000).toISOString().replace(/\.\d{3}Z$/, 'Z');
