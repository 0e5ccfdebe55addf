/** Applications of PDS (doc: application overview, read 2026-11-22). `WebBrowser` gets codes with PKCE instead of the implicit flow. */

import type { ClientType } from '../../core/client-type.ts';

/** The samples of the vendor's documents have ids of 16 letters and digits. */
const common = { dialect: 'pds', newId: { prefix: '', characters: 16 } } as const;

export const pdsClientTypes: readonly ClientType[] = [
  {
    ...common,
    name: 'WebServer',
    authentications: ['client_secret'],
    grantTypes: ['authorization_code', 'refresh_token'],
    requiresPkce: false,
    hasRedirectUris: true,
    keyAlgorithm: undefined,
  },
  {
    ...common,
    name: 'WebBrowser',
    authentications: ['none'],
    grantTypes: ['authorization_code'],
    requiresPkce: true,
    hasRedirectUris: true,
    keyAlgorithm: undefined,
  },
  {
    ...common,
    name: 'Native',
    authentications: ['none'],
    grantTypes: ['authorization_code', 'refresh_token'],
    requiresPkce: true,
    hasRedirectUris: true,
    keyAlgorithm: undefined,
  },
  {
    ...common,
    name: 'JWT',
    authentications: ['none'],
    grantTypes: ['jwt_bearer', 'refresh_token'],
    requiresPkce: false,
    hasRedirectUris: false,
    keyAlgorithm: 'RS256',
  },
];
