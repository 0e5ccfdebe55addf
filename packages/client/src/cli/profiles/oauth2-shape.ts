/** What a profile of an OAuth 2.1 server takes. */

import type { OptionShapes, ProviderShape } from './shape.ts';

const client: OptionShapes = {
  issuer: { kind: 'text', what: 'of the server: its metadata are found below it', isNeeded: true },
  clientId: { kind: 'text', what: 'id of the client', isNeeded: true },
};

const others: OptionShapes = {
  clientSecret: { kind: 'text', what: 'of the client; public clients have none', isSecret: true, isAsked: true },
  privateKeyPem: { kind: 'text', what: 'in place of a secret, PEM (private_key_jwt)', isSecret: true },
  authentication: { kind: ['client_secret_basic', 'client_secret_post'], what: 'default client_secret_basic' },
  keyAlgorithm: { kind: ['ES256', 'PS256', 'RS256'], what: 'of the private key; default ES256' },
  keyId: { kind: 'text', what: 'kid of the private key' },
  scope: { kind: 'text', what: 'words separated by blanks; default: what the server gives', isAsked: true },
  resource: { kind: 'text', what: 'for whom the token is (RFC 8707)' },
  audience: { kind: 'text', what: 'the same, at servers that have their own word for it' },
  discovery: { kind: ['oauth2', 'oidc'], what: 'where the metadata are; default oauth2 (RFC 8414)' },
  metadata: { kind: 'object', what: 'in place of discovery: the endpoints, by the names of RFC 8414' },
  allowPlainHttp: { kind: 'boolean', what: 'the server may be plain http on another machine' },
};

export const oauth2Shape: ProviderShape = {
  what: 'tokens of an OAuth 2.1 or OpenID Connect server',
  grants: {
    client_credentials: {
      what: 'a client acts for itself',
      options: { ...client, ...others },
    },
    code: {
      what: 'a person logs in at a page of the server',
      options: {
        ...client,
        redirectUri: { kind: 'text', what: 'as registered; default http://127.0.0.1/callback on any free port' },
        authorizationParameters: { kind: 'object', what: 'further ones of the login: prompt, login_hint' },
        rotates: {
          kind: ['yes', 'no', 'unknown'],
          what: 'whether a refresh spends the refresh token; default unknown',
        },
        replayWindowMs: {
          kind: 'ms',
          what: 'for how long a spent refresh token gives the same successor; Hufu: 60000',
        },
        identity: { kind: 'text', what: 'whose session; default: the name of the profile' },
        ...others,
      },
    },
  },
};
