/** What the composed server speaks: the dialects that its configuration turns on, and the keys that sign for them. */

import type { Config } from './config/schema.ts';
import { loginDialect } from './core/browser-session.ts';
import type { Dialect } from './dialects/dialect.ts';
import { jwtKeyUse, opaqueKeyUse } from './dialects/oauth/formats.ts';
import { createOAuthDialect } from './dialects/oauth/index.ts';
import { keyUse as pdsKeyUse } from './dialects/pds/formats.ts';
import { createPdsDialect } from './dialects/pds/index.ts';
import { keyUse as scnetKeyUse } from './dialects/scnet/formats.ts';
import { createScnetDialect } from './dialects/scnet/index.ts';
import { createSlsDialect } from './dialects/sls/index.ts';
import { renewalKeyUse } from './keys/refresh-tokens.ts';

const daySeconds = 24 * 60 * 60;

/** Introspection and revocation, which OAuth serves, are for tokens of every dialect: it is always there. */
export const dialectsOf = ({ sls, pds, scnet, oauth }: Config, issuer: () => string): readonly Dialect[] => [
  ...(sls.enabled ? [createSlsDialect(sls)] : []),
  ...(pds.enabled ? [createPdsDialect(pds)] : []),
  ...(scnet.enabled ? [createScnetDialect(scnet)] : []),
  createOAuthDialect(oauth, issuer),
];

/** Who signs what, and how long a token of each may be taken. */
export function keyUses({ sls, pds, scnet, login, oauth, keys: { publishAheadSeconds } }: Config) {
  const pdsSeconds = pds.accessTokenLifetimeSeconds + pds.accessTokenGraceSeconds;
  // The refresh token of a session that does not rotate lives as long as the session.
  const sessionSeconds = Math.max(oauth.sessionLifetimeSeconds, pds.sessionLifetimeSeconds);
  // A token of SCNet renews itself, for a while after its end.
  const scnetSeconds = scnet.tokenLifetimeSeconds + scnet.renewalWindowSeconds;
  return [
    { use: 'sls', algorithm: 'HS256', publishAheadSeconds: 0, longestTokenSeconds: sls.ticketMaximumSeconds },
    { use: jwtKeyUse, algorithm: oauth.accessTokenAlgorithm, publishAheadSeconds, longestTokenSeconds: daySeconds },
    { use: opaqueKeyUse, algorithm: 'HS256', publishAheadSeconds: 0, longestTokenSeconds: daySeconds },
    { use: pdsKeyUse, algorithm: 'RS256', publishAheadSeconds, longestTokenSeconds: pdsSeconds },
    { use: scnetKeyUse, algorithm: 'HS256', publishAheadSeconds: 0, longestTokenSeconds: scnetSeconds },
    renewalKeyUse(Math.max(1, publishAheadSeconds), sessionSeconds),
    {
      use: loginDialect,
      algorithm: 'HS256',
      publishAheadSeconds: 0,
      longestTokenSeconds: login.sessionLifetimeSeconds,
    },
  ] as const;
}
