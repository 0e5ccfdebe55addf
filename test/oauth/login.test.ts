/** What stands between an authorization request and its answer: the login, the consent, and their pages. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from '../harness/browser.ts';
import { attribute, find, textOf } from '../harness/html.ts';
import { authorize, decide, isLoginPage, logIn } from '../harness/login.ts';
import { addressOf, get, postForm, responseOf } from '../harness/oauth.ts';
import {
  alice,
  type LoginBench,
  openLogin,
  pageAt,
  prints,
  sessionOf,
  signIn,
  tenant,
  web,
  wrong,
} from '../login/bench.ts';

const third = { client_id: prints.id, redirect_uri: prints.redirectUri };

/** The login, the consent, the account, and two pages of what went wrong. */
async function pagesOf(bench: LoginBench): Promise<readonly Page[]> {
  const browser = bench.browser();
  const login = await pageAt(browser, bench.address());
  await signIn(bench, browser);
  return [
    login,
    await pageAt(browser, bench.address(third)),
    await pageAt(browser, `${bench.url}/login`),
    await pageAt(browser, bench.address({ client_id: 'nobody' })),
    await pageAt(browser, `${bench.url}/login?handle=x`),
  ];
}

describe('the login', () => {
  it('[6749-3.1-1] nobody gets a code without a login', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    for (const more of [{}, third, { prompt: 'consent' }, { login_hint: alice.userName }]) {
      assert.ok(isLoginPage(await pageAt(browser, bench.address(more))));
    }
    await logIn(browser, await pageAt(browser, bench.address()), wrong);
    assert.ok(isLoginPage(await pageAt(browser, bench.address())));
    assert.equal((await bench.audit('code.issued')).length, 0);
    assert.ok((await authorize(browser, bench.address(), alice)).parameters.code);
  });

  it('[6749-10.10-4] wrong passwords slow a login down and lock it, known user or not', async () => {
    await using bench = await openLogin({ 'login.nameFreeFailures': '1', 'login.nameLockAfterFailures': '3' });
    for (const userName of [alice.userName, 'nobody']) {
      const attempt = async (): Promise<string> => {
        const browser = bench.browser();
        const visit = await logIn(browser, await pageAt(browser, bench.address()), { userName, password: 'wrong' });
        assert.ok(visit.kind === 'page');
        return `${visit.answer.status} ${visit.answer.headers['retry-after'] ?? ''}`.trim();
      };
      assert.deepEqual([await attempt(), await attempt(), await attempt()], ['403', '403', '429 1']);
      bench.clock.advance(1);
      assert.deepEqual([await attempt(), await attempt()], ['403', '403 900']);
    }
  });

  it('[6749-10.12-1] a form that another site submits changes nothing', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    const from = 'https://evil.example';
    const login = await pageAt(browser, bench.address());
    await browser.submit(login, { fields: { username: alice.userName, password: alice.password }, from });
    assert.equal(sessionOf(browser), undefined);
    await signIn(bench, browser);
    await browser.submit(await pageAt(browser, bench.address(third)), { from });
    await browser.submit(await pageAt(browser, `${bench.url}/login`), { from });
    assert.equal((await bench.audit('consent.granted')).length, 0);
    assert.equal((await browser.open(bench.address())).kind, 'departure');
  });

  it('[9700-2.1-2] no parameter sends a browser to an address that no client registered', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    const evil = 'https://evil.example/';
    const names = [
      'redirect_uri',
      'next',
      'return_to',
      'continue',
      'url',
      'handle',
      'tenant',
      'post_logout_redirect_uri',
    ];
    for (const path of ['/oauth2/authorize', '/v2/oauth/authorize', '/login', '/login/signed-out']) {
      for (const name of names) {
        const visit = await browser.open(addressOf(`${bench.url}${path}`, { client_id: web.id, [name]: evil }));
        assert.equal(visit.kind, 'page', `${path} ${name}`);
      }
    }
    for (const name of names.slice(1)) {
      const { redirectUri } = await authorize(bench.browser(), bench.address({ [name]: evil }), alice);
      assert.equal(redirectUri, web.redirectUri);
    }
  });

  it('[9700-4.11.2-3] an error goes to a client only after the user has logged in', async () => {
    await using bench = await openLogin();
    const errors = {
      unsupported_response_type: { response_type: 'token' },
      invalid_request: { code_challenge: '', code_challenge_method: '' },
      invalid_target: { resource: 'https://nowhere.example' },
    };
    for (const [error, change] of Object.entries(errors)) {
      const browser = bench.browser();
      assert.ok(isLoginPage(await pageAt(browser, bench.address(change))), error);
      assert.equal((await authorize(browser, bench.address(change), alice)).parameters.error, error);
    }
  });

  it('[9700-4.12-1] a form is answered with 303, never with 307', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    const login = await logIn(browser, await pageAt(browser, bench.address(third)), alice);
    assert.ok(login.kind === 'page');
    const consent = await decide(browser, login, 'allow');
    const left = await browser.submit(await pageAt(browser, `${bench.url}/login`));
    const statuses = [login, consent, left].map(({ trail }) => trail[0]?.status);
    assert.deepEqual(statuses, [303, 303, 303]);
    for (const { location } of [...login.trail, ...consent.trail, ...left.trail].map(({ headers }) => headers)) {
      assert.doesNotMatch(String(location), /username|password|correct/);
    }
  });
});

describe('consent', () => {
  it('[6749-10.12-2] a third-party client gets nothing without the consent of the user', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    await signIn(bench, browser);
    const silent = await browser.open(bench.address({ ...third, prompt: 'none' }));
    assert.ok(silent.kind === 'departure');
    assert.equal(responseOf(silent).parameters.error, 'consent_required');
    await pageAt(browser, bench.address(third));
    assert.equal((await bench.audit('code.issued')).length, 0);
    assert.ok((await authorize(browser, bench.address(third), alice, 'allow')).parameters.code);
  });

  it('[6749-4.1.2.1-3] a user who says no sends access_denied to the client', async () => {
    await using bench = await openLogin();
    const { parameters } = await authorize(bench.browser(), bench.address(third), alice, 'deny');
    assert.deepEqual([parameters.error, parameters.state, parameters.iss], ['access_denied', 's', bench.url]);
    assert.equal(parameters.code, undefined);
  });

  it('[6749-10.2-3] the consent page names the client, the scope and how long it holds', async () => {
    await using bench = await openLogin({ 'oauth.sessionLifetimeSeconds': String(30 * 86_400) });
    const browser = bench.browser();
    await signIn(bench, browser);
    const page = await pageAt(browser, bench.address({ ...third, scope: 'photos.read' }));
    const text = find(page.document, ['main']).map(textOf).join();
    for (const shown of ['Photo Prints', 'photos.read', '30 days', 'prints.example'])
      assert.ok(text.includes(shown), shown);
    assert.ok(!text.includes('photos.write'));
  });

  it('[6749-10.2-4] a public client on loopback or a scheme of its own is never granted without the user', async () => {
    await using bench = await openLogin();
    const uris = ['http://127.0.0.1/callback', 'http://[::1]:4000/callback', 'com.example.cli:/callback'];
    await bench.addClient({ id: 'cli', redirectUris: uris });
    const browser = bench.browser();
    await signIn(bench, browser);
    for (const redirect_uri of uris) {
      for (const _ of ['asked', 'asked again']) {
        const visit = await decide(
          browser,
          await pageAt(browser, bench.address({ client_id: 'cli', redirect_uri })),
          'allow',
        );
        assert.equal(visit.kind, 'departure');
      }
      const silent = await browser.open(bench.address({ client_id: 'cli', redirect_uri, prompt: 'none' }));
      assert.ok(silent.kind === 'departure');
      assert.equal(responseOf(silent).parameters.error, 'consent_required');
    }
  });
});

describe('every page', () => {
  it('[9700-4.2.4-1] login and consent pages load nothing and link nowhere outside', async () => {
    await using bench = await openLogin();
    for (const page of await pagesOf(bench)) {
      for (const element of find(page.document)) {
        assert.ok(!['script', 'img', 'iframe', 'object', 'embed', 'base', 'audio', 'video'].includes(element.tagName));
        for (const name of ['href', 'src', 'action', 'srcset', 'data', 'formaction', 'ping', 'background']) {
          const target = attribute(element, name) ?? '';
          assert.ok(
            target === '' || target.startsWith('data:') || new URL(target, page.url).origin === page.url.origin,
          );
        }
      }
      assert.doesNotMatch(page.answer.body, /@import|url\((?!["']?data:)/);
    }
  });

  it('[9700-4.2.4-2] login and consent pages send no Referer to other sites', async () => {
    await using bench = await openLogin();
    for (const { answer } of await pagesOf(bench)) assert.equal(answer.headers['referrer-policy'], 'no-referrer');
    const browser = bench.browser();
    await signIn(bench, browser);
    const visit = await browser.open(bench.address());
    assert.equal(visit.answer.headers['referrer-policy'], 'no-referrer');
  });

  it('[9700-4.16-1] no page can be framed, whatever the browser', async () => {
    await using bench = await openLogin();
    for (const { answer } of await pagesOf(bench)) {
      assert.match(String(answer.headers['content-security-policy']), /(?:^|; )frame-ancestors 'none'(?:;|$)/);
      assert.equal(answer.headers['x-frame-options'], 'DENY');
    }
  });

  it('[9700-4.16-2] every page has a policy that runs and loads nothing foreign, error pages too', async () => {
    await using bench = await openLogin();
    const answers = (await pagesOf(bench)).map(({ answer }) => answer);
    answers.push(await postForm(`${bench.url}/login`, {}), await get(`${bench.url}/login?x=y`));
    for (const { headers } of answers) {
      const policy = new Map(
        String(headers['content-security-policy'])
          .split('; ')
          .map((directive) => {
            const [name = '', ...sources] = directive.split(' ');
            return [name, sources] as const;
          }),
      );
      assert.deepEqual(policy.get('default-src'), ["'none'"]);
      assert.deepEqual(policy.get('base-uri'), ["'none'"]);
      assert.equal(policy.has('script-src'), false);
      assert.deepEqual(policy.get('img-src'), ['data:']);
      for (const source of policy.get('style-src') ?? []) assert.match(source, /^'sha256-/);
    }
  });

  it('[6749-10.14-1] hostile values are text in every page and redirect, never markup or a header', async () => {
    await using bench = await openLogin();
    const hostile = `"'><script>alert(1)</script><img src=x onerror=alert(1)>\r\nset-cookie: x=1\r\n\r\n`;
    await bench.addClient({ id: 'hostile', name: `<script>alert(1)</script>"'>`, redirectUris: [web.redirectUri] });
    const browser = bench.browser();
    const values = { client_id: 'hostile', login_hint: hostile.slice(0, 200), state: hostile };
    const pages = [
      await pageAt(browser, bench.address(values)),
      await pageAt(browser, bench.address({ client_id: hostile })),
      await pageAt(browser, bench.address({ redirect_uri: hostile })),
      await pageAt(browser, addressOf(`${bench.url}/login`, { tenant: hostile })),
      await pageAt(browser, addressOf(`${bench.url}/login`, { handle: hostile })),
    ];
    const refused = await logIn(browser, pages[0] ?? assert.fail(), { userName: hostile, password: hostile });
    assert.ok(refused.kind === 'page');
    for (const page of [...pages, refused]) {
      assert.deepEqual(find(page.document, ['script', 'img']), []);
      assert.doesNotMatch(String(page.answer.headers['set-cookie'] ?? ''), /x=1/);
    }
    const { parameters } = await authorize(browser, bench.address(values), alice);
    assert.equal(parameters.state, hostile);
    const left = await browser.open(addressOf(`${bench.url}/login/signed-out`, { tenant: hostile }));
    assert.ok(left.kind === 'page');
    assert.equal(isLoginPage(await pageAt(bench.browser(), `${bench.url}/login?tenant=${tenant}`)), true);
  });
});
