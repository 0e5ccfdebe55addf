/** The calls of OAuth 2.1 on the page of `hufu dev`: a machine's token, and a login in a browser with PKCE. */

import { grantTypes, paths } from '@hufu/wire/oauth';
import type { Description } from '../emulator/description.ts';

/** RFC 7636, appendix B: a pair that everybody knows protects nothing, and this is an emulator. */
const pkce = {
  verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
} as const;

export function oauthMachine({ oauth }: Description): string[] {
  const { clientId, clientSecret } = oauth.confidentialClient;
  return [
    `curl -s ${oauth.issuer}${paths.token} -d grant_type=${grantTypes.clientCredentials} \\`,
    `  -u ${clientId}:${clientSecret}; echo`,
  ];
}

/** @returns a URL for a browser, and the call that exchanges the code behind it. */
export function oauthLogin({ oauth }: Description): string[] {
  const { clientId, redirectUri } = oauth.publicClient;
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    code_challenge: pkce.challenge,
    code_challenge_method: 'S256',
  });
  return [
    `${oauth.issuer}${paths.authorize}?${query}`,
    `curl -s ${oauth.issuer}${paths.token} -d grant_type=${grantTypes.authorizationCode} \\`,
    `  -d client_id=${clientId} -d redirect_uri=${redirectUri} \\`,
    `  -d code_verifier=${pkce.verifier} -d code=CODE`,
  ];
}
