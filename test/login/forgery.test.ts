/** Forms that other sites send in a user's name. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Browser, Page } from '../harness/browser.ts';
import { attribute, find } from '../harness/html.ts';
import { isLoginPage, logIn } from '../harness/login.ts';
import { postForm } from '../harness/oauth.ts';
import { alice, openLogin, pageAt, prints, sessionOf, signIn, tenant } from './bench.ts';

const hiddenOf = (page: Page): Record<string, string> =>
  Object.fromEntries(
    find(page.document, ['input'], { type: 'hidden' }).map((input) => [
      attribute(input, 'name') ?? '',
      attribute(input, 'value') ?? '',
    ]),
  );
const cookieOf = (browser: Browser): Record<string, string> => {
  const cookie = browser.cookies
    .all()
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ');
  return cookie === '' ? {} : { cookie };
};
const credentials = { username: alice.userName, password: alice.password };

describe('a login form', () => {
  it('without its cookie, with another browser’s or without its token signs nobody in', async () => {
    await using bench = await openLogin();
    const [victim, mallory] = [bench.browser(), bench.browser()];
    const address = `${bench.url}/login?tenant=${tenant}`;
    const fields = { ...hiddenOf(await pageAt(victim, address)), ...credentials };
    await pageAt(mallory, address);
    const attempts = [
      { fields, headers: {} },
      { fields, headers: cookieOf(mallory) },
      { fields: { ...fields, token: '' }, headers: cookieOf(victim) },
      { fields: { ...fields, token: 'A'.repeat(43) }, headers: cookieOf(victim) },
      { fields: { ...fields, ...hiddenOf(await pageAt(mallory, address)) }, headers: cookieOf(victim) },
    ];
    for (const { fields, headers } of attempts) {
      const answer = await postForm(`${bench.url}/login`, fields, headers);
      assert.equal(answer.status, 400);
      assert.match(answer.body, /role="alert"/);
      assert.doesNotMatch(String(answer.headers['set-cookie']), /session/);
    }
    assert.equal((await postForm(`${bench.url}/login`, fields, cookieOf(victim))).status, 303);
    assert.equal((await bench.audit('login.refused')).length, 0);
    const [refused] = await bench.audit('request.refused');
    assert.equal(refused?.values.detail, 'form: not from a page of ours');
  });

  it('of another site is no login, although it brings cookie and token', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    const fields = { ...hiddenOf(await pageAt(browser, bench.address())), ...credentials };
    for (const from of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: bench.url },
      { origin: 'https://evil.example' },
    ]) {
      const answer = await postForm(`${bench.url}/login`, fields, { ...cookieOf(browser), ...from });
      assert.equal(answer.status, 400, JSON.stringify(from));
    }
    const own = { ...cookieOf(browser), origin: bench.url };
    assert.equal((await postForm(`${bench.url}/login`, fields, own)).status, 303);
  });

  it('from a browser that hides its origin stands on its token alone', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    const fields = { ...hiddenOf(await pageAt(browser, bench.address())), ...credentials };
    assert.equal((await postForm(`${bench.url}/login`, fields, { ...cookieOf(browser), origin: 'null' })).status, 303);
    assert.equal((await postForm(`${bench.url}/login`, fields, { origin: 'null' })).status, 400);
  });

  it('that another site fills in with its own account signs the victim into nothing', async () => {
    await using bench = await openLogin();
    const [victim, mallory] = [bench.browser(), bench.browser()];
    const page = await pageAt(mallory, bench.address());
    await pageAt(victim, bench.address());
    const visit = await victim.submit(page, { fields: credentials, from: 'https://evil.example' });
    assert.ok(visit.kind === 'page' && visit.answer.status === 400);
    assert.equal(sessionOf(victim), undefined);
  });

  it('that was open for too long asks again, once it can, and else says so', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    const page = await pageAt(browser, bench.address());
    bench.clock.set(bench.clock.nowMs() + 600_000 - 1);
    const inTime = await logIn(browser, page, { ...alice, password: 'x' });
    assert.ok(inTime.kind === 'page' && inTime.answer.status === 403);
    bench.clock.set(bench.clock.nowMs() + 1);
    const tooLate = await logIn(browser, page, alice);
    assert.ok(tooLate.kind === 'page' && tooLate.answer.status === 400 && !isLoginPage(tooLate));
    assert.equal(sessionOf(browser), undefined);
    // The page that answered the wrong password is younger.
    assert.equal((await logIn(browser, inTime, alice)).kind, 'departure');
  });

  it('serves a browser with several windows, each for its own request', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    const [first, second] = [
      await pageAt(browser, bench.address({ state: '1' })),
      await pageAt(browser, bench.address({ state: '2' })),
    ];
    for (const [page, state] of [
      [first, '1'],
      [second, '2'],
    ] as const) {
      const visit = await logIn(browser, page, alice);
      assert.ok(visit.kind === 'departure');
      assert.equal(new URL(visit.location).searchParams.get('state'), state);
    }
  });
});

describe('a form of consent', () => {
  const request = { client_id: prints.id, redirect_uri: prints.redirectUri };

  it('of another site, without its cookie or token, or of another session allows nothing', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    await signIn(bench, browser);
    const fields = { ...hiddenOf(await pageAt(browser, bench.address(request))), decision: 'allow' };
    const other = bench.browser();
    await signIn(bench, other);
    const { cookie = '' } = cookieOf(browser);
    const [session = '', form = ''] = cookie.split('; ').sort().reverse();
    const attempts: Record<string, string>[] = [
      { cookie, 'sec-fetch-site': 'cross-site' },
      { cookie, origin: 'https://evil.example' },
      { cookie: session },
      cookieOf(other),
    ];
    for (const headers of attempts) {
      const answer = await postForm(`${bench.url}/login/consent`, fields, headers);
      assert.equal(answer.status, 400);
      assert.equal(answer.headers.location, undefined);
    }
    // Signed out in the meantime, or signed in as somebody else: the question is put to whom it concerns.
    for (const headers of [{ cookie: form }, { cookie: `${form}; hufu-session=${sessionOf(other)}` }]) {
      const answer = await postForm(`${bench.url}/login/consent`, fields, headers);
      assert.equal(answer.status, 303);
      assert.match(String(answer.headers.location), /^\/login\?handle=/);
    }
    assert.equal((await bench.audit('consent.granted')).length, 0);
    const own = await postForm(`${bench.url}/login/consent`, fields, { cookie });
    assert.match(String(own.headers.location), /code=/);
  });

  it('is none for a login, nor the other way round', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    const login = hiddenOf(await pageAt(browser, bench.address(request)));
    await signIn(bench, browser);
    const consent = hiddenOf(await pageAt(browser, bench.address(request)));
    const asConsent = await postForm(`${bench.url}/login/consent`, { ...login, decision: 'allow' }, cookieOf(browser));
    const asLogin = await postForm(`${bench.url}/login`, { ...consent, ...credentials }, cookieOf(browser));
    assert.equal(asConsent.status, 400);
    assert.equal(asLogin.status, 400);
    const onward = await browser.open(`${bench.url}/login?handle=${consent.handle}`);
    assert.ok(onward.kind === 'page' && onward.answer.status === 400);
  });
});

describe('a form of signing out', () => {
  it('of another site, without its token or of another session ends nothing', async () => {
    await using bench = await openLogin();
    const [browser, other] = [bench.browser(), bench.browser()];
    await signIn(bench, browser);
    await signIn(bench, other);
    const fields = hiddenOf(await pageAt(browser, `${bench.url}/login`));
    const foreign = hiddenOf(await pageAt(other, `${bench.url}/login`));
    const path = `${bench.url}/login/sign-out`;
    const cookies = cookieOf(browser);
    assert.equal((await postForm(path, fields, { ...cookies, 'sec-fetch-site': 'cross-site' })).status, 400);
    assert.equal((await postForm(path, fields, cookieOf(other))).status, 400);
    assert.equal((await postForm(path, foreign, cookies)).status, 400);
    assert.equal((await postForm(path, { token: '' }, cookies)).status, 400);
    assert.equal((await postForm(path, {}, cookies)).status, 400);
    assert.equal((await browser.open(bench.address())).kind, 'departure');
  });

  it('of an earlier session is none for a later one of the same browser', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    await signIn(bench, browser);
    const old = await pageAt(browser, `${bench.url}/login`);
    await logIn(browser, await pageAt(browser, bench.address({ prompt: 'login' })), alice);
    const visit = await browser.submit(old);
    assert.ok(visit.kind === 'page' && visit.answer.status === 400);
    assert.equal((await browser.open(bench.address())).kind, 'departure');
  });
});
