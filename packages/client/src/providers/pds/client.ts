/** The token calls of PDS by the names of the vendor's SDK, without a token source. */

import { type CallOptions, type DirectOptions, directly } from '../../core/direct.ts';
import { checkNames } from '../../core/given.ts';
import { getServiceJwtToken, getTokenByCode, getUserJwtToken, refreshJwtToken, refreshToken } from './operations.ts';
import type {
  RefreshJwtParams,
  RefreshParams,
  ServiceJwtParams,
  TokenByCodeParams,
  UserJwtParams,
} from './parameters.ts';
import { connectionHints, connectionNames, type PdsConnection, settingsOf } from './settings.ts';
import type { PdsTokenInfo } from './token-info.ts';

export type PdsClientOptions = PdsConnection & DirectOptions;

/** All throw `TokenError`; its `vendorCode` is the vendor's (`isPdsError`). */
export interface PdsClient {
  /** A token of one user of the domain, for a JWT application. */
  getUserJwtToken(params: UserJwtParams, options?: CallOptions): Promise<PdsTokenInfo>;
  /** A token of the domain's service account, which is a super administrator. */
  getServiceJwtToken(params: ServiceJwtParams, options?: CallOptions): Promise<PdsTokenInfo>;
  /** The next token of either. The old ones stop working: keep what comes before anything else. */
  refreshJwtToken(params: RefreshJwtParams, options?: CallOptions): Promise<PdsTokenInfo>;
  /** The token of a user who came back from the login of an OAuth application with a one-time code. */
  getTokenByCode(params: TokenByCodeParams, options?: CallOptions): Promise<PdsTokenInfo>;
  /** The next one. The old ones stop working: keep what comes before anything else. */
  refreshToken(params: RefreshParams, options?: CallOptions): Promise<PdsTokenInfo>;
}

/** @example const info = await pdsClient({ domainId: 'bj29' }).getServiceJwtToken({ client_id, private_key_pem, domain_id }); */
export function pdsClient(options: PdsClientOptions): PdsClient {
  checkNames('pdsClient', options, [...connectionNames, 'fetch', 'clock', 'timeoutMs'], connectionHints);
  const settings = settingsOf('pdsClient', options);
  const direct = directly(options);
  return {
    getUserJwtToken: (params, call) => direct(call, async (context) => getUserJwtToken(settings, params, context)),
    getServiceJwtToken: (params, call) =>
      direct(call, async (context) => getServiceJwtToken(settings, params, context)),
    refreshJwtToken: (params, call) => direct(call, (context) => refreshJwtToken(settings, params, context)),
    getTokenByCode: (params, call) => direct(call, (context) => getTokenByCode(settings, params, context)),
    refreshToken: (params, call) => direct(call, (context) => refreshToken(settings, params, context)),
  };
}
