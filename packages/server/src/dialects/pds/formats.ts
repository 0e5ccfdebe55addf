/** The access token of PDS as a format of a grant. */

import { accessTokenPayload, jwtHeader, readAccessToken } from '@hufu/wire/pds';
import type { Grant } from '../../core/grant.ts';
import { isGrantId } from '../../core/ids.ts';
import type { AccessTokenTimes } from '../../core/renewal.ts';
import { scopesOf } from '../../core/scope.ts';
import { secondMs, unixSeconds } from '../../core/time.ts';
import type { TokenFormat } from '../../core/token.ts';
import type { PdsOptions } from './options.ts';
import { roles } from './roles.ts';

export const keyUse = 'pds';

type FormatOptions = Pick<PdsOptions, 'accessTokenGraceSeconds' | 'defaultScopes'>;

export const accessTokenFormat = ({ accessTokenGraceSeconds, defaultScopes }: FormatOptions): TokenFormat => ({
  type: 'pds_access_token',
  dialect: 'pds',
  tokenType: 'Bearer',
  role: 'access',
  keyUse,
  algorithm: 'RS256',
  encode: (grant, times, user) => ({
    header: jwtHeader,
    payload: accessTokenPayload({
      userId: grant.subject,
      custom: {
        clientId: grant.clientId ?? '',
        domainId: grant.tenant,
        scope: grant.scope === undefined ? defaultScopes : scopesOf(grant.scope),
        role: user?.role ?? roles.user,
        ref: grant.id,
        device_id: '',
        generation: grant.generation,
      },
      exp: unixSeconds(endMs(grant, times, accessTokenGraceSeconds)),
      iat: unixSeconds(times.issuedAtMs),
    }),
  }),
  read: (payload) => {
    const claims = readAccessToken(payload);
    if (!claims || !isGrantId(claims.custom.ref)) return undefined;
    const { custom, exp, iat } = claims;
    return {
      grantId: custom.ref,
      issuedAtMs: iat * secondMs,
      expiresAtMs: exp * secondMs,
      generation: custom.generation,
      role: custom.role,
      scope: custom.scope.join(' '),
    };
  },
});

/** The grace is for clients that count to `expires_in`; it never reaches beyond the session. */
const endMs = (grant: Grant, times: AccessTokenTimes, graceSeconds: number): number =>
  Math.min(times.expiresAtMs + graceSeconds * secondMs, grant.expiresAtMs, grant.renewByMs);
