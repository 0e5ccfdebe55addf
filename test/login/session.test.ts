/** Who is signed in in a browser: how it begins, and everything that ends it. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { revokeAll, revokeGrant } from '../../packages/server/src/service/revoke.ts';
import type { Browser } from '../harness/browser.ts';
import { exchange } from '../harness/exchange.ts';
import { find, textOf } from '../harness/html.ts';
import { isLoginPage, logIn } from '../harness/login.ts';
import { basic, get, jsonOf, postForm } from '../harness/oauth.ts';
import { alice, type LoginBench, openLogin, pageAt, sessionOf, signIn, tenant } from './bench.ts';

/** Whether an application's request is answered without the login. */
async function isSignedIn(bench: LoginBench, browser: Browser): Promise<boolean> {
  const visit = await browser.open(bench.address());
  return visit.kind === 'departure';
}

async function grantsOf(bench: LoginBench) {
  const { rows } = await bench.parts.store.listGrants({ tenant, subject: 'u-alice' }, { limit: 100, after: undefined });
  return rows;
}

/** The page of who is signed in, with the button to leave. */
async function signOut(bench: LoginBench, browser: Browser) {
  const page = await pageAt(browser, `${bench.url}/login`);
  return browser.submit(page);
}

describe('a browser session', () => {
  it('is a grant like others: listed, with an end, and in the audit log', async () => {
    await using bench = await openLogin();
    await signIn(bench, bench.browser());
    const [grant, ...others] = await grantsOf(bench);
    assert.deepEqual(others, []);
    assert.equal(grant?.dialect, 'login');
    assert.equal(grant?.subject, 'u-alice');
    assert.equal(grant?.generation, 0);
    assert.equal(grant?.expiresAtMs, bench.clock.nowMs() + 12 * 3600 * 1000);
    const [event] = await bench.audit('login.succeeded');
    assert.equal(event?.values.grantId, grant?.id);
    assert.equal(event?.values.actor, 'u-alice');
  });

  it('lives to its end and not beyond, whatever the browser does', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    await signIn(bench, browser);
    bench.clock.set(bench.clock.nowMs() + 12 * 3600 * 1000 - 1);
    assert.equal(await isSignedIn(bench, browser), true);
    bench.clock.set(bench.clock.nowMs() + 1);
    assert.equal(await isSignedIn(bench, browser), false);
  });

  it('is another one after each login: what was known before is worth nothing', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    await signIn(bench, browser);
    const planted = sessionOf(browser) ?? '';
    const page = await pageAt(browser, bench.address({ prompt: 'login' }));
    await logIn(browser, page, alice);
    assert.notEqual(sessionOf(browser), planted);
    const thief = bench.browser();
    thief.cookies.keep(new URL(bench.url), [`hufu-session=${planted}; Path=/`]);
    assert.equal(await isSignedIn(bench, thief), false);
    assert.equal((await grantsOf(bench)).filter(({ revokedAtMs }) => revokedAtMs !== undefined).length, 1);
  });

  it('cannot be planted: a login takes none of the id that the browser came with', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    browser.cookies.keep(new URL(bench.url), ['hufu-session=chosen-by-somebody; Path=/']);
    await signIn(bench, browser);
    assert.match(sessionOf(browser) ?? '', /^h1\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}$/);
  });

  it('of another installation, changed or cut off, is none', async () => {
    await using bench = await openLogin();
    await using other = await openLogin();
    const browsers = [bench.browser(), other.browser()] as const;
    await signIn(bench, browsers[0]);
    await signIn(other, browsers[1]);
    const own = sessionOf(browsers[0]) ?? '';
    for (const value of [
      sessionOf(browsers[1]),
      own.slice(0, -1),
      `${own.slice(0, -1)}${own.endsWith('A') ? 'B' : 'A'}`,
      own.replace('h1.', 'h2.'),
    ]) {
      const browser = bench.browser();
      browser.cookies.keep(new URL(bench.url), [`hufu-session=${value}; Path=/`]);
      assert.equal(await isSignedIn(bench, browser), false);
    }
  });

  it('is no access token: nothing but the login knows it', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    await signIn(bench, browser);
    const token = sessionOf(browser) ?? '';
    await bench.addClient({
      id: 'rs',
      redirectUris: [],
      type: 'resource_server',
      secret: 's',
      permissions: ['introspect', 'revoke'],
    });
    const headers = basic('rs', 's');
    const introspection = await postForm(`${bench.url}/oauth2/introspect`, { token }, headers);
    assert.deepEqual(jsonOf(introspection), { active: false });
    assert.equal((await postForm(`${bench.url}/oauth2/revoke`, { token }, headers)).status, 200);
    assert.equal(await isSignedIn(bench, browser), true);
  });
});

describe('a browser session ends', () => {
  const ends: Record<string, (bench: LoginBench) => Promise<unknown>> = {
    'with its grant': async (bench) => revokeGrant(bench.parts, (await grantsOf(bench))[0]?.id ?? '', bench.context()),
    'with every grant of its user': (bench) =>
      revokeAll(bench.parts, { level: 'subject', tenant, key: 'u-alice' }, bench.context()),
    'with every grant of its tenant': (bench) =>
      revokeAll(bench.parts, { level: 'tenant', tenant, key: '' }, bench.context()),
    'with a disabled user': async ({ parts }) => {
      await parts.store.setUser(
        tenant,
        'u-alice',
        { status: 'disabled' },
        { atMs: 0, type: 'user.changed', requestId: 'x' },
      );
      parts.people.forget();
    },
    'with a deleted user': async ({ parts, clock }) => {
      await parts.store.deleteUser(tenant, 'u-alice', clock.nowMs(), { atMs: 0, type: 'user.deleted', requestId: 'x' });
      parts.people.forget();
    },
  };
  for (const [how, end] of Object.entries(ends)) {
    it(`${how}, at the next click`, async () => {
      await using bench = await openLogin();
      const browser = bench.browser();
      await signIn(bench, browser);
      assert.equal(await isSignedIn(bench, browser), true);
      await end(bench);
      assert.equal(await isSignedIn(bench, browser), false);
    });
  }

  it('when its user signs out: the cookie goes, and the session with it', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    await signIn(bench, browser);
    const cookie = sessionOf(browser) ?? '';
    const visit = await signOut(bench, browser);
    assert.ok(visit.kind === 'page');
    assert.equal(visit.trail[0]?.status, 303);
    assert.match(visit.url.pathname, /signed-out$/);
    assert.equal(sessionOf(browser), undefined);
    // Whoever copied the cookie before has nothing of it.
    browser.cookies.keep(new URL(bench.url), [`hufu-session=${cookie}; Path=/`]);
    assert.equal(await isSignedIn(bench, browser), false);
    const [event] = await bench.audit('grant.revoked');
    assert.equal(event?.values.operation, 'SignOut');
    assert.equal(event?.values.actor, 'u-alice');
  });

  it('in this browser only', async () => {
    await using bench = await openLogin();
    const [one, other] = [bench.browser(), bench.browser()];
    await signIn(bench, one);
    await signIn(bench, other);
    await signOut(bench, one);
    assert.equal(await isSignedIn(bench, other), true);
  });

  it('and a sign-out that comes twice, as from a second window, is as good as one', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    await signIn(bench, browser);
    const page = await pageAt(browser, `${bench.url}/login`);
    await browser.submit(page);
    const again = await browser.submit(page);
    assert.ok(again.kind === 'page' && again.answer.status === 200);
    assert.equal((await bench.audit('grant.revoked')).length, 1);
  });
});

describe('the page of who is signed in', () => {
  it('names the user', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    await signIn(bench, browser);
    const page = await pageAt(browser, `${bench.url}/login`);
    assert.match(find(page.document, ['main']).map(textOf).join(), /alice@acme\.example/);
  });

  it('asks nobody in where it does not know whose users are meant', async () => {
    await using bench = await openLogin();
    assert.equal(isLoginPage(await pageAt(bench.browser(), `${bench.url}/login`)), false);
    await using named = await openLogin({ 'login.defaultTenant': tenant });
    assert.equal(isLoginPage(await pageAt(named.browser(), `${named.url}/login`)), true);
  });

  it('asks in for a tenant that is not there as for any other', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    const visit = await logIn(browser, await pageAt(browser, `${bench.url}/login?tenant=nowhere`), alice);
    assert.ok(visit.kind === 'page' && visit.answer.status === 403);
  });

  it('says that nobody is signed in only where that is so', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    await signIn(bench, browser);
    const page = await pageAt(browser, `${bench.url}/login/signed-out`);
    assert.equal(page.url.pathname, '/login');
  });

  it('takes one of its parameters, once, and no other', async () => {
    await using bench = await openLogin();
    for (const query of ['?next=/', '?tenant=a&tenant=b', '?tenant=a&handle=b', '?tenant', '?tenant=%zz', '?handle=']) {
      const answer = await get(`${bench.url}/login${query}`);
      assert.equal(answer.status, 400, query);
      assert.equal(answer.headers['set-cookie'], undefined);
    }
  });
});

describe('the cookies', () => {
  it('are bound to the host and to TLS where browsers come by TLS', async () => {
    await using bench = await openLogin({ 'server.publicUrl': 'https://login.example' });
    const page = await get(`${bench.url}/login?tenant=${tenant}`, { host: 'login.example' });
    const [cookie = ''] = [page.headers['set-cookie']].flat();
    assert.match(cookie, /^__Host-hufu-form=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
    const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.body)?.[1] ?? '';
    const body = new URLSearchParams({
      handle: field('handle'),
      token: field('token'),
      username: alice.userName,
      password: alice.password,
    });
    const answer = await exchange(bench.url, {
      method: 'POST',
      target: '/login',
      headers: {
        host: 'login.example',
        origin: 'https://login.example',
        'content-type': 'application/x-www-form-urlencoded',
        cookie: cookie.split(';')[0] ?? '',
      },
      body: body.toString(),
    });
    assert.equal(answer.status, 303);
    assert.match(
      String(answer.headers['set-cookie']),
      /^__Host-hufu-session=h1\.[^;]+; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    );
  });

  it('on plain HTTP have names that promise no more than they hold', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    await signIn(bench, browser);
    for (const { name, httpOnly, sameSite, path, expiresAtMs } of browser.cookies.all()) {
      assert.match(name, /^hufu-(?:session|form)$/);
      assert.deepEqual(
        { httpOnly, sameSite, path, expiresAtMs },
        { httpOnly: true, sameSite: 'lax', path: '/', expiresAtMs: undefined },
      );
    }
    assert.equal(browser.cookies.all().length, 2);
  });
});
