/** Demo data of PDS: a domain with a user, and an application of each kind that renews its tokens. */

import type { Random } from '../service/ports.ts';
import { alphabets, randomSecret, randomText } from '../service/random-text.ts';

/** The demo domain is a tenant of its own; its id looks like a PDS domain's. */
export const pdsTenant = 'hufudemo';

export interface PdsDemo {
  readonly domainId: string;
  readonly jwtApp: { readonly clientId: string; readonly privateKeyPem: string };
  readonly webServerApp: { readonly clientId: string; readonly clientSecret: string; readonly redirectUri: string };
  /** Its redirect URI goes to any port of the loopback address (RFC 8252, section 7.3). */
  readonly nativeApp: { readonly clientId: string; readonly redirectUri: string };
  readonly user: { readonly userId: string; readonly userName: string; readonly password: string };
}

/** @param privateKeyPem of the JWT application, in PKCS#8. */
export function pdsDemoOf(stream: (name: string) => Random, privateKeyPem: string): PdsDemo {
  // 16 letters and digits, and 32 hexadecimal digits: the forms of the vendor's samples.
  const clientId = (name: string): string => randomText(stream(name), alphabets.upperDigits, 16);
  return {
    domainId: pdsTenant,
    jwtApp: { clientId: clientId('pds jwt app'), privateKeyPem },
    webServerApp: {
      clientId: clientId('pds web server app'),
      clientSecret: randomSecret(stream('pds web server app secret')),
      redirectUri: 'http://127.0.0.1:3000/callback',
    },
    nativeApp: { clientId: clientId('pds native app'), redirectUri: 'http://127.0.0.1/callback' },
    user: {
      userId: stream('pds user').hex(32),
      userName: 'demo',
      password: randomText(stream('pds user password'), alphabets.base62, 16),
    },
  };
}
