/** The token calls of PDS by the names of the vendor's SDK, without a token source. */

import { type CallOptions, type DirectOptions, directly } from '../../core/direct.ts';
import { checkNames } from '../../core/given.ts';
import type { ProviderContext } from '../../core/provider.ts';
import { getJwtToken, getTokenByCode, refreshJwtToken, refreshToken } from './operations.ts';
import {
  checkParams,
  type RefreshJwtParams,
  type RefreshParams,
  type ServiceJwtParams,
  type TokenByCodeParams,
  type UserJwtParams,
} from './parameters.ts';
import { connectionNames, type PdsConnection, type PdsSettings, settingsOf } from './settings.ts';
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
  checkNames(options, [...connectionNames, 'fetch', 'clock', 'timeoutMs']);
  const settings = settingsOf(options);
  const direct = directly(options);
  const method =
    <Params extends object>(
      name: keyof PdsClient,
      send: (settings: PdsSettings, params: Params, context: ProviderContext) => Promise<PdsTokenInfo>,
    ) =>
    (params: Params, call?: CallOptions): Promise<PdsTokenInfo> =>
      direct(call, async (context) => {
        checkParams(name, params);
        return send(settings, params, context);
      });
  return {
    getUserJwtToken: method('getUserJwtToken', getJwtToken),
    getServiceJwtToken: method('getServiceJwtToken', getJwtToken),
    refreshJwtToken: method('refreshJwtToken', refreshJwtToken),
    getTokenByCode: method('getTokenByCode', getTokenByCode),
    refreshToken: method('refreshToken', refreshToken),
  };
}
