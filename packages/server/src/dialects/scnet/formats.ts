/** The token of SCNet as a format of a grant: it is used, and it renews itself. */

import { jwtHeader, platformRegion, readToken, tokenCreator, tokenPayload, tokenRole } from '@hufu/wire/scnet';
import { isGrantId } from '../../core/ids.ts';
import type { TokenFormat } from '../../core/token.ts';
import type { ScnetOptions } from './options.ts';

export const keyUse = 'scnet';

export const tokenFormat = ({ platformClusterIdClaim }: Pick<ScnetOptions, 'platformClusterIdClaim'>): TokenFormat => ({
  type: 'scnet_token',
  dialect: 'scnet',
  role: 'access',
  platformRegion: platformRegion.clusterId,
  keyUse,
  algorithm: 'HS256',
  encode: (grant, times, user, account) => {
    if (!user || !account) throw new TypeError('a token of SCNet is that of a user and an account');
    const isPlatform = account.regionId === platformRegion.clusterId;
    return {
      header: jwtHeader,
      payload: tokenPayload({
        computeUser: account.account,
        accountStatus: account.status,
        creator: tokenCreator,
        role: tokenRole,
        expireTime: times.expiresAtMs,
        clusterId: isPlatform ? platformClusterIdClaim : account.regionId,
        invoker: grant.clientId ?? '',
        user: user.loginName ?? user.id,
        userId: user.id,
        grantId: grant.id,
        generation: grant.generation,
      }),
    };
  },
  read: (payload) => {
    const claims = readToken(payload);
    if (!claims || !isGrantId(claims.grantId)) return undefined;
    const { grantId, generation, expireTime: expiresAtMs } = claims;
    return { grantId, issuedAtMs: undefined, expiresAtMs, generation };
  },
});
