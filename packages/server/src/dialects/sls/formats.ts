/** The two JWTs of SLS as formats of a grant: the ticket, which renews, and the access token, which is used. */

import {
  accessTokenPayload,
  embeddedType,
  jwtHeader,
  readAccessToken,
  readTicket,
  ticketPayload,
} from '@hufu/wire/sls';
import { isGrantId } from '../../core/ids.ts';
import { secondMs, unixSeconds } from '../../core/time.ts';
import type { TokenFormat } from '../../core/token.ts';

/** The vendor's secret is one for both kinds, and so is our key. */
export const keyUse = 'sls';

export const ticketFormat: TokenFormat = {
  type: 'sls_ticket',
  dialect: 'sls',
  role: 'grant',
  keyUse,
  algorithm: 'HS256',
  encode: (grant) => ({
    header: jwtHeader,
    payload: ticketPayload({
      tokenExp: grant.accessTokenLifetimeSeconds,
      type: embeddedType,
      exp: unixSeconds(grant.expiresAtMs),
      nonce: grant.issuedAtMs,
      iat: unixSeconds(grant.issuedAtMs),
      ticketId: grant.id,
    }),
  }),
  read: (payload) => {
    const claims = readTicket(payload);
    if (claims?.type !== embeddedType || !isGrantId(claims.ticketId)) return undefined;
    return facts(claims.ticketId, claims.nonce, claims.exp);
  },
};

export const accessTokenFormat: TokenFormat = {
  type: 'sls_access_token',
  dialect: 'sls',
  role: 'access',
  keyUse,
  algorithm: 'HS256',
  encode: (grant, times) => ({
    header: jwtHeader,
    payload: accessTokenPayload({
      accessTokenId: grant.id,
      type: embeddedType,
      exp: unixSeconds(times.expiresAtMs),
      nonce: times.issuedAtMs,
      iat: unixSeconds(times.issuedAtMs),
    }),
  }),
  read: (payload) => {
    const claims = readAccessToken(payload);
    if (claims?.type !== embeddedType || !isGrantId(claims.accessTokenId)) return undefined;
    return facts(claims.accessTokenId, claims.nonce, claims.exp);
  },
};

const facts = (grantId: string, issuedAtMs: number, exp: number) => ({
  grantId,
  issuedAtMs,
  expiresAtMs: exp * secondMs,
  generation: undefined,
});
