/** The options of PDS: what an operator may set, with its bounds. */

import { z } from 'zod';
import { pdsDefaults } from '../dialects/pds/options.ts';
import { choice, flag, whole, words } from './option.ts';

const hour = 60 * 60;
const day = 24 * hour;

export const pds = z.strictObject({
  enabled: flag(true, 'Whether the dialect is served.'),
  accessTokenLifetimeSeconds: whole(
    pdsDefaults.accessTokenLifetimeSeconds,
    1,
    day,
    's',
    'Life of an access token, as `expires_in` tells it.',
  ),
  accessTokenGraceSeconds: whole(
    pdsDefaults.accessTokenGraceSeconds,
    0,
    hour,
    's',
    'How much longer an access token really lives: its `exp`.',
  ),
  renewalLifetimeSeconds: whole(pdsDefaults.renewalLifetimeSeconds, 1, 365 * day, 's', 'Life of a refresh token.'),
  renewalEnd: choice(
    ['sliding', 'fixed'],
    pdsDefaults.renewalEnd,
    'Whether each refresh begins that life anew, or a session ends with its first refresh token.',
  ),
  sessionLifetimeSeconds: whole(
    pdsDefaults.sessionLifetimeSeconds,
    1,
    10 * 365 * day,
    's',
    'Absolute end of a session, however often it is refreshed.',
  ),
  retryWindowSeconds: whole(
    pdsDefaults.retryWindowSeconds,
    0,
    600,
    's',
    'How long a used refresh token still gets the same successor, where an answer was lost; 0 for never.',
  ),
  codeLifetimeSeconds: whole(pdsDefaults.codeLifetimeSeconds, 1, 600, 's', 'Life of a one-time code.'),
  assertionLeewaySeconds: whole(
    pdsDefaults.assertionLeewaySeconds,
    0,
    hour,
    's',
    'How far the clock of a JWT application may be off, either way.',
  ),
  assertionMaximumSeconds: whole(
    pdsDefaults.assertionMaximumSeconds,
    1,
    day,
    's',
    'How far ahead the `exp` of an assertion may lie.',
  ),
  jtiMinimumLength: whole(
    pdsDefaults.jtiMinimumLength,
    1,
    128,
    'characters',
    'Shortest `jti`. The documents say 16; the official SDK sends 7 to 14.',
  ),
  jtiMaximumLength: whole(pdsDefaults.jtiMaximumLength, 1, 1024, 'characters', 'Longest `jti`.'),
  assertionReplay: choice(
    ['refuse', 'accept'],
    pdsDefaults.assertionReplay,
    'An assertion that was used before: refuse it, or accept it until its `exp`.',
  ),
  accountTokenAppId: choice(
    ['required', 'optional'],
    pdsDefaults.accountTokenAppId,
    'Whether `app_id` may be missing at `/v2/account/token`.',
  ),
  refreshPaths: choice(
    ['documented', 'either'],
    pdsDefaults.refreshPaths,
    'Whether each kind of application refreshes at its own path only, or at either.',
  ),
  tokenAcceptsJson: flag(pdsDefaults.tokenAcceptsJson, 'Takes JSON beside forms at `/v2/oauth/token`.'),
  accountTokenAcceptsForm: flag(pdsDefaults.accountTokenAcceptsForm, 'Takes forms beside JSON at `/v2/account/token`.'),
  defaultScopes: words(
    pdsDefaults.defaultScopes,
    'Scopes in the access tokens of an application that was registered without any.',
  ),
  subdomainIdMaximumLength: whole(
    pdsDefaults.subdomainIdMaximumLength,
    1,
    256,
    'characters',
    'Longest `subdomain_id`.',
  ),
  bodyLimitBytes: whole(pdsDefaults.bodyLimitBytes, 1024, 1024 * 1024, 'bytes', 'Largest request body.'),
  maxFormMembers: whole(
    pdsDefaults.maxFormMembers,
    8,
    1000,
    'members',
    'Members of a form, a JSON body or a query at most.',
  ),
});

/** What no single option shows. */
export function pdsProblems(options: z.output<typeof pds>): string[] {
  const {
    accessTokenLifetimeSeconds,
    renewalLifetimeSeconds,
    sessionLifetimeSeconds,
    jtiMinimumLength,
    jtiMaximumLength,
  } = options;
  return [
    ...(accessTokenLifetimeSeconds > renewalLifetimeSeconds
      ? ['pds.accessTokenLifetimeSeconds: allowed: pds.renewalLifetimeSeconds or less']
      : []),
    ...(renewalLifetimeSeconds > sessionLifetimeSeconds
      ? ['pds.renewalLifetimeSeconds: allowed: pds.sessionLifetimeSeconds or less']
      : []),
    ...(jtiMinimumLength > jtiMaximumLength ? ['pds.jtiMinimumLength: allowed: pds.jtiMaximumLength or less'] : []),
  ];
}
