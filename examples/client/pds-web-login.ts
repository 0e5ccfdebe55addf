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

/** `undefined` where the session is over. */
async function nameOf(user: string): Promise<string | undefined> {
  await using source = sourceOf(user);
  try {
    return String((await source.getToken()).extra.user_name);
  } catch (error) {
    // Any other failure is no reason for a login.
    if (isTokenError(error) && error.reauthRequired) return undefined;
    throw error;
  }
}

/** Takes the session that a user brings back, for the browser that began the login and no other. */
async function comeBack(browser: string, search: string): Promise<string | undefined> {
  const pending = pendingOf.get(browser);
  pendingOf.delete(browser);
  if (!pending) return undefined;
  const grant = await login.complete(search, pending);
  const user = grant.token.subject ?? '';
  await using source = sourceOf(user);
  await source.adopt(grant);
  return user;
}

const server = createServer(async (request, response) => {
  const browser = /(?:^|; )browser=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
  const { pathname, search } = new URL(request.url ?? '/', redirectUri);
  const say = (status: number, words: string): unknown =>
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(words);
  /** Under a new name for the browser each time: one that somebody else chose opens nothing. Behind TLS with `Secure` as well. */
  const goTo = (location: string, remember: (browser: string) => unknown): unknown => {
    const name = randomUUID();
    remember(name);
    const cookie = `browser=${name}; HttpOnly; SameSite=Lax; Path=/`;
    return response.writeHead(303, { location, 'set-cookie': cookie }).end();
  };
  try {
    if (pathname === new URL(redirectUri).pathname) {
      const user = await comeBack(browser, search);
      if (user === undefined) return say(400, 'This login was not begun here: begin at /');
      return goTo('/', (name) => userOf.set(name, user));
    }
    const user = userOf.get(browser);
    const name = user && (await nameOf(user));
    if (name) return say(200, `Hello, ${name}`);
    const { url, ...pending } = login.begin();
    return goTo(url, (name) => pendingOf.set(name, pending));
  } catch (error) {
    console.error(isTokenError(error) ? `${error.code}: ${error.message}` : error);
    return say(502, 'That did not work: try again at /');
  }
});

server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  const address = server.address();
  console.log(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : ''}`);
});
