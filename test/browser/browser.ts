/** A real Chromium for tests, and pages in it that note everything a page must not do. */

import {
  type Browser,
  type BrowserContextOptions,
  type ConsoleMessage,
  chromium,
  type LaunchOptions,
  type Page,
} from 'playwright-core';
import { chromiumVariable, findChromium } from '../../tools/chromium/find.ts';

const found = findChromium();

/** For the `skip` of a suite: why there is no browser to look with, or false. */
export const noBrowser: string | false =
  found === undefined && `no Chromium here: \`npm run browser\` installs one, ${chromiumVariable} names another`;

export function openBrowser(options: Pick<LaunchOptions, 'args'> = {}): Promise<Browser> {
  if (found === undefined) throw new Error('there is no browser');
  return chromium.launch({ executablePath: found.path, ...options });
}

export interface Watched extends AsyncDisposable {
  readonly page: Page;
  /** Violations of the policy, errors, dialogs, and requests for anything but documents, since it was opened. */
  readonly complaints: readonly string[];
}

/** In a context of its own: no cookie, no cache. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (!isOwnStatus(message)) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.isNavigationRequest() && !request.url().startsWith('data:')) complaints.push(`loads ${request.url()}`);
  });
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
}

/** Chromium writes a line for every document whose status is 400 or more. */
const isOwnStatus = (message: ConsoleMessage): boolean =>
  message.text().startsWith('Failed to load resource: the server responded with a status of');
