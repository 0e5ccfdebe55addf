/** Standard OAuth 2.1. Assembles the dialect; every rule stands in the files beside this one. */

import { idempotencyKeyHeader, paths } from '@hufu/wire/oauth';
import type { AuthorizationSpeech } from '../../core/authorization-request.ts';
import { requestId } from '../../core/ids.ts';
import type { Dialect, DialectRoute } from '../dialect.ts';
import { createAuthorizationCodec } from './authorize.ts';
import { oauthClientTypes } from './client-types.ts';
import { errorOf, transportErrorOf } from './errors.ts';
import { createFormats } from './formats.ts';
import { metadataOf } from './metadata.ts';
import { type OAuthOptions, oauthDefaults } from './options.ts';
import { parse } from './request.ts';
import { answer, crossOriginPaths, refusal } from './response.ts';
import { createSpeech } from './speech.ts';

export { type OAuthOptions, oauthDefaults } from './options.ts';

/** @param issuer the server's own URL, without a slash at its end; asked for at each use, since a free port is known late. */
export function createOAuthDialect(given: Partial<OAuthOptions>, issuer: () => string): Dialect {
  const options: OAuthOptions = Object.freeze({ ...oauthDefaults, ...given });
  const formats = createFormats(issuer, options.refreshEndsAccessTokens, options.accessTokenAlgorithm);
  const session = createSpeech(options, formats, issuer);
  const { codeLifetimeSeconds } = options;
  const authorization: AuthorizationSpeech = { session, codeLifetimeSeconds, clientTypes: undefined };
  const served = options.enabled ? [paths.token, paths.introspect, paths.revoke] : [paths.introspect, paths.revoke];
  return {
    name: session.name,
    routes: served.map(routeOf),
    bodyLimitBytes: options.bodyLimitBytes,
    formats: [formats.jwt, formats.opaque, formats.earlier],
    clientTypes: oauthClientTypes,
    authorization: options.enabled ? createAuthorizationCodec(authorization, issuer) : undefined,
    metadata: () => metadataOf(issuer(), options, session),
    requestId,
    // Its requests look like anybody's: they are known by their paths alone.
    recognises: () => false,
    parse: (request) => parse(request, session),
    answer: (_operation, outcome, context) => answer(outcome, context),
    refuse: (reason, context) => refusal(errorOf(reason), context),
    refuseTransport: (problem, context) => refusal(transportErrorOf(problem, options.bodyLimitBytes), context),
  };
}

const routeOf = (path: string): DialectRoute => ({
  method: 'POST',
  path,
  ...(crossOriginPaths.includes(path)
    ? { crossOriginHeaders: ['authorization', 'content-type', idempotencyKeyHeader] }
    : {}),
});
