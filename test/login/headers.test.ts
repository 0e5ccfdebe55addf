/** What every answer of the login says beside its page. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Answer } from '../harness/exchange.ts';
import { authorize, logIn } from '../harness/login.ts';
import { get, postForm } from '../harness/oauth.ts';
import { alice, type LoginBench, openLogin, pageAt, prints, signIn, wrong } from './bench.ts';

/** Every kind of page. */
async function pagesOf(bench: LoginBench): Promise<readonly Answer[]> {
  const browser = bench.browser();
  const login = await pageAt(browser, bench.address());
  const refused = await logIn(browser, login, wrong);
  await signIn(bench, browser);
  const consent = await pageAt(browser, bench.address({ client_id: prints.id, redirect_uri: prints.redirectUri }));
  const account = await pageAt(browser, `${bench.url}/login`);
  const signedOut = await browser.submit(account);
  return [
    ...[login, refused, consent, account, signedOut].map(({ answer }) => answer),
    await get(bench.address({ client_id: 'nobody' })),
    await get(`${bench.url}/login?handle=x`),
    await postForm(`${bench.url}/login`, {}),
    await postForm(`${bench.url}/login/consent`, {}),
    await postForm(`${bench.url}/login/sign-out`, {}),
  ];
}

describe('every page', () => {
  it('can be framed by nobody, runs nothing and is kept by nobody', async () => {
    await using bench = await openLogin();
    for (const { status, headers } of await pagesOf(bench)) {
      assert.ok([200, 400, 403].includes(status));
      assert.match(
        String(headers['content-security-policy']),
        /default-src 'none'.*frame-ancestors 'none'.*base-uri 'none'/,
      );
      assert.equal(headers['x-frame-options'], 'DENY');
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.equal(headers['referrer-policy'], 'no-referrer');
      assert.equal(headers['cache-control'], 'no-store');
      assert.match(String(headers['x-request-id']), /^[0-9A-F]{24}$/);
      assert.equal(headers['access-control-allow-origin'], undefined);
    }
  });

  it('speaks the browser’s language', async () => {
    await using bench = await openLogin();
    const chinese = await get(bench.address(), { 'accept-language': 'zh-CN,zh;q=0.9' });
    assert.equal(chinese.headers['content-language'], 'zh-Hans');
    const failed = await get(bench.address({ client_id: 'nobody' }), { 'accept-language': 'zh' });
    assert.equal(failed.headers['content-language'], 'zh-Hans');
  });
});

describe('every redirect', () => {
  it('is a 303 that tells nobody where it came from and is kept by nobody', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    const visit = await logIn(browser, await pageAt(browser, bench.address()), alice);
    const signedOut = await browser.submit(await pageAt(browser, `${bench.url}/login`));
    for (const { status, headers, body } of [...visit.trail, ...signedOut.trail.slice(0, -1)]) {
      assert.equal(status, 303);
      assert.equal(body, '');
      assert.equal(headers['referrer-policy'], 'no-referrer');
      assert.equal(headers['cache-control'], 'no-store');
    }
  });
});

describe('the login', () => {
  it('is counted in the metrics, by dialect and outcome', async () => {
    await using bench = await openLogin();
    await authorize(bench.browser(), bench.address(), alice);
    const { body } = await get(`${bench.url}/metrics`);
    assert.match(body, /hufu_requests_total\{dialect="login",operation="LogIn",outcome="ok"\} 1/);
    assert.match(body, /hufu_requests_total\{dialect="oauth",operation="authorize",outcome="ok"\} 1/);
    assert.doesNotMatch(body, /alice|code=/);
  });

  it('whose store cannot answer says so, and decides nothing', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    const page = await pageAt(browser, bench.address());
    await bench.parts.store.close();
    const visit = await logIn(browser, page, alice);
    assert.ok(visit.kind === 'page');
    assert.equal(visit.answer.status, 503);
    assert.equal(visit.answer.headers['retry-after'], '5');
  });
});
