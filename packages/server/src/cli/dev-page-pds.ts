/** The calls of PDS on the page of `hufu dev`: a JWT application's session, and a login in a browser. */

import { grantTypes, paths } from '@hufu/wire/pds';
import type { Description } from '../emulator/description.ts';
import { jwtAppKeyPath } from '../emulator/folder.ts';

/** @returns lines for bash or zsh, with openssl: no assertion that was signed ahead would live for long. */
export function pdsAssertion({ dataDir, pds }: Description): string[] {
  const { domainId, jwtApp, user } = pds;
  const claims = '{"iss":"%s","sub":"%s","sub_type":"user","aud":"%s","jti":"%s","exp":%s}';
  return [
    `pds=${pds.apiEndpoint} app=${jwtApp.clientId} user=${user.userId}`,
    `key=${shellWord(jwtAppKeyPath(dataDir))}`,
    `b64() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }`,
    `claims='${claims}'`,
    `jwt=$(printf '{"alg":"RS256","typ":"JWT"}' | b64).$(printf "$claims" "$app" "$user" \\`,
    `  ${domainId} "$(openssl rand -hex 16)" $(($(date +%s) + 300)) | b64)`,
    `jwt=$jwt.$(printf %s "$jwt" | openssl dgst -sha256 -sign "$key" | b64)`,
    `session=$(curl -s $pds${paths.token} -d client_id=$app -d "assertion=$jwt" \\`,
    `  -d grant_type=${grantTypes.jwtBearer}); echo "$session"`,
    `refresh=$(printf %s "$session" | grep -o '"refresh_token":"[^"]*' | cut -d '"' -f 4)`,
    `curl -s $pds${paths.accountToken} -H 'content-type: application/json' \\`,
    `  -d '{"app_id":"'$app'","grant_type":"refresh_token","refresh_token":"'$refresh'"}'; echo`,
  ];
}

/** @returns a URL for a browser, and the call that exchanges the code behind it. */
export function pdsLogin({ pds }: Description): string[] {
  const { clientId, clientSecret, redirectUri } = pds.webServerApp;
  const query = new URLSearchParams({ client_id: clientId, redirect_uri: redirectUri, response_type: 'code' });
  return [
    `${pds.apiEndpoint}${paths.authorize}?${query}`,
    `curl -s ${pds.apiEndpoint}${paths.token} -d grant_type=${grantTypes.authorizationCode} \\`,
    `  -d client_id=${clientId} -d client_secret=${clientSecret} \\`,
    `  -d redirect_uri=${redirectUri} -d code=CODE`,
  ];
}

/** As a shell reads it back. */
const shellWord = (text: string): string => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
