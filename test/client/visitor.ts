/** A user for the logins of the client's tests: goes where they are sent, logs in, agrees, and comes back. */

import type { Authorize } from '../../packages/client/src/core/authorize.ts';
import { createBrowser } from '../harness/browser.ts';
import { decide, isLoginPage, type Login, logIn } from '../harness/login.ts';

export const visitor =
  (login: Login): Authorize =>
  async (url) => {
    const browser = createBrowser();
    let visit = await browser.open(url);
    if (visit.kind === 'page' && isLoginPage(visit)) visit = await logIn(browser, visit, login);
    if (visit.kind === 'page') visit = await decide(browser, visit, 'allow');
    if (visit.kind === 'departure') return visit.location;
    throw new Error(`the way ended at ${visit.url.pathname} (${visit.answer.status})`);
  };
