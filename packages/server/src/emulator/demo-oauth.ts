/** Demo data of OAuth 2.1: applications with and without a secret, a resource server, and a user who logs in. */

import type { Random } from '../service/ports.ts';
import { alphabets, randomSecret, randomText } from '../service/random-text.ts';

export interface OAuthDemo {
  readonly confidentialClient: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly redirectUri: string;
  };
  /** Its redirect URI goes to any port of the loopback address (RFC 8252, section 7.3). */
  readonly publicClient: { readonly clientId: string; readonly redirectUri: string };
  /** May introspect and revoke. */
  readonly resourceServer: { readonly clientId: string; readonly clientSecret: string };
  readonly user: { readonly userName: string; readonly password: string };
}

/** @param userName what the demo user types at the login page. */
export function oauthDemoOf(stream: (name: string) => Random, userName: string): OAuthDemo {
  return {
    confidentialClient: {
      clientId: 'demo-web',
      clientSecret: randomSecret(stream('oauth confidential client')),
      redirectUri: 'http://127.0.0.1:3000/callback',
    },
    publicClient: { clientId: 'demo-native', redirectUri: 'http://127.0.0.1/callback' },
    resourceServer: { clientId: 'resource-server', clientSecret: randomSecret(stream('resource server')) },
    user: { userName, password: randomText(stream('oauth user password'), alphabets.base62, 16) },
  };
}
