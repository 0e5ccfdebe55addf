/** Applications of OAuth 2.1 (RFC 6749, section 2.1; OAuth 2.1 draft, section 2.1). */

import type { ClientType } from '../../core/client-type.ts';

const common = {
  dialect: 'oauth',
  requiresPkce: true,
  hasRedirectUris: true,
  keyAlgorithm: undefined,
  newId: { prefix: 'app-', characters: 20 },
} as const;

const machine = { ...common, requiresPkce: false, hasRedirectUris: false } as const;

export const oauthClientTypes: readonly ClientType[] = [
  /** On a server that keeps a secret. */
  {
    ...common,
    name: 'web',
    authentications: ['client_secret', 'private_key_jwt'],
    grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'],
    keyAlgorithm: 'ES256',
  },
  /** On a user's own machine, which keeps none. */
  { ...common, name: 'native', authentications: ['none'], grantTypes: ['authorization_code', 'refresh_token'] },
  /** In a browser. */
  { ...common, name: 'browser', authentications: ['none'], grantTypes: ['authorization_code', 'refresh_token'] },
  /** Without a user in front of it. */
  {
    ...machine,
    name: 'service',
    authentications: ['client_secret', 'private_key_jwt'],
    grantTypes: ['client_credentials', 'jwt_bearer', 'refresh_token'],
    keyAlgorithm: 'ES256',
  },
  /** Checks tokens, and gets none. */
  {
    ...machine,
    name: 'resource_server',
    authentications: ['client_secret', 'private_key_jwt'],
    grantTypes: [],
    mayBeOfEveryTenant: true,
  },
];
