import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Page } from 'playwright-core';
import { noBrowser } from './browser.ts';
import { consent, login } from './page-samples.ts';
import { redirect, serveAnswers } from './serve-answers.ts';
import { useStage } from './stage.ts';

const allow = (page: Page): Promise<void> => page.getByRole('button', { name: 'Allow' }).click();

const hostile = `"><img src=x onerror=alert(1)><script>alert(1)</script></title>\u202egnp`;
const page = (text: string) => ({ status: 200, headers: ['content-type', 'text/plain'], body: text });

suite('the policy in a browser', { skip: noBrowser }, () => {
  const stage = useStage();

  test('a hostile name is text, to the letter, and turns nothing around', async () => {
    const names = { clientName: hostile, userName: hostile, redirectUri: hostile };
    for (const answer of [login('en', names), consent('en', { ...names, scopes: [hostile], resource: hostile })]) {
      await using shown = await stage.show(answer);
      const { page, complaints } = shown;
      assert.equal(await page.locator('script, img').count(), 0);
      const seen = hostile.replace('\u202e', '\ufffd');
      assert.equal(await page.locator('bdi').first().textContent(), seen);
      assert.deepEqual(complaints, []);
    }
  });

  test('no script runs, not even one that got into the page', async () => {
    const answer = login('en');
    const body = answer.body.replace('</main>', '<script>alert(1)</script><p onclick="" id="in">in</p></main>');
    await using shown = await stage.show({ ...answer, body });
    await shown.page.locator('#in').waitFor();
    assert.equal(shown.complaints.filter((line) => line.includes(`Content Security Policy`)).length, 2);
    assert.equal(
      shown.complaints.some((line) => line.startsWith('dialog')),
      false,
    );
  });

  test('no page frames it', async () => {
    await using outer = await serveAnswers();
    const answer = login('en');
    await using shown = await stage.show(answer);
    outer.show({
      status: 200,
      headers: ['content-type', 'text/html'],
      body: `<iframe src="${stage.served.origin}"></iframe>`,
    });
    await shown.page.goto(outer.origin);
    await shown.page.frames()[1]?.waitForLoadState();
    assert.equal(await shown.page.frames()[1]?.getByRole('button').count(), 0);
    assert.match(shown.complaints.join('\n'), /frame-ancestors|X-Frame-Options/);
  });

  test('after the form, the browser follows the application also from its callback to another origin', async () => {
    await using callback = await serveAnswers();
    await using home = await serveAnswers();
    const [callbackUrl, homeUrl] = [callback, home].map(({ origin }) => origin.replace('127.0.0.1', 'localhost'));
    home.show(page('home of the application'));
    callback.show(redirect(`${homeUrl}/home`));
    stage.served.answerPosts(redirect(`${callbackUrl}/callback?code=1`));
    await using shown = await stage.show(consent('en', { redirectUri: `${callbackUrl}/callback` }));
    await allow(shown.page);
    await shown.page.waitForURL(`${homeUrl}/home`);
    assert.deepEqual(shown.complaints, []);
  });

  test('after the form, an application of the device is asked for by its scheme', async () => {
    const redirectUri = 'com.example.prints:/callback';
    stage.served.answerPosts(redirect(`${redirectUri}?code=1`));
    await using shown = await stage.show(consent('en', { redirectUri }));
    const asked = shown.page.waitForEvent('requestfailed', (request) => request.url().startsWith(redirectUri));
    await allow(shown.page);
    // Nothing on this machine opens it; that the browser tried is what the policy had to let happen.
    assert.equal((await asked).url(), `${redirectUri}?code=1`);
    assert.deepEqual(shown.complaints, []);
  });

  test('after the form, nothing leads to a scheme that is not that of the redirect URI', async () => {
    await using elsewhere = await serveAnswers();
    stage.served.answerPosts(redirect(`${elsewhere.origin}/steal`));
    await using shown = await stage.show(consent('en', { redirectUri: 'com.example.prints:/callback' }));
    const refused = shown.page.waitForEvent('console', (message) => message.text().includes('form-action'));
    await allow(shown.page);
    await refused;
    assert.equal(shown.page.url(), `${stage.served.origin}/`);
  });
});
