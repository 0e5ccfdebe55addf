/** The options of OAuth 2.1: what an operator may set, with its bounds. */

import { z } from 'zod';
import { isScope } from '../core/scope.ts';
import { oauthDefaults } from '../dialects/oauth/options.ts';
import { choice, flag, optionalText, whole, words } from './option.ts';

const day = 24 * 60 * 60;

export const oauth = z.strictObject({
  enabled: flag(
    oauthDefaults.enabled,
    'Whether grants are served. Introspection and revocation are served either way, for tokens of every dialect.',
  ),
  accessTokenLifetimeSeconds: whole(oauthDefaults.accessTokenLifetimeSeconds, 1, day, 's', 'Life of an access token.'),
  accessTokenAlgorithm: choice(
    ['ES256', 'RS256'],
    oauthDefaults.accessTokenAlgorithm,
    'What signs access tokens that are JWTs. Those that were signed before a change stay good until their end.',
  ),
  renewalLifetimeSeconds: whole(
    oauthDefaults.renewalLifetimeSeconds,
    1,
    365 * day,
    's',
    'How long a refresh token may rest unused; each refresh begins it anew.',
  ),
  sessionLifetimeSeconds: whole(
    oauthDefaults.sessionLifetimeSeconds,
    1,
    3650 * day,
    's',
    'Absolute end of a session, however often it is refreshed.',
  ),
  codeLifetimeSeconds: whole(oauthDefaults.codeLifetimeSeconds, 1, 600, 's', 'Life of an authorization code.'),
  retryWindowSeconds: whole(
    oauthDefaults.retryWindowSeconds,
    0,
    600,
    's',
    'How long the direct predecessor of a refresh token still gets the same successor; 0 allows no retry.',
  ),
  refreshEndsAccessTokens: flag(
    oauthDefaults.refreshEndsAccessTokens,
    'A refresh ends the access tokens before it, for checkers that introspect.',
  ),
  assertionLeewaySeconds: whole(
    oauthDefaults.assertionLeewaySeconds,
    0,
    3600,
    's',
    'How far the clock of a client that signs assertions may be off, either way.',
  ),
  assertionMaximumSeconds: whole(
    oauthDefaults.assertionMaximumSeconds,
    1,
    day,
    's',
    'How far ahead the end of an assertion may lie.',
  ),
  assertionsNeedJti: flag(
    oauthDefaults.assertionsNeedJti,
    'Refuses assertions without `jti`. Where it is false, one without counts by its own text.',
  ),
  defaultResource: optionalText('Resource of access tokens for which none was asked, as a URI. Default: the issuer.'),
  publishedScopes: words(
    oauthDefaults.publishedScopes,
    'Scopes that the metadata names. What a client gets is decided by the client and the resource.',
  ),
  bodyLimitBytes: whole(oauthDefaults.bodyLimitBytes, 1024, 1024 * 1024, 'bytes', 'Largest request body.'),
});

const absoluteUri = /^[a-z][a-z0-9+.-]*:[\x21\x22\x24-\x7e]+$/i;

/** What no single option shows. */
export function oauthProblems(options: z.output<typeof oauth>): string[] {
  const { accessTokenLifetimeSeconds, renewalLifetimeSeconds, sessionLifetimeSeconds, defaultResource } = options;
  const badScopes = options.publishedScopes.filter((scope) => !isScope(scope) || scope.includes(' '));
  return [
    ...(renewalLifetimeSeconds > sessionLifetimeSeconds
      ? ['oauth.renewalLifetimeSeconds: allowed: oauth.sessionLifetimeSeconds or less']
      : []),
    ...(accessTokenLifetimeSeconds > renewalLifetimeSeconds
      ? ['oauth.accessTokenLifetimeSeconds: allowed: oauth.renewalLifetimeSeconds or less']
      : []),
    ...(defaultResource !== undefined && !absoluteUri.test(defaultResource)
      ? [`oauth.defaultResource: given ${JSON.stringify(defaultResource)}, allowed: an absolute URI without a fragment`]
      : []),
    ...(badScopes.length > 0
      ? [
          `oauth.publishedScopes: given ${JSON.stringify(badScopes)}, allowed: words without blanks, quotes and backslashes`,
        ]
      : []),
  ];
}
