/** The whole login in a real browser without JavaScript: what a user sees and clicks, from an application and back to it. */

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { WireAnswer } from '../../packages/server/src/dialects/dialect.ts';
import { jsonOf } from '../harness/oauth.ts';
import { alice, type LoginBench, openLogin, prints, tenant } from '../login/bench.ts';
import { noBrowser, openBrowser, openPage, type Watched } from './browser.ts';
import { type Served, serveAnswers } from './serve-answers.ts';

const htmlPage = (body: string): WireAnswer => ({
  status: 200,
  headers: ['content-type', 'text/html; charset=utf-8'],
  body: `<!doctype html><title>page</title>${body}`,
});

async function signIn(page: Page, { userName, password } = alice): Promise<void> {
  await page.getByLabel('User name').fill(userName);
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
}

suite('the login in Chromium, without JavaScript', { skip: noBrowser }, () => {
  let browser: Browser;
  /** The applications, whose callbacks answer with a page of their own. */
  let client: Served;
  let bench: LoginBench;
  let own: { readonly client_id: string; readonly redirect_uri: string };
  let third: typeof own;

  before(async () => {
    [browser, client, bench] = await Promise.all([openBrowser(), serveAnswers(), openLogin()]);
    client.show(htmlPage('<h1>Back at the application</h1>'));
    own = { client_id: 'shop', redirect_uri: `${client.origin}/shop` };
    third = { client_id: 'printer', redirect_uri: `${client.origin}/printer` };
    const web = { type: 'web', secret: 's' };
    await bench.addClient({ id: 'shop', name: 'Shop', redirectUris: [own.redirect_uri], ...web });
    await bench.addClient({
      id: 'printer',
      name: 'Printer',
      redirectUris: [third.redirect_uri],
      isThirdParty: true,
      ...web,
    });
  });
  after(async () => {
    await browser?.close();
    await client?.[Symbol.asyncDispose]();
    await bench?.[Symbol.asyncDispose]();
  });

  const open = (): Promise<Watched> => openPage(browser, { javaScriptEnabled: false });
  /** Parameters of the callback that the browser is at. */
  const broughtTo = (page: Page): URLSearchParams => {
    assert.ok(page.url().startsWith(client.origin), page.url());
    return new URL(page.url()).searchParams;
  };

  test('leads from an application to the password and back with a code that gives tokens', async () => {
    await using watched = await open();
    const { page } = watched;
    await page.goto(bench.address({ ...own, state: '虎 "&' }));
    await page.getByText('to continue to Shop').waitFor();
    await signIn(page);
    await page.getByText('Back at the application').waitFor();
    const brought = broughtTo(page);
    assert.equal(brought.get('state'), '虎 "&');
    assert.equal(brought.get('iss'), bench.url);
    const answer = await bench.redeem(brought.get('code') ?? '', { ...own, client_secret: 's' });
    assert.equal(answer.status, 200, answer.body);
    assert.equal(jsonOf(answer).token_type, 'Bearer');
    assert.deepEqual(watched.complaints, []);
  });

  test('asks once, and nobody who is signed in already', async () => {
    await using watched = await open();
    const { page } = watched;
    await page.goto(bench.address(own));
    await signIn(page);
    await page.getByText('Back at the application').waitFor();
    await page.goto(bench.address(own));
    assert.ok(broughtTo(page).get('code'));
    assert.deepEqual(watched.complaints, []);
  });

  test('says that a password is wrong, keeps the name, and takes the right one', async () => {
    await using watched = await open();
    const { page } = watched;
    await page.goto(bench.address(own));
    await signIn(page, { ...alice, password: 'wrong' });
    await page.getByRole('alert').waitFor();
    assert.equal(await page.getByLabel('User name').inputValue(), alice.userName);
    await signIn(page);
    await page.getByText('Back at the application').waitFor();
    assert.deepEqual(watched.complaints, []);
  });

  test('asks for consent after the password, and takes a no for a no', async () => {
    for (const [button, parameter] of [
      ['Deny', 'error'],
      ['Allow', 'code'],
    ] as const) {
      await using watched = await open();
      const { page } = watched;
      await page.goto(bench.address(third));
      await signIn(page);
      await page.getByRole('button', { name: button }).click();
      await page.getByText('Back at the application').waitFor();
      assert.ok(broughtTo(page).get(parameter));
      assert.deepEqual(watched.complaints, []);
    }
  });

  test('a page that is loaded again after an answer repeats nothing', async () => {
    await using watched = await open();
    const { page } = watched;
    await page.goto(bench.address({ ...own, prompt: 'login' }));
    await signIn(page);
    await page.getByText('Back at the application').waitFor();
    const issued = (await bench.audit('code.issued')).length;
    await page.goBack();
    await page.getByLabel('Password').waitFor();
    assert.equal((await bench.audit('code.issued')).length, issued);
  });

  test('signs out for good', async () => {
    await using watched = await open();
    const { page } = watched;
    await page.goto(`${bench.url}/login?tenant=${tenant}`);
    await signIn(page);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in again' }).click();
    await page.getByLabel('Password').waitFor();
    assert.deepEqual(watched.complaints, []);
  });

  test('a form that another site sends in the user’s name does nothing, although it knows every field', async () => {
    await using watched = await open();
    const { page } = watched;
    await page.goto(bench.address({ ...third, prompt: 'consent' }));
    await signIn(page);
    await page.getByRole('button', { name: 'Allow' }).waitFor();
    const fields = await page
      .locator('input[type=hidden]')
      .evaluateAll((inputs) => inputs.map((input) => input.outerHTML));
    const granted = (await bench.audit('consent.granted')).length;
    await using evil = await serveAnswers();
    const action = `${bench.url}/login/consent`;
    evil.show(
      htmlPage(
        `<form method=post action="${action}">${fields.join('')}<button name=decision value=allow>Win</button></form>`,
      ),
    );
    // Another name of the same machine is another site.
    await page.goto(evil.origin.replace('127.0.0.1', 'localhost'));
    await page.getByRole('button', { name: 'Win' }).click();
    await page.getByText('This page has expired').waitFor();
    assert.equal((await bench.audit('consent.granted')).length, granted);
  });

  test('no other site can show it in a frame', async () => {
    await using watched = await open();
    const { page } = watched;
    await using evil = await serveAnswers();
    const source = bench.address({ client_id: prints.id, redirect_uri: prints.redirectUri }).replaceAll('&', '&amp;');
    evil.show(htmlPage(`<iframe src="${source}"></iframe>`));
    await page.goto(evil.origin);
    const frame = page.frames()[1];
    assert.ok(frame);
    assert.equal(await frame.getByLabel('Password').count(), 0);
    assert.ok(watched.complaints.some((complaint) => /frame-ancestors|X-Frame-Options/i.test(complaint)));
  });
});
