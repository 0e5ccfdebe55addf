/**
 * A web application of PDS: a user logs in at PDS, comes back with a code, and the session goes on from there.
 *
 *     PDS_DOMAIN_ID=… PDS_CLIENT_ID=… PDS_CLIENT_SECRET=… PDS_REDIRECT_URI=http://127.0.0.1:3000/callback node pds-web-login.ts
 *
 * Then open http://127.0.0.1:3000. PDS_ENDPOINT is for other servers than https://{domain}.api.aliyunpds.com.
 */

import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createTokenSource, isTokenError } from '@hufu/client';
import { type PendingLogin, pdsLogin, pdsOAuth } from '@hufu/client/providers/pds';
import { fileStore } from '@hufu/client/stores/file';

const {
  PDS_DOMAIN_ID: domainId = '',
  PDS_CLIENT_ID: clientId = '',
  PDS_CLIENT_SECRET: clientSecret = '',
} = process.env;
const { PDS_REDIRECT_URI: redirectUri = 'http://127.0.0.1:3000/callback', PDS_ENDPOINT: endpoint } = process.env;
const application = { domainId, clientId, clientSecret, redirectUri, endpoint };
const login = pdsLogin(application);
/** The sessions' tokens are in files that no one else can read: all processes of this server share them, also after a restart. */
const store = fileStore();

/** By the browser's cookie: a login that is under way, then who it is. A real site keeps these where its own sessions are. */
const pendingOf = new Map<string, Omit<PendingLogin, 'url'>>();
const userOf = new Map<string, string>();

/** One for each user; `identity` keeps their records apart in the store. */
const sourceOf = (identity: string) => createTokenSource({ provider: pdsOAuth({ ...application, identity }), store });

const server = createServer(async (request, response) => {
  const browser = /(?:^|; )browser=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? randomUUID();
  // Behind TLS with `Secure` as well.
  const cookie = { 'set-cookie': `browser=${browser}; HttpOnly; SameSite=Lax; Path=/` };
  const { pathname, search } = new URL(request.url ?? '/', redirectUri);
  const goTo = (location: string): unknown => response.writeHead(303, { location, ...cookie }).end();
  try {
    if (pathname === new URL(redirectUri).pathname) {
      const pending = pendingOf.get(browser);
      pendingOf.delete(browser);
      if (!pending) return goTo('/');
      const grant = await login.complete(search, pending);
      const user = grant.token.subject ?? '';
      await using source = sourceOf(user);
      await source.adopt(grant);
      userOf.set(browser, user);
      return goTo('/');
    }
    const user = userOf.get(browser);
    if (user === undefined) throw new Error('nobody is logged in');
    await using source = sourceOf(user);
    const { extra } = await source.getToken();
    return response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(`Hello, ${extra.user_name}`);
  } catch (error) {
    // Nobody has a session here, or theirs is over. Anything else is no reason for a login.
    if (isTokenError(error) && !error.reauthRequired) {
      console.error(`${error.code}: ${error.message}`);
      return response.writeHead(502).end('PDS does not answer; try again');
    }
    const { url, ...pending } = login.begin();
    pendingOf.set(browser, pending);
    return goTo(url);
  }
});

server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  const address = server.address();
  console.log(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : ''}`);
});
