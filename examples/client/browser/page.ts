/**
 * A page whose users log in by OAuth 2.1 with PKCE, and stay logged in: in every tab at once, also after a restart. The records
 * are in IndexedDB, sealed under a key that no script can take out of the browser.
 *
 *     esbuild page.ts --bundle --format=esm --define:ISSUER='"https://id.example.com"' --define:CLIENT_ID='"…"' --outfile=page.js
 *
 * A script that an attacker brings into this page can use what the page can use: that is what a Content-Security-Policy is for.
 */

import { createTokenSource, isTokenError, keepWarm, type Token } from '@hufu/client';
import { webLock } from '@hufu/client/locks/web';
import { oauth2Code, oauth2Login, type PendingLogin } from '@hufu/client/providers/oauth2';
import { idbStore } from '@hufu/client/stores/idb';
import { orMemory } from '@hufu/client/stores/memory';

declare const ISSUER: string;
declare const CLIENT_ID: string;

const redirectUri = `${location.origin}${location.pathname}`;
const application = { issuer: ISSUER, clientId: CLIENT_ID, redirectUri };
const login = oauth2Login(application);
const source = createTokenSource({
  provider: oauth2Code(application),
  // Needs https, or localhost. Where the page may have no storage, the tab keeps its token in memory.
  store: orMemory(idbStore({ sealed: true })),
  lock: webLock(),
});

const show = (words: string): void => {
  const place = document.querySelector('#who');
  if (place) place.textContent = words;
};
const greet = ({ expiresAtMs }: Token): void =>
  show(`You are logged in${expiresAtMs ? `, until ${new Date(expiresAtMs).toLocaleTimeString()} at least` : ''}.`);

/** Back from the login: the code is used once, and is not left in the address. */
async function comeBack(): Promise<void> {
  const kept = sessionStorage.getItem('login');
  if (kept === null || !new URLSearchParams(location.search).has('code')) return;
  sessionStorage.removeItem('login');
  const pending: PendingLogin = JSON.parse(kept);
  const callback = location.href;
  history.replaceState(null, '', redirectUri);
  await source.adopt(await login.complete(callback, pending));
}

document.querySelector('#in')?.addEventListener('click', async () => {
  const pending = await login.begin();
  sessionStorage.setItem('login', JSON.stringify(pending));
  location.assign(pending.url);
});
document.querySelector('#out')?.addEventListener('click', () => source.logout());
// Another tab logged out, or we did.
source.on('logout', () => show('Nobody is logged in.'));
keepWarm(source);

try {
  await comeBack();
  greet(await source.getToken());
} catch (error) {
  if (!isTokenError(error) || !error.reauthRequired) throw error;
}
