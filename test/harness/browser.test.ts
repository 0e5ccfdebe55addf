import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createBrowser, type Page, type Visit } from './browser.ts';
import { find } from './html.ts';
import { echo, listen, redirect, show } from './listen.ts';

const pageOf = (visit: Visit): Page => {
  assert.ok(visit.kind === 'page', 'the visit ended at a page');
  return visit;
};
const echoed = (visit: Visit) =>
  JSON.parse(pageOf(visit).answer.body) as {
    readonly method: string;
    readonly url: string;
    readonly body: string;
    readonly headers: Record<string, string>;
  };

describe('a browser', () => {
  it('keeps cookies on the way, and sends them where they belong', async () => {
    const routes = { '/': redirect(303, '/a/b', { 'set-cookie': ['x=1; Path=/', 'y=2; Path=/other'] }), '/a/b': echo };
    await using server = await listen(routes);
    const browser = createBrowser();
    const visit = await browser.open(`${server.url}/`);
    assert.equal(echoed(visit).headers.cookie, 'x=1');
    assert.deepEqual(
      visit.trail.map(({ status }) => status),
      [303, 200],
    );
    assert.equal(pageOf(visit).url.pathname, '/a/b');
    assert.equal(createBrowser().cookies.all().length, 0);
  });

  it('stops at the door of another site, and asks nobody there', async () => {
    for (const location of ['https://client.example/cb?code=1', 'com.example.app:/cb', 'http://127.0.0.1:1/cb']) {
      await using server = await listen({ '/': redirect(303, location) });
      const visit = await createBrowser().open(server.url);
      assert.ok(visit.kind === 'departure');
      assert.deepEqual([visit.location, visit.answer.status], [location, 303]);
    }
  });

  it('carries a form through 307 and 308, and drops it at 301, 302 and 303', async () => {
    const form = '<form method=post action="/go"><input type=password name=secret></form>';
    for (const [status, method] of [
      [301, 'GET'],
      [302, 'GET'],
      [303, 'GET'],
      [307, 'POST'],
      [308, 'POST'],
    ] as const) {
      await using server = await listen({ '/': show(form), '/go': redirect(status, '/end'), '/end': echo });
      const browser = createBrowser();
      const page = pageOf(await browser.open(server.url));
      const end = echoed(await browser.submit(page, { fields: { secret: 'x y' } }));
      assert.deepEqual([end.method, end.body], [method, method === 'POST' ? 'secret=x+y' : ''], String(status));
    }
  });

  it('sends a form by GET in the query, to the page itself where it names no place', async () => {
    await using server = await listen({ '/': show('<form><input name=a value="1&2"></form>'), '/x': echo });
    const browser = createBrowser();
    const page = pageOf(await browser.open(`${server.url}/?b=3`));
    const again = pageOf(await browser.submit(page));
    assert.equal(again.url.search, '?a=1%262');
  });

  it('says where a form comes from', async () => {
    const html = '<form method=post action="/end"></form>';
    await using server = await listen({
      '/': show(html),
      '/silent': show(html, { 'referrer-policy': 'no-referrer' }),
      '/end': echo,
    });
    const browser = createBrowser();
    const from = async (path: string, origin?: string) => {
      const page = pageOf(await browser.open(server.url + path));
      const { headers } = echoed(await browser.submit(page, origin === undefined ? {} : { from: origin }));
      return [headers.origin, headers['sec-fetch-site']];
    };
    assert.deepEqual(await from('/'), [server.url, 'same-origin']);
    assert.deepEqual(await from('/silent'), ['null', 'same-origin']);
    assert.deepEqual(await from('/', 'https://evil.example'), ['https://evil.example', 'cross-site']);
    assert.deepEqual(await from('/silent', 'https://evil.example'), ['https://evil.example', 'cross-site']);
  });

  it('leaves cookies at home that SameSite keeps from another site', async () => {
    const setting = show('<form method=post action="/end"></form>', { 'set-cookie': ['s=1; SameSite=Strict', 'l=1'] });
    await using server = await listen({ '/': setting, '/end': echo, '/via': redirect(303, '/end') });
    const browser = createBrowser();
    const page = pageOf(await browser.open(server.url));
    const evil = 'https://evil.example';
    assert.equal(echoed(await browser.submit(page)).headers.cookie, 's=1; l=1');
    assert.equal(echoed(await browser.submit(page, { from: evil })).headers.cookie, undefined);
    assert.equal(echoed(await browser.open(`${server.url}/end`, evil)).headers.cookie, 'l=1');
    assert.equal(echoed(await browser.open(`${server.url}/via`, evil)).headers.cookie, 'l=1');
    const typed = echoed(await browser.open(`${server.url}/via`)).headers;
    assert.deepEqual(
      [typed.cookie, typed['sec-fetch-site'], typed['sec-fetch-mode']],
      ['s=1; l=1', 'none', 'navigate'],
    );
  });

  it('speaks the language that it is set to', async () => {
    await using server = await listen({ '/': echo });
    const visit = await createBrowser({ language: 'zh-CN,zh;q=0.9' }).open(server.url);
    assert.equal(echoed(visit).headers['accept-language'], 'zh-CN,zh;q=0.9');
  });

  it('gives up a circle of redirects', async () => {
    await using server = await listen({ '/': redirect(303, '/') });
    await assert.rejects(createBrowser().open(server.url), /redirected 10 times/);
  });

  it('sends no form to another site, and none that is not there', async () => {
    await using server = await listen({ '/': show('<form action="https://evil.example/"></form>'), '/bare': show('') });
    const browser = createBrowser();
    const page = pageOf(await browser.open(server.url));
    await assert.rejects(browser.submit(page), /goes to https:\/\/evil\.example/);
    const bare = pageOf(await browser.open(`${server.url}/bare`));
    assert.deepEqual(find(bare.document, ['form']), []);
    await assert.rejects(browser.submit(bare), /\/bare has no form/);
  });
});
