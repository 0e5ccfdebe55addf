/** A user at the pages of login and consent, who finds the way by what a password manager and a screen reader go by. */

import type { Browser, Page, Visit } from './browser.ts';
import { submitButtons } from './form.ts';
import { attribute, find, textOf } from './html.ts';
import { type AuthorizationResponse, responseOf } from './oauth.ts';

export interface Login {
  readonly userName: string;
  readonly password: string;
}

/** Values of the two buttons of a consent page. */
export type Decision = 'allow' | 'deny';

/** Whether a page asks for a password. */
export const isLoginPage = (page: Page): boolean => passwordOf(page) !== undefined;

/** Fills a login page in as a password manager would: it finds the two fields by `autocomplete`, in whatever language. */
export async function logIn(browser: Browser, page: Page, { userName, password }: Login): Promise<Visit> {
  const name = find(page.document, ['input'], { autocomplete: 'username' })[0];
  const secret = passwordOf(page);
  if (!name || !secret) throw new Error(`${page.url.pathname} asks for no user name and password`);
  const fields = { [attribute(name, 'name') ?? '']: userName, [attribute(secret, 'name') ?? '']: password };
  return browser.submit(page, { fields });
}

const passwordOf = (page: Page) => find(page.document, ['input'], { autocomplete: 'current-password' })[0];

/** Presses the button of a consent page that has this value. */
export async function decide(browser: Browser, page: Page, decision: Decision): Promise<Visit> {
  for (const form of find(page.document, ['form'])) {
    const button = submitButtons(form).find((one) => attribute(one, 'value') === decision);
    if (button) return browser.submit(page, { form, button });
  }
  throw new Error(`${page.url.pathname} (${page.answer.status}) has no button to ${decision}: ${titleOf(page)}`);
}

const titleOf = (page: Page): string => find(page.document, ['title']).map(textOf).join();

/** The whole way of a user: opens the address, logs in and decides where a page asks for it, and stops at the client's door. */
export async function authorize(
  browser: Browser,
  address: string,
  login: Login,
  decision: Decision = 'allow',
): Promise<AuthorizationResponse> {
  let visit = await browser.open(address);
  if (visit.kind === 'page' && isLoginPage(visit)) visit = await logIn(browser, visit, login);
  if (visit.kind === 'page') visit = await decide(browser, visit, decision);
  if (visit.kind === 'page') throw new Error(`the way ended at ${visit.url.pathname} (${visit.answer.status})`);
  return responseOf(visit);
}
