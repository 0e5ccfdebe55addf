/** Where the server sends browsers: to registered redirect URIs, and nowhere else. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changeClient, deleteClient } from '../../packages/server/src/service/administer-clients.ts';
import { isLoginPage, logIn } from '../harness/login.ts';
import { get } from '../harness/oauth.ts';
import { alice, openLogin, pageAt, signIn, web } from './bench.ts';

describe('a redirect URI', () => {
  const hostile = [
    'https://evil.example/callback',
    'https://web.example/callback/',
    'https://web.example/callback?x=1',
    'https://web.example/callback#',
    'https://web.example/callback/../evil',
    'https://web.example/Callback',
    'https://WEB.example/callback',
    'https://web.example:443/callback',
    'https://web.example.evil.example/callback',
    'https://web.example@evil.example/callback',
    'https://web.example%2fcallback',
    'http://web.example/callback',
    '//web.example/callback',
    '/callback',
    'https://web.example/callback\\@evil.example',
    ' https://web.example/callback',
    'https://web.example/callback\r\nlocation: https://evil.example',
    'https://web.example/callback\0',
    'javascript:alert(1)//https://web.example/callback',
    'data:text/html,x',
    'http://127.0.0.1:3000/callback',
  ];

  it('that is not registered to the letter gets a page, signed in or not, and no redirect', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    for (const redirect_uri of hostile) {
      for (const prompt of ['', 'none']) {
        const page = await pageAt(browser, bench.address({ redirect_uri, prompt }));
        assert.equal(page.answer.status, 400, redirect_uri);
        assert.equal(page.answer.headers.location, undefined);
        assert.doesNotMatch(page.answer.body, /evil\.example|alert\(1\)/);
      }
    }
    await signIn(bench, browser);
    for (const redirect_uri of hostile) {
      const page = await pageAt(browser, bench.address({ redirect_uri }));
      assert.equal(page.answer.status, 400, redirect_uri);
    }
    assert.equal((await bench.audit('code.issued')).length, 0);
    const [refused] = await bench.audit('grant.refused');
    assert.equal(refused?.values.reason, 'redirect_uri_not_registered');
    assert.equal(refused?.values.actor, web.id);
  });

  it('of loopback matches on any port, and in nothing else', async () => {
    await using bench = await openLogin();
    await bench.addClient({ id: 'app', redirectUris: ['http://127.0.0.1/callback', 'http://[::1]:8000/cb'] });
    const status = async (redirect_uri: string) =>
      (await pageAt(bench.browser(), bench.address({ client_id: 'app', redirect_uri }))).answer.status;
    for (const uri of [
      'http://127.0.0.1/callback',
      'http://127.0.0.1:1/callback',
      'http://[::1]/cb',
      'http://[::1]:65535/cb',
    ]) {
      assert.equal(await status(uri), 200, uri);
    }
    for (const uri of [
      'http://127.0.0.1:1/other',
      'http://127.0.0.2:1/callback',
      'http://localhost:1/callback',
      'https://127.0.0.1:1/callback',
      'http://127.0.0.1:1@evil.example/callback',
      'http://127.0.0.1:1/callback?x',
    ]) {
      assert.equal(await status(uri), 400, uri);
    }
  });

  it('that is taken from the registration while the user logs in is not gone to', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    const page = await pageAt(browser, bench.address());
    await changeClient(bench.parts, web.id, { redirectUris: ['https://web.example/new'] }, bench.context());
    const visit = await logIn(browser, page, alice);
    assert.ok(visit.kind === 'page' && visit.answer.status === 400);
  });
});

describe('a client', () => {
  it('that is not known, disabled or gone leads to a page, before and after the login', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    const page = await pageAt(browser, bench.address());
    assert.equal((await get(bench.address({ client_id: 'nobody' }))).status, 400);
    await changeClient(bench.parts, web.id, { status: 'disabled' }, bench.context());
    assert.equal((await get(bench.address())).status, 400);
    const visit = await logIn(browser, page, alice);
    assert.ok(visit.kind === 'page' && visit.answer.status === 400);
    await deleteClient(bench.parts, web.id, bench.context());
    assert.equal((await get(bench.address())).status, 400);
  });

  it('without a redirect URI leads to a page: there is nowhere to go to', async () => {
    await using bench = await openLogin();
    await bench.addClient({ id: 'service', type: 'service', secret: 's', redirectUris: [] });
    for (const redirect_uri of ['', web.redirectUri]) {
      assert.equal((await get(bench.address({ client_id: 'service', redirect_uri }))).status, 400);
    }
  });
});

describe('no parameter', () => {
  it('says where to go after the login', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    const evil = 'https://evil.example/';
    for (const name of ['next', 'return_to', 'redirect', 'continue', 'url', 'post_logout_redirect_uri']) {
      const page = await pageAt(browser, bench.address({ [name]: evil }));
      assert.ok(isLoginPage(page));
      assert.doesNotMatch(page.answer.body, /evil/);
      assert.equal((await get(`${bench.url}/login?${name}=${encodeURIComponent(evil)}`)).status, 400);
      assert.equal((await get(`${bench.url}/login/signed-out?${name}=${encodeURIComponent(evil)}`)).status, 400);
    }
    for (const handle of [evil, '//evil.example', Buffer.from(evil).toString('base64url')]) {
      const answer = await get(`${bench.url}/login?handle=${encodeURIComponent(handle)}`);
      assert.equal(answer.status, 400);
      assert.equal(answer.headers.location, undefined);
    }
  });

  it('makes a request that is too long for the way back through the login', async () => {
    await using bench = await openLogin();
    const room = 6 * 1024 - new URL(bench.address({ state: '' })).search.length + 1;
    const fits = await pageAt(bench.browser(), bench.address({ state: 'x'.repeat(room) }));
    assert.equal(fits.answer.status, 200);
    assert.equal((await logIn(bench.browser(), fits, alice)).kind, 'page');
    const browser = bench.browser();
    const visit = await logIn(browser, await pageAt(browser, bench.address({ state: 'x'.repeat(room) })), alice);
    assert.equal(visit.kind, 'departure');
    assert.equal((await get(bench.address({ state: 'x'.repeat(room + 1) }))).status, 400);
  });
});
