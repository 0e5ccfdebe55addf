/** What users are asked before an application that somebody else runs gets their tokens. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changeClient } from '../../packages/server/src/service/administer-clients.ts';
import { withdrawConsent } from '../../packages/server/src/service/administer-consents.ts';
import { createResource } from '../../packages/server/src/service/administer-resources.ts';
import type { Browser, Page } from '../harness/browser.ts';
import { find, textOf } from '../harness/html.ts';
import { authorize, decide, isLoginPage, logIn } from '../harness/login.ts';
import { jsonOf, responseOf } from '../harness/oauth.ts';
import { alice, type LoginBench, openLogin, pageAt, prints, signIn, tenant } from './bench.ts';

const third = { client_id: prints.id, redirect_uri: prints.redirectUri };

async function signedIn(bench: LoginBench): Promise<Browser> {
  const browser = bench.browser();
  await signIn(bench, browser);
  return browser;
}
/** The question, for which the user has to be asked. */
const question = (bench: LoginBench, browser: Browser, more: Record<string, string> = {}): Promise<Page> =>
  pageAt(browser, bench.address({ ...third, ...more }));
async function answerTo(browser: Browser, page: Page, decision: 'allow' | 'deny') {
  const visit = await decide(browser, page, decision);
  assert.ok(visit.kind === 'departure');
  return responseOf(visit).parameters;
}
/** `allowed` where nobody is asked any more. */
async function silently(bench: LoginBench, browser: Browser, more: Record<string, string> = {}): Promise<string> {
  const visit = await browser.open(bench.address({ ...third, prompt: 'none', ...more }));
  assert.ok(visit.kind === 'departure');
  const { code, error = '' } = responseOf(visit).parameters;
  return code === undefined ? error : 'allowed';
}
const scopesOn = (page: Page): string[] => find(page.document, ['li']).map(textOf);

describe('consent', () => {
  it('is asked for before a third-party application gets a code, and says who asks for what', async () => {
    await using bench = await openLogin();
    const browser = await signedIn(bench);
    const page = await question(bench, browser, { scope: 'photos.read' });
    const text = find(page.document, ['main']).map(textOf).join();
    for (const shown of ['Photo Prints', 'alice@acme.example', 'prints.example']) assert.match(text, new RegExp(shown));
    assert.deepEqual(scopesOn(page), ['photos.read']);
    const { code, state } = await answerTo(browser, page, 'allow');
    assert.equal(state, 's');
    const answer = await bench.redeem(code, { client_id: prints.id, redirect_uri: prints.redirectUri });
    assert.equal(answer.status, 200, answer.body);
    assert.equal(jsonOf(answer).scope ?? 'photos.read', 'photos.read');
  });

  it('says how long it holds', async () => {
    await using bench = await openLogin({ 'oauth.sessionLifetimeSeconds': String(30 * 86_400) });
    const [, page] = await withQuestion(bench);
    assert.match(find(page.document, ['main']).map(textOf).join(), /30 days/);
  });

  it('keeps the query of the redirect URI', async () => {
    await using bench = await openLogin();
    const visit = await decide(...(await withQuestion(bench)), 'allow');
    assert.ok(visit.kind === 'departure');
    assert.match(visit.location, /^https:\/\/prints\.example\/callback\?from=hufu&code=/);
  });

  it('is not asked for an application of one’s own house', async () => {
    await using bench = await openLogin();
    const browser = await signedIn(bench);
    assert.equal((await browser.open(bench.address({ prompt: 'consent' }))).kind, 'departure');
  });

  it('is asked for after the login, in one go', async () => {
    await using bench = await openLogin();
    const { parameters } = await authorize(
      bench.browser(),
      bench.address({ ...third, prompt: 'login' }),
      alice,
      'allow',
    );
    assert.ok(parameters.code);
  });

  it('that is denied is told to the application, and remembered by nobody', async () => {
    await using bench = await openLogin();
    const browser = await signedIn(bench);
    const { error, code, state } = await answerTo(browser, await question(bench, browser), 'deny');
    assert.deepEqual({ error, code, state }, { error: 'access_denied', code: undefined, state: 's' });
    assert.equal(await silently(bench, browser), 'consent_required');
    assert.equal((await bench.audit('code.issued')).length, 0);
  });

  it('that was given is remembered, for what was allowed and less', async () => {
    await using bench = await openLogin();
    const browser = await signedIn(bench);
    assert.equal(await silently(bench, browser, { scope: 'photos.read' }), 'consent_required');
    await answerTo(browser, await question(bench, browser, { scope: 'photos.read' }), 'allow');
    assert.equal(await silently(bench, browser, { scope: 'photos.read' }), 'allowed');
    assert.equal(await silently(bench, browser, { scope: 'photos.read photos.write' }), 'consent_required');
    await answerTo(browser, await question(bench, browser, { scope: 'photos.write' }), 'allow');
    assert.equal(await silently(bench, browser, { scope: 'photos.read photos.write' }), 'allowed');
    const [granted] = await bench.audit('consent.granted');
    assert.equal(granted?.values.detail, `${prints.id}: photos.read photos.write`);
  });

  it('is each user’s own', async () => {
    await using bench = await openLogin();
    await bench.addUser({ id: 'bob', password: 'b' });
    const browser = await signedIn(bench);
    await answerTo(browser, await question(bench, browser), 'allow');
    const other = bench.browser();
    const page = await logIn(other, await pageAt(other, bench.address(third)), { userName: 'bob', password: 'b' });
    assert.ok(page.kind === 'page' && scopesOn(page).length > 0);
  });

  it('at one resource is none at another', async () => {
    await using bench = await openLogin();
    for (const id of ['https://photos.example', 'https://mail.example']) {
      await createResource(bench.parts, { tenant, id, name: id }, bench.context());
    }
    const browser = await signedIn(bench);
    const at = { scope: 'photos.read', resource: 'https://photos.example' };
    const page = await question(bench, browser, at);
    assert.match(find(page.document, ['main']).map(textOf).join(), /https:\/\/photos\.example/);
    await answerTo(browser, page, 'allow');
    assert.equal(await silently(bench, browser, at), 'allowed');
    assert.equal(await silently(bench, browser, { ...at, resource: 'https://mail.example' }), 'consent_required');
    assert.equal(await silently(bench, browser, { scope: 'photos.read' }), 'consent_required');
  });

  it('is asked for again where the application wants it', async () => {
    await using bench = await openLogin();
    const browser = await signedIn(bench);
    await answerTo(browser, await question(bench, browser), 'allow');
    const page = await question(bench, browser, { prompt: 'consent' });
    assert.ok((await answerTo(browser, page, 'allow')).code);
  });

  it('holds for what was shown: who may ask for more since then asks again', async () => {
    await using bench = await openLogin();
    const browser = await signedIn(bench);
    const page = await question(bench, browser);
    assert.deepEqual(scopesOn(page), ['photos.read', 'photos.write']);
    await changeClient(
      bench.parts,
      prints.id,
      { scopes: ['photos.read', 'photos.write', 'photos.delete'] },
      bench.context(),
    );
    const visit = await decide(browser, page, 'allow');
    assert.ok(visit.kind === 'page');
    assert.deepEqual(scopesOn(visit), ['photos.read', 'photos.write', 'photos.delete']);
    assert.equal((await bench.audit('consent.granted')).length, 0);
  });

  it('that is withdrawn ends what came from it, and is asked for anew', async () => {
    await using bench = await openLogin();
    const browser = await signedIn(bench);
    const { code } = await answerTo(browser, await question(bench, browser), 'allow');
    const own = { client_id: prints.id, redirect_uri: prints.redirectUri };
    const tokens = jsonOf(await bench.redeem(code, own));
    const name = { tenant, subject: 'u-alice', clientId: prints.id };
    await withdrawConsent(bench.parts, name, bench.context());
    assert.equal(await silently(bench, browser), 'consent_required');
    const refresh = { grant_type: 'refresh_token', refresh_token: String(tokens.refresh_token), client_id: prints.id };
    const refused = await bench.redeem('', refresh);
    assert.equal(jsonOf(refused).error, 'invalid_grant');
    // The browser stays signed in: it was not the application's.
    assert.equal((await browser.open(bench.address())).kind, 'departure');
    await assert.rejects(withdrawConsent(bench.parts, name, bench.context()), { name: 'NotFound' });
  });

  it('is no way to sign in: who is signed out in the meantime logs in first', async () => {
    await using bench = await openLogin();
    const browser = await signedIn(bench);
    const page = await question(bench, browser);
    await browser.submit(await pageAt(browser, `${bench.url}/login`));
    const visit = await decide(browser, page, 'allow');
    assert.ok(visit.kind === 'page' && isLoginPage(visit));
    assert.ok(!scopesOn(visit).length);
  });
});

describe('an application that proves nothing, on loopback or with a scheme of its own', () => {
  const native = { client_id: 'cli', redirect_uri: 'http://127.0.0.1:51004/callback' };
  const withNative = async () => {
    const bench = await openLogin();
    await bench.addClient({ id: 'cli', redirectUris: ['http://127.0.0.1/callback'] });
    return bench;
  };

  it('gets no code without the user: any program on the machine could stand in for it', async () => {
    await using bench = await withNative();
    const browser = await signedIn(bench);
    for (const _ of ['asked', 'asked again, although it was allowed before']) {
      const page = await pageAt(browser, bench.address(native));
      assert.ok((await answerTo(browser, page, 'allow')).code);
    }
    assert.equal(await silently(bench, browser, native), 'consent_required');
    assert.equal((await bench.audit('consent.granted')).length, 0);
  });

  it('needs no second question where the user has just logged in for it', async () => {
    await using bench = await withNative();
    const browser = bench.browser();
    const visit = await logIn(browser, await pageAt(browser, bench.address(native)), alice);
    assert.equal(visit.kind, 'departure');
  });
});

async function withQuestion(bench: LoginBench): Promise<readonly [Browser, Page]> {
  const browser = await signedIn(bench);
  return [browser, await question(bench, browser)];
}
