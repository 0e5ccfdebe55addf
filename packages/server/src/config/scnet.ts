/** The options of SCNet: what an operator may set, with its bounds. */

import { z } from 'zod';
import { scnetDefaults } from '../dialects/scnet/options.ts';
import { choice, flag, text, whole } from './option.ts';

const hour = 60 * 60;
const day = 24 * hour;

export const scnet = z.strictObject({
  enabled: flag(true, 'Whether the dialect is served.'),
  tokenLifetimeSeconds: whole(scnetDefaults.tokenLifetimeSeconds, 1, 30 * day, 's', 'Life of a token.'),
  renewalWindowSeconds: whole(
    scnetDefaults.renewalWindowSeconds,
    0,
    30 * day,
    's',
    'How long after its end a token can still be renewed: less than this.',
  ),
  loginLifetimeSeconds: whole(
    scnetDefaults.loginLifetimeSeconds,
    1,
    10 * 365 * day,
    's',
    'Absolute end of a login, however often its tokens are renewed.',
  ),
  oldToken: choice(
    ['keep', 'end'],
    scnetDefaults.oldToken,
    'A token that was renewed: it stays good until its own end, or ends at once.',
  ),
  retryWindowSeconds: whole(
    scnetDefaults.retryWindowSeconds,
    0,
    600,
    's',
    'With `scnet.oldToken` `end`: how long the old token still gets the same successor, where an answer was lost; 0 for never.',
  ),
  timestampWindowSeconds: whole(
    scnetDefaults.timestampWindowSeconds,
    0,
    day,
    's',
    'How far the `timestamp` of an AK/SK login may be from the server’s time, either way.',
  ),
  replay: choice(
    ['accept', 'refuse'],
    scnetDefaults.replay,
    'An AK/SK login that was sent before: accept it while its `timestamp` holds, or refuse it.',
  ),
  platformClusterIdClaim: text(scnetDefaults.platformClusterIdClaim, '`clusterId` in the platform’s token.'),
  platformComputeUser: text(scnetDefaults.platformComputeUser, '`computeUser` in the platform’s token.'),
  bodyLimitBytes: whole(scnetDefaults.bodyLimitBytes, 64, 1024 * 1024, 'bytes', 'Largest request body.'),
});

/** What no single option shows. */
export const scnetProblems = ({ tokenLifetimeSeconds, loginLifetimeSeconds }: z.output<typeof scnet>): string[] =>
  tokenLifetimeSeconds > loginLifetimeSeconds
    ? ['scnet.tokenLifetimeSeconds: allowed: scnet.loginLifetimeSeconds or less']
    : [];
