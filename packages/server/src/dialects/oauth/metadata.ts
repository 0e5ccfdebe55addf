/** What the server says of itself (RFC 8414, section 2): everything that is true, and nothing that is not. */

import {
  authenticationMethods,
  codeChallengeMethod,
  grantTypes,
  paths,
  responseMode,
  responseType,
} from '@hufu/wire/oauth';
import type { SessionSpeech } from '../../core/speech.ts';
import type { OAuthOptions } from './options.ts';

const { basic, post, privateKeyJwt, none } = authenticationMethods;

export function metadataOf(
  issuer: string,
  { enabled, publishedScopes }: OAuthOptions,
  { assertions: { algorithms } }: Pick<SessionSpeech, 'assertions'>,
): Readonly<Record<string, unknown>> {
  const confidential = [basic, post, privateKeyJwt];
  const everybody = [...confidential, none];
  const grants = {
    authorization_endpoint: issuer + paths.authorize,
    authorization_response_iss_parameter_supported: true,
    response_modes_supported: [responseMode],
    code_challenge_methods_supported: [codeChallengeMethod],
    prompt_values_supported: ['none', 'login', 'consent'],
    // OpenID Connect Discovery, section 3: without it, clients would take the second for supported.
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    token_endpoint: issuer + paths.token,
    token_endpoint_auth_methods_supported: everybody,
    token_endpoint_auth_signing_alg_values_supported: algorithms,
    // A list without members is left out (section 3.2).
    ...(publishedScopes.length === 0 ? {} : { scopes_supported: publishedScopes }),
  };
  return {
    issuer,
    jwks_uri: issuer + paths.jwks,
    // Both stand there even when empty: the first is required, and without the second clients would expect the implicit grant.
    response_types_supported: enabled ? [responseType] : [],
    grant_types_supported: enabled ? Object.values(grantTypes) : [],
    ...(enabled ? grants : {}),
    introspection_endpoint: issuer + paths.introspect,
    introspection_endpoint_auth_methods_supported: confidential,
    introspection_endpoint_auth_signing_alg_values_supported: algorithms,
    revocation_endpoint: issuer + paths.revoke,
    revocation_endpoint_auth_methods_supported: everybody,
    revocation_endpoint_auth_signing_alg_values_supported: algorithms,
  };
}
