/** The examples of the client that have a page, in a browser: a dashboard that stays open, and a login that lasts. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { type Emulator, startEmulator } from '../../packages/server/src/emulator/start.ts';
import { folder, startExample } from '../client/example.ts';
import { factsOf } from '../client/token-taker.ts';
import { firstLine, repository } from '../harness/dev.ts';
import { listen } from '../harness/listen.ts';
import { noBrowser, openBrowser } from './browser.ts';

/** Plays the console's part: asks the page around it for a token of the ticket in its address, and shows what comes. */
const consolePage = `<!doctype html><p id="got"></p><script>
  addEventListener('message', ({ data }) => {
    document.querySelector('#got').textContent = data.accessToken;
  });
  const ticket = new URLSearchParams(location.search).get('sls_ticket');
  parent.postMessage({ type: 'refreshToken', ticket }, '*');
</script>`;

async function servePage({ description: { oauth } }: Emulator) {
  const { outputFiles } = await build({
    entryPoints: [join(repository, folder, 'browser/page.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    define: { ISSUER: JSON.stringify(oauth.issuer), CLIENT_ID: JSON.stringify(oauth.publicClient.clientId) },
  });
  const html = await readFile(join(repository, folder, 'browser/index.html'));
  const { pathname } = new URL(oauth.publicClient.redirectUri);
  return listen({
    [pathname]: (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(html),
    '/page.js': (_request, response) =>
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(outputFiles[0]?.contents),
  });
}

const said = (page: Page, words: RegExp) => page.locator('#who', { hasText: words }).waitFor();

suite('the examples with a page', { skip: noBrowser }, () => {
  test('sls-dashboard: the console asks, and gets an access token of its ticket', async () => {
    await using emulator = await startEmulator();
    const { sls } = emulator.description;
    await using started = startExample('sls-dashboard/server.ts', {
      ALIBABA_CLOUD_ACCESS_KEY_ID: sls.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: sls.accessKeySecret,
      SLS_ENDPOINT: `http://${sls.endpoint}`,
      SLS_PROJECT: 'website',
      SLS_DASHBOARD: 'dashboard-1-2',
      PORT: '0',
    });
    const url = await firstLine(started);
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      await page.route('https://sls.console.aliyun.com/**', (route) =>
        route.fulfill({ contentType: 'text/html', body: consolePage }),
      );
      await page.goto(url);
      const got = page.frameLocator('#console').locator('#got', { hasText: /./ });
      const token = (await got.textContent()) ?? '';
      assert.equal((await factsOf(emulator, token)).active, true);
    } finally {
      await browser.close();
    }
  });

  test('browser: a login lasts in every tab and after a reload, until one logs out', async () => {
    await using emulator = await startEmulator();
    const { publicClient, user } = emulator.description.oauth;
    await using site = await servePage(emulator);
    const address = `${site.url}${new URL(publicClient.redirectUri).pathname}`;
    const browser = await openBrowser();
    try {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(address);
      await page.click('#in');
      await page.locator('input[autocomplete=username]').fill(user.userName);
      await page.locator('input[autocomplete=current-password]').fill(user.password);
      await page.locator('input[autocomplete=current-password]').press('Enter');
      await Promise.race([said(page, /^You are logged in/), page.locator('button[value=allow]').click()]);
      await said(page, /^You are logged in/);
      assert.equal(page.url(), address);
      await page.reload();
      await said(page, /^You are logged in/);
      const other = await context.newPage();
      await other.goto(address);
      await said(other, /^You are logged in/);
      assert.equal(emulator.requests.list().filter(({ path }) => path === '/oauth2/token').length, 1);
      await other.click('#out');
      await said(page, /^Nobody is logged in/);
    } finally {
      await browser.close();
    }
  });
});
