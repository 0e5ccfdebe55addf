/** The calls of SCNet on the page of `hufu dev`: both logins, and a renewal. */

import { operations } from '@hufu/wire/scnet';
import type { Description } from '../emulator/description.ts';

/** @returns lines for bash or zsh, with openssl: a signature that was made ahead would live for five minutes. */
export function scnetCalls({ scnet }: Description): string[] {
  const { acBase, apiBase, user, password, orgId, accessKey, secretKey } = scnet;
  const text = '{"accessKey":"%s","timestamp":"%s","user":"%s"}';
  return [
    `user=${user} ac=${acBase} ak=${accessKey} now=$(date +%s)`,
    `curl -sX POST $ac${operations.passwordLogin.path} -H "user: $user" -H 'password: ${password}' \\`,
    `  -H 'orgId: ${orgId}'; echo`,
    `text='${text}'`,
    `sign=$(printf "$text" $ak $now $user |`,
    `  openssl dgst -sha256 -hmac ${secretKey} -r | cut -c1-64)`,
    `rows=$(curl -sX POST ${apiBase}${operations.accessKeyLogin.path} -H "user: $user" \\`,
    `  -H "accessKey: $ak" -H "signature: $sign" -H "timestamp: $now"); echo "$rows"`,
    `token=$(printf %s "$rows" | grep -o 'eyJ[^"]*' | head -1)`,
    `curl -sX POST $ac${operations.renew.path} -H "token: $token"; echo`,
  ];
}
