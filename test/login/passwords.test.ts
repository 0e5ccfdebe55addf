/** Wrong passwords: what they cost, and that nobody learns from them who exists. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTenant } from '../../packages/server/src/service/administer-tenants.ts';
import type { Page } from '../harness/browser.ts';
import { find, textOf } from '../harness/html.ts';
import { isLoginPage, type Login, logIn } from '../harness/login.ts';
import { alice, type LoginBench, openLogin, pageAt, sessionOf, tenant, wrong } from './bench.ts';

/** One attempt of a browser that nobody knows. */
async function attempt(bench: LoginBench, login: Login): Promise<Page> {
  const browser = bench.browser();
  const visit = await logIn(browser, await pageAt(browser, `${bench.url}/login?tenant=${tenant}`), login);
  if (visit.kind !== 'page') throw new Error('the account page is a page');
  return visit;
}
const statusOf = async (bench: LoginBench, login: Login): Promise<number> =>
  (await attempt(bench, login)).answer.status;

/** The page without what is made anew each time. */
const bare = ({ answer }: Page): string => answer.body.replace(/name="(handle|token)" value="[^"]*"/g, '');
const alarmOf = (page: Page): string => find(page.document, ['p'], { role: 'alert' }).map(textOf).join();

describe('a wrong password', () => {
  it('is answered as an unknown name, a disabled account and a user without a password are, to the byte', async () => {
    await using bench = await openLogin();
    await bench.addUser({ id: 'u-off', loginName: 'off', password: 'right' });
    await bench.parts.store.setUser(tenant, 'u-off', { status: 'disabled' }, event(bench));
    await bench.addUser({ id: 'u-none', loginName: 'none' });
    const pages = await Promise.all([
      attempt(bench, { ...wrong, userName: 'nobody' }),
      attempt(bench, { userName: 'off', password: 'right' }),
      attempt(bench, { userName: 'none', password: '' }),
      attempt(bench, wrong),
    ]);
    const [first] = pages.map((page) => bare(page).replace(/value="[^"]*" required/, ''));
    for (const page of pages) {
      assert.equal(page.answer.status, 403);
      assert.ok(isLoginPage(page));
      assert.equal(bare(page).replace(/value="[^"]*" required/, ''), first);
      assert.deepEqual(namesOf(page), namesOf(pages[0]));
    }
  });

  it('is told apart in the audit log only, without what was typed', async () => {
    await using bench = await openLogin();
    await bench.addUser({ id: 'u-off', loginName: 'off', password: 'right' });
    await bench.parts.store.setUser(tenant, 'u-off', { status: 'disabled' }, event(bench));
    await attempt(bench, { userName: 'hunter2', password: 'hunter2' });
    await attempt(bench, { userName: 'off', password: 'right' });
    await attempt(bench, { userName: 'off', password: 'hunter2' });
    await attempt(bench, wrong);
    const seen = (await bench.audit('login.refused')).map(({ values }) => [values.reason, values.subject]);
    assert.deepEqual(seen.reverse(), [
      ['user_unknown', undefined],
      ['account_disabled', 'u-off'],
      ['password_wrong', 'u-off'],
      ['password_wrong', 'u-alice'],
    ]);
    assert.doesNotMatch(JSON.stringify(await bench.audit()), /hunter2|right|虎/);
  });

  it('keeps what was typed in the field of the name, and nothing in that of the password', async () => {
    await using bench = await openLogin();
    const page = await attempt(bench, { userName: '"><i>', password: 'secret-password' });
    assert.match(page.answer.body, /value="&quot;&gt;&lt;i&gt;"/);
    assert.doesNotMatch(page.answer.body, /secret-password/);
  });

  it('signs nobody in and sets no session', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    await logIn(browser, await pageAt(browser, bench.address()), wrong);
    assert.equal(sessionOf(browser), undefined);
    assert.ok(isLoginPage(await pageAt(browser, bench.address())));
  });
});

describe('wrong passwords in a row', () => {
  it('cost nothing at first, then a wait that doubles, told alike for a name that does not exist', async () => {
    await using bench = await openLogin();
    for (const login of [wrong, { ...wrong, userName: 'nobody' }]) {
      for (const _ of [1, 2, 3, 4]) assert.equal(await statusOf(bench, login), 403);
      const waits = [];
      for (const _ of [1, 2, 3]) {
        const page = await attempt(bench, login);
        assert.equal(page.answer.status, 429);
        assert.match(alarmOf(page), /Too many attempts/);
        const wait = Number(page.answer.headers['retry-after']);
        waits.push(wait);
        bench.clock.set(bench.clock.nowMs() + wait * 1000 - 1);
        assert.equal(await statusOf(bench, login), 429, 'one millisecond too soon');
        bench.clock.set(bench.clock.nowMs() + 1);
        assert.equal(await statusOf(bench, login), 403, 'in time');
      }
      assert.deepEqual(waits, [1, 2, 4]);
    }
  });

  it('are looked at no longer while the name rests, not even where the right one is among them', async () => {
    await using bench = await openLogin();
    for (const _ of [1, 2, 3, 4]) await attempt(bench, wrong);
    assert.equal(await statusOf(bench, alice), 429);
    const [refused] = await bench.audit('login.refused');
    assert.equal(refused?.values.reason, 'login_blocked');
    assert.equal(refused?.values.detail, 'name slowed down');
    bench.clock.advance(1);
    assert.equal(await statusOf(bench, alice), 200);
  });

  it('lock the name for a while, whether it exists or not', async () => {
    await using bench = await openLogin({ 'login.nameFreeFailures': '10', 'login.nameLockAfterFailures': '5' });
    const texts = [];
    for (const login of [wrong, { ...wrong, userName: 'nobody' }]) {
      for (const _ of [1, 2, 3, 4, 5]) assert.equal(await statusOf(bench, login), 403);
      const page = await attempt(bench, { ...alice, userName: login.userName });
      assert.equal(page.answer.status, 403);
      texts.push(alarmOf(page));
      assert.equal(page.answer.headers['retry-after'], '900');
    }
    assert.match(String(texts[0]), /locked/);
    assert.equal(texts[0], texts[1]);
    bench.clock.set(bench.clock.nowMs() + 900_000 - 1);
    assert.equal(await statusOf(bench, alice), 403);
    bench.clock.set(bench.clock.nowMs() + 1);
    assert.equal(await statusOf(bench, alice), 200);
  });

  it('lock no other name', async () => {
    await using bench = await openLogin({ 'login.nameFreeFailures': '10', 'login.nameLockAfterFailures': '2' });
    await bench.addUser({ id: 'bob', password: 'b' });
    for (const _ of [1, 2]) await attempt(bench, wrong);
    assert.equal(await statusOf(bench, alice), 403);
    assert.equal(await statusOf(bench, { userName: 'bob', password: 'b' }), 200);
  });

  it('lock no user of the same name in another tenant', async () => {
    await using bench = await openLogin({ 'login.nameFreeFailures': '10', 'login.nameLockAfterFailures': '2' });
    await createTenant(bench.parts, { id: 'other', name: 'Other' }, bench.context());
    await bench.addUser({ tenant: 'other', id: 'o-alice', loginName: alice.userName, password: alice.password });
    for (const _ of [1, 2]) await attempt(bench, wrong);
    const browser = bench.browser();
    const visit = await logIn(browser, await pageAt(browser, `${bench.url}/login?tenant=other`), alice);
    assert.ok(visit.kind === 'page' && visit.answer.status === 200);
  });

  it('count for one name in whatever spelling it is tried', async () => {
    await using bench = await openLogin({ 'login.nameFreeFailures': '10', 'login.nameLockAfterFailures': '3' });
    for (const userName of [' alice@acme.example', 'ALICE@acme.example', 'ａlice@acme.example']) {
      await attempt(bench, { ...wrong, userName });
    }
    assert.match(alarmOf(await attempt(bench, alice)), /locked/);
  });

  it('are forgotten with the right one', async () => {
    await using bench = await openLogin();
    for (const _ of [1, 2, 3]) await attempt(bench, wrong);
    assert.equal(await statusOf(bench, alice), 200);
    for (const _ of [1, 2, 3, 4]) assert.equal(await statusOf(bench, wrong), 403);
    assert.equal(await statusOf(bench, wrong), 429);
  });

  it('are counted before they are looked at: guesses at once are guesses in a row', async () => {
    await using bench = await openLogin();
    const statuses = await Promise.all(Array.from({ length: 30 }, () => statusOf(bench, wrong)));
    assert.equal(statuses.filter((status) => status === 403).length, 4);
    assert.equal(statuses.filter((status) => status === 429).length, 26);
  });

  it('count for the address as well, whatever names they try, by its own policy', async () => {
    await using bench = await openLogin({ 'login.addressFreeFailures': '5', 'login.addressFirstDelaySeconds': '30' });
    for (let at = 0; at < 6; at++) assert.equal(await statusOf(bench, { ...wrong, userName: `user${at}` }), 403);
    const page = await attempt(bench, alice);
    assert.equal(page.answer.status, 429);
    assert.equal(page.answer.headers['retry-after'], '30');
    const [refused] = await bench.audit('login.refused');
    assert.equal(refused?.values.detail, 'network slowed down');
    bench.clock.advance(30);
    assert.equal(await statusOf(bench, alice), 200);
    // The name was not counted while the address rested.
    assert.equal(await statusOf(bench, wrong), 403);
  });
});

describe('the form of the login', () => {
  it('is read strictly: fields that are missing, unknown, twice or too long are no attempt', async () => {
    await using bench = await openLogin();
    const name = 'a'.repeat(321);
    const page = await attempt(bench, { ...alice, userName: name });
    assert.equal(page.answer.status, 400);
    assert.equal(await statusOf(bench, { ...alice, password: 'p'.repeat(1025) }), 400);
    assert.equal(await statusOf(bench, { ...alice, userName: 'a'.repeat(320) }), 403);
    const { url } = bench;
    for (const body of [
      '',
      'username=a&password=b',
      'handle=a&token=b&username=c&password=d&next=https%3A%2F%2Fevil.example',
    ]) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      assert.equal((await fetch(`${url}/login`, { method: 'POST', headers, body })).status, 400);
    }
    assert.equal((await bench.audit('login.refused')).length, 1);
  });

  it('above the limit of its body is not read', async () => {
    await using bench = await openLogin();
    const body = 'x'.repeat(32 * 1024 + 1);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await fetch(`${bench.url}/login`, { method: 'POST', headers, body });
    assert.equal(answer.status, 413);
  });

  it('is answered as busy while too many passwords wait, and not as wrong', async () => {
    await using bench = await openLogin({ 'login.passwordConcurrency': '1', 'login.passwordQueueLength': '0' });
    let isAnswered = false;
    const keepBusy = async () => {
      while (!isAnswered) await bench.parts.passwords.hash('x');
    };
    const busy = keepBusy();
    const page = await attempt(bench, alice);
    isAnswered = true;
    await busy;
    assert.equal(page.answer.status, 503);
    assert.equal(page.answer.headers['retry-after'], '5');
    assert.equal(await statusOf(bench, alice), 200);
  });
});

const event = (bench: LoginBench) => ({ atMs: bench.clock.nowMs(), type: 'user.changed', requestId: 'test' }) as const;

const namesOf = (page: Page | undefined): string[] =>
  (page?.answer.rawHeaders ?? []).filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
