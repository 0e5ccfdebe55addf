/** What every token call of PDS answers, and the grant that a token source makes of it. */

import type { JsonObject } from '../../core/platform.ts';
import { present } from '../../core/present.ts';
import type { Grant } from '../../core/provider.ts';

/** `ITokenInfo` of the vendor's SDK, by its names. Members that a server leaves out are absent. */
export interface PdsTokenInfo {
  readonly access_token: string;
  /** Empty or absent where the application may not refresh. */
  readonly refresh_token?: string;
  /** UTC, as in `2022-02-16T07:59:14Z`. */
  readonly expire_time?: string;
  /** Seconds. The document calls it a text, and prints a number; it is a number here. */
  readonly expires_in?: number;
  readonly token_type?: string;
  readonly user_id?: string;
  readonly user_name?: string;
  readonly nick_name?: string;
  readonly avatar?: string;
  readonly role?: string;
  readonly status?: string;
  readonly default_drive_id?: string;
  readonly default_sbox_drive_id?: string;
  readonly domain_id?: string;
  readonly subdomain_id?: string;
  readonly is_first_login?: boolean;
  readonly need_link?: boolean;
  readonly user_data?: JsonObject;
  /** The structure is open. */
  readonly [name: string]: JsonObject[string] | undefined;
}

/** Reads a body that was parsed; `undefined` where it holds no access token. */
export function readTokenInfo(json: unknown): PdsTokenInfo | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const { access_token, expires_in, ...others } = json as Record<string, unknown>;
  if (typeof access_token !== 'string' || access_token === '') return undefined;
  const seconds = Number(expires_in ?? Number.NaN);
  // JSON holds nothing but JSON; that the known names have their types is the vendor's promise.
  return { ...others, access_token, ...(seconds >= 0 ? { expires_in: seconds } : {}) } as PdsTokenInfo;
}

/**
 * The grant for `TokenSource.adopt`, of a token that came by other ways. All but the tokens and their end goes to the token's
 * `extra`, by the vendor's names.
 *
 * @example await source.adopt(pdsGrant(await client.getTokenByCode({ … })));
 */
export function pdsGrant(info: PdsTokenInfo): Grant {
  const { access_token, refresh_token, expires_in, expire_time, token_type, user_id, ...others } = info;
  const end = present({
    lifetimeMs: expires_in && expires_in * 1000,
    expiresAtMs: Date.parse(expire_time ?? '') || undefined,
    type: token_type,
    subject: user_id,
  });
  const extra: JsonObject = present({ ...others, user_id });
  return { token: { token: access_token, ...end, extra }, ...(refresh_token ? { refreshToken: refresh_token } : {}) };
}
