/** The two forms of an access token: a JWT that a resource server checks by itself (RFC 9068), or a text for introspection. */

import { accessTokenType, tokenType } from '@hufu/wire/oauth';
import type { Grant } from '../../core/grant.ts';
import { isGrantId } from '../../core/ids.ts';
import type { AccessTokenTimes } from '../../core/renewal.ts';
import { secondMs, unixSeconds } from '../../core/time.ts';
import type { TokenFacts, TokenFormat } from '../../core/token.ts';

export const jwtKeyUse = 'oauth';
/** A key of its own: nothing that it signs is ever taken for a JWT. */
export const opaqueKeyUse = 'oauth_opaque';

export type AccessTokenAlgorithm = 'ES256' | 'RS256';

export interface OAuthFormats {
  readonly jwt: TokenFormat;
  /** Signed before the algorithm was changed: still good until its own end. */
  readonly earlier: TokenFormat;
  readonly opaque: TokenFormat;
}

/** @param refreshEnds whether a refresh ends the access tokens before it. */
export function createFormats(
  issuer: () => string,
  refreshEnds: boolean,
  algorithm: AccessTokenAlgorithm = 'ES256',
): OAuthFormats {
  const common = { dialect: 'oauth', tokenType, role: 'access', outlivesRotation: !refreshEnds } as const;
  const jwt: TokenFormat = {
    ...common,
    type: 'oauth_access_token',
    keyUse: jwtKeyUse,
    algorithm,
    encode: (grant, times) => ({
      header: { typ: accessTokenType },
      payload: JSON.stringify({
        iss: issuer(),
        exp: unixSeconds(times.expiresAtMs),
        aud: grant.audience,
        sub: grant.subject,
        client_id: grant.clientId,
        iat: unixSeconds(times.issuedAtMs),
        jti: idOf(grant, times),
        sid: grant.id,
        gen: grant.generation,
        scope: grant.scope,
        tenant: grant.tenant,
      }),
    }),
    read: ({ iss, sid, gen, iat, exp, scope }) => factsOf({ iss, sid, gen, iat, exp, scope }),
  };
  return {
    jwt,
    earlier: { ...jwt, algorithm: algorithm === 'ES256' ? 'RS256' : 'ES256' },
    opaque: {
      ...common,
      type: 'oauth_opaque_token',
      shape: 'opaque',
      keyUse: opaqueKeyUse,
      algorithm: 'HS256',
      encode: (grant, times) => ({
        header: { typ: accessTokenType },
        payload: JSON.stringify({
          sid: grant.id,
          gen: grant.generation,
          // To the millisecond, so that two of one second differ.
          iatMs: times.issuedAtMs,
          exp: unixSeconds(times.expiresAtMs),
          scope: grant.scope,
        }),
      }),
      read: ({ sid, gen, iatMs, exp, scope }) =>
        isCount(iatMs) ? factsOf({ iss: issuer(), sid, gen, iat: unixSeconds(iatMs), exp, scope }) : undefined,
    },
  };
}

/** Two tokens have one id only where they are of one generation and one millisecond, and then they say the same. */
const idOf = ({ id, generation }: Grant, { issuedAtMs }: AccessTokenTimes): string =>
  `${id}.${generation}.${issuedAtMs}`;

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isTextOrAbsent = (value: unknown): value is string | undefined =>
  value === undefined || typeof value === 'string';

function factsOf({ iss, sid, gen, iat, exp, scope }: Record<string, unknown>): TokenFacts | undefined {
  if (typeof sid !== 'string' || !isGrantId(sid) || !isCount(gen) || !isCount(iat) || !isCount(exp)) return undefined;
  if (typeof iss !== 'string' || !isTextOrAbsent(scope)) return undefined;
  return { grantId: sid, generation: gen, issuedAtMs: iat * secondMs, expiresAtMs: exp * secondMs, scope, issuer: iss };
}
