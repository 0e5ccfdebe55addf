import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createBrowser } from './browser.ts';
import { type Handler, listen, redirect, show } from './listen.ts';
import { authorize, decide, isLoginPage, logIn } from './login.ts';

const alice = { userName: 'alice', password: '虎 & 符' };

const loginPage = `<title>登录</title><form method=post action="/login"><input type=hidden name=csrf value=1>
  <input name=u autocomplete=username><input name=p type=password autocomplete=current-password><button>登录</button></form>`;
const consentPage = `<title>Allow?</title><form action="/logout"><button>Leave</button></form>
  <form method=post action="/consent"><button name=d value=allow>Yes</button><button name=d value=deny>No</button></form>`;

/** Takes the right password for a cookie, shows itself again otherwise. */
const login: Handler = (request, response, body) => {
  const { u, p, csrf } = Object.fromEntries(new URLSearchParams(body));
  const isRight = u === alice.userName && p === alice.password && csrf === '1';
  const next = isRight ? redirect(303, '/consent', { 'set-cookie': 'session=1; HttpOnly' }) : show(loginPage);
  next(request, response, body);
};
const consent: Handler = (request, response, body) => {
  const knows = request.headers.cookie === 'session=1';
  const decision = new URLSearchParams(body).get('d');
  const answer = decision === 'allow' ? 'code=1' : 'error=access_denied';
  const next = decision === null ? show(consentPage) : redirect(303, `https://client.example/cb?${answer}`);
  (knows ? next : redirect(303, '/authorize'))(request, response, body);
};
const routes = {
  '/authorize': show(loginPage),
  '/login': login,
  '/consent': consent,
  '/broken': show('<title>No</title>'),
};

describe('a user', () => {
  it('logs in, decides, and arrives at the client', async () => {
    await using server = await listen(routes);
    const address = `${server.url}/authorize`;
    const allowed = { status: 303, redirectUri: 'https://client.example/cb', parameters: { code: '1' } };
    assert.deepEqual(await authorize(createBrowser(), address, alice), allowed);
    const denied = await authorize(createBrowser(), address, alice, 'deny');
    assert.deepEqual(denied.parameters, { error: 'access_denied' });
  });

  it('is asked only what the server asks', async () => {
    await using server = await listen(routes);
    const browser = createBrowser();
    await authorize(browser, `${server.url}/authorize`, alice);
    const again = await authorize(browser, `${server.url}/consent`, { userName: '', password: '' });
    assert.deepEqual(again.parameters, { code: '1' });
    await using direct = await listen({ '/': redirect(303, 'https://client.example/cb?code=2') });
    assert.deepEqual((await authorize(createBrowser(), direct.url, alice)).parameters, { code: '2' });
  });

  it('gets no further with a wrong password', async () => {
    await using server = await listen(routes);
    const browser = createBrowser();
    const page = await browser.open(`${server.url}/authorize`);
    assert.ok(page.kind === 'page' && isLoginPage(page));
    const next = await logIn(browser, page, { ...alice, password: 'wrong' });
    assert.ok(next.kind === 'page' && isLoginPage(next));
    await assert.rejects(authorize(browser, `${server.url}/authorize`, { ...alice, userName: 'bob' }), /登录/);
  });

  it('is told where the way ended', async () => {
    await using server = await listen(routes);
    const browser = createBrowser();
    const page = await browser.open(`${server.url}/broken`);
    assert.ok(page.kind === 'page');
    await assert.rejects(logIn(browser, page, alice), /\/broken asks for no user name/);
    await assert.rejects(decide(browser, page, 'allow'), /\/broken \(200\) has no button to allow: No/);
  });
});
