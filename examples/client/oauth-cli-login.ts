/**
 * A command whose user logs in once, in a browser, and stays logged in: OAuth 2.1 code with PKCE over a loopback address
 * (RFC 8252). The second time it needs nobody.
 *
 *     OAUTH_ISSUER=https://id.example.com OAUTH_CLIENT_ID=… node oauth-cli-login.ts
 */

import { once } from 'node:events';
import { createServer } from 'node:http';
import { isTokenError } from '@hufu/client';
import { nodeTokenSource } from '@hufu/client/node';
import { type Authorize, oauth2Code } from '@hufu/client/providers/oauth2';

const { OAUTH_ISSUER: issuer = '', OAUTH_CLIENT_ID: clientId = '' } = process.env;

/** Hears the browser come back. */
const callback = createServer();
callback.listen(0, '127.0.0.1');
await once(callback, 'listening');
const address = callback.address();
const redirectUri = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/callback`;

const authorize: Authorize = async (url, { signal }) => {
  console.error(`Log in here:\n\n  ${url}\n`);
  for (;;) {
    const [request, response] = await once(callback, 'request', { signal });
    const back = new URL(request.url, redirectUri);
    if (back.pathname === '/callback') {
      response.writeHead(200, { connection: 'close' }).end('You are logged in. This window can be closed.');
      return back.href;
    }
    response.writeHead(404, { connection: 'close' }).end();
  }
};

try {
  // The session is kept in the user's data folder, where each run of this command finds it.
  await using source = nodeTokenSource({ provider: oauth2Code({ issuer, clientId, redirectUri, authorize }) });
  let token = await source.getToken().catch((error: unknown) => {
    if (isTokenError(error) && error.reauthRequired) return undefined;
    throw error;
  });
  token ??= await source.getToken({ interactive: true });
  console.log(`logged in for another ${Math.round(token.expiresInMs() / 60_000)} minutes, then renewed by itself`);
} finally {
  callback.close();
}
