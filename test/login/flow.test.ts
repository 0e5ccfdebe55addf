/** From an application's request through the login to a code, and to tokens. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { attribute, find } from '../harness/html.ts';
import { authorize, isLoginPage, logIn } from '../harness/login.ts';
import { jsonOf, responseOf } from '../harness/oauth.ts';
import { alice, openLogin, pageAt, sessionOf, signIn, tenant, web } from './bench.ts';

describe('the way to a code', () => {
  it('leads through the login, and its code gives tokens of who logged in', async () => {
    await using bench = await openLogin();
    const { status, redirectUri, parameters } = await authorize(bench.browser(), bench.address(), alice);
    assert.equal(status, 303);
    assert.equal(redirectUri, web.redirectUri);
    assert.deepEqual(Object.keys(parameters), ['code', 'state', 'iss']);
    assert.match(parameters.code ?? '', /^[A-Za-z0-9_-]{43}$/);
    assert.equal(parameters.iss, bench.url);
    const answer = await bench.redeem(parameters.code);
    assert.equal(answer.status, 200, answer.body);
    const [issued] = await bench.audit('grant.issued');
    assert.equal(issued?.values.subject, 'u-alice');
    assert.equal(jsonOf(answer).token_type, 'Bearer');
  });

  it('asks nobody who is signed in already', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    await authorize(browser, bench.address(), alice);
    const visit = await browser.open(bench.address({ state: 'again' }), 'https://web.example');
    assert.equal(visit.kind, 'departure');
    assert.equal(visit.trail.length, 1);
  });

  it('leads for every dialect that has one', async () => {
    await using bench = await openLogin();
    for (const dialect of bench.parts.registry.dialects) {
      const path = dialect.authorization?.path;
      if (path === undefined) continue;
      const page = await pageAt(bench.browser(), `${bench.url}${path}`);
      assert.equal(page.answer.status, 400);
      assert.match(String(page.answer.headers['content-type']), /^text\/html/);
    }
  });

  it('returns the state unchanged, whatever it is', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    await signIn(bench, browser);
    for (const state of [
      '',
      'a b+c',
      '"><script>alert(1)</script>',
      '虎\u{1f405}\r\nSet-Cookie: x=1',
      '%00&code=x#f',
      'x'.repeat(3000),
    ]) {
      const visit = await browser.open(bench.address({ state }));
      assert.ok(visit.kind === 'departure');
      assert.equal(responseOf(visit).parameters.state ?? '', state);
      assert.equal(visit.answer.headers['set-cookie'], undefined);
    }
  });

  it('keeps the state through the login as well', async () => {
    await using bench = await openLogin();
    const state = '虎 "+&= \\ \u{1f405}';
    assert.equal((await authorize(bench.browser(), bench.address({ state }), alice)).parameters.state, state);
  });

  it('goes on to the redirect URI of a native application: its own scheme, or any port of loopback', async () => {
    await using bench = await openLogin();
    await bench.addClient({ id: 'app', redirectUris: ['com.example.app:/callback', 'http://127.0.0.1/callback'] });
    for (const redirect_uri of ['com.example.app:/callback', 'http://127.0.0.1:51004/callback']) {
      const address = bench.address({ client_id: 'app', redirect_uri });
      const { redirectUri, parameters } = await authorize(bench.browser(), address, alice);
      assert.equal(redirectUri, redirect_uri);
      assert.ok(parameters.code);
      const answer = await bench.redeem(parameters.code, { client_id: 'app', redirect_uri });
      assert.equal(answer.status, 200, answer.body);
    }
  });

  it('may leave the redirect URI out where one alone is registered', async () => {
    await using bench = await openLogin();
    await bench.addClient({ id: 'two', redirectUris: ['https://two.example/a', 'https://two.example/b'] });
    const { redirectUri } = await authorize(bench.browser(), bench.address({ redirect_uri: '' }), alice);
    assert.equal(redirectUri, web.redirectUri);
    const page = await pageAt(bench.browser(), bench.address({ client_id: 'two', redirect_uri: '' }));
    assert.equal(page.answer.status, 400);
  });

  it('fills in the name that the application hints at', async () => {
    await using bench = await openLogin();
    const hint = '"><b>alice';
    const page = await pageAt(bench.browser(), bench.address({ login_hint: hint }));
    const [field] = find(page.document, ['input'], { autocomplete: 'username' });
    assert.equal(field && attribute(field, 'value'), hint);
  });

  it('takes the id for the login name, blanks around it and another spelling in Unicode', async () => {
    await using bench = await openLogin();
    await bench.addUser({ id: 'u-zoe', loginName: 'zo\u00eb', password: 'z' });
    for (const [userName, password] of [
      ['u-alice', alice.password],
      [' u-alice\t', alice.password],
      ['zoe\u0308', 'z'],
    ] as const) {
      const { parameters } = await authorize(bench.browser(), bench.address(), { userName, password });
      assert.ok(parameters.code);
    }
  });

  it('is for users of the application’s own tenant', async () => {
    await using bench = await openLogin();
    const { store } = bench.parts;
    const event = { atMs: bench.clock.nowMs(), type: 'tenant.created', requestId: 'x' } as const;
    await store.createTenant({ id: 'other', name: 'o', status: 'enabled', createdAtMs: 0 }, event);
    await bench.addUser({ tenant: 'other', id: 'bob', password: 'b' });
    await bench.addClient({ id: 'other-app', tenant: 'other', redirectUris: ['https://other.example/cb'] });
    const browser = bench.browser();
    await signIn(bench, browser);
    const address = bench.address({ client_id: 'other-app', redirect_uri: 'https://other.example/cb' });
    const page = await pageAt(browser, address);
    assert.ok(isLoginPage(page));
    const visit = await logIn(browser, page, alice);
    assert.ok(visit.kind === 'page' && visit.answer.status === 403);
    const { parameters } = await authorize(browser, address, { userName: 'bob', password: 'b' });
    assert.ok(parameters.code);
  });
});

describe('prompt', () => {
  it('none never shows a page: without a login it is login_required', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    const silent = async () => {
      const visit = await browser.open(bench.address({ prompt: 'none' }));
      assert.ok(visit.kind === 'departure');
      return responseOf(visit).parameters;
    };
    assert.deepEqual(await silent(), {
      error: 'login_required',
      error_description: (await silent()).error_description ?? '',
      state: 's',
      iss: bench.url,
    });
    await signIn(bench, browser);
    assert.ok((await silent()).code);
  });

  it('login asks for the password again, once, and gives the browser another session', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    await signIn(bench, browser);
    const before = sessionOf(browser);
    const page = await pageAt(browser, bench.address({ prompt: 'login' }));
    assert.ok(isLoginPage(page));
    const visit = await logIn(browser, page, alice);
    assert.ok(visit.kind === 'departure' && responseOf(visit).parameters.code);
    assert.notEqual(sessionOf(browser), before);
    assert.ok(isLoginPage(await pageAt(browser, bench.address({ prompt: 'login' }))));
  });

  it('login is answered by the login of this browser only: a handle of another serves nobody', async () => {
    await using bench = await openLogin();
    const [mallory, victim] = [bench.browser(), bench.browser()];
    await signIn(bench, victim);
    const visit = await logIn(mallory, await pageAt(mallory, bench.address({ prompt: 'login' })), alice);
    const onward = String(visit.trail[0]?.headers.location);
    assert.match(onward, /^\/login\?handle=/);
    assert.ok(isLoginPage(await pageAt(victim, bench.url + onward)));
  });
});

describe('a refusal', () => {
  it('goes to the application only after the user has logged in', async () => {
    await using bench = await openLogin();
    for (const more of [
      { response_type: 'token' },
      { scope: 'a"b' },
      { code_challenge: '', code_challenge_method: '' },
      { resource: 'https://nowhere.example' },
    ]) {
      const browser = bench.browser();
      const page = await pageAt(browser, bench.address(more));
      assert.ok(isLoginPage(page), JSON.stringify(more));
      const visit = await logIn(browser, page, alice);
      assert.ok(visit.kind === 'departure');
      const { parameters } = responseOf(visit);
      assert.match(
        parameters.error ?? '',
        /^(?:unsupported_response_type|invalid_scope|invalid_request|invalid_target)$/,
      );
      assert.equal(parameters.state, 's');
      assert.equal(parameters.code, undefined);
    }
  });

  it('of a disabled tenant leads nowhere: its users are signed out at the next click', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    await signIn(bench, browser);
    const { store, people } = bench.parts;
    const event = { atMs: bench.clock.nowMs(), type: 'tenant.changed', requestId: 'x' } as const;
    await store.setTenantStatus(tenant, 'disabled', event);
    people.forget();
    assert.ok(isLoginPage(await pageAt(browser, bench.address())));
  });
});
