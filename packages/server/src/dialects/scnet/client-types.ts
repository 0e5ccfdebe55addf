/** Applications of SCNet: organisations, on whose behalf users log in by password. Their id is the `orgId`. */

import type { ClientType } from '../../core/client-type.ts';

export const scnetClientTypes: readonly ClientType[] = [
  {
    dialect: 'scnet',
    name: 'organisation',
    // It only says who it is: the user's password proves the rest.
    authentications: ['none'],
    grantTypes: [],
    requiresPkce: false,
    hasRedirectUris: false,
    keyAlgorithm: undefined,
    // As in the samples of the vendor's documents.
    newId: { prefix: '', characters: 32, of: 'hexadecimal' },
  },
];
