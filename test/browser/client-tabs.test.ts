/** Ten tabs of a real Chromium share one credential whose refresh token works once. */

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { RotatingServer, type ServerOptions } from '../client/rotating-server.ts';
import { noBrowser, openBrowser } from './browser.ts';
import type { TabOptions } from './tab.ts';
import { type HeldTab, hold, openPages, startServer, tabScript } from './tabs.ts';

const lifetimeMs = 3_600_000;
const expiries = 3;

suite('tabs that share a credential', { skip: noBrowser }, () => {
  let browser: Browser;
  let context: BrowserContext;
  let home: RotatingServer;
  let pages: readonly Page[];
  before(async () => {
    const [opened, script] = await Promise.all([openBrowser(), tabScript()]);
    browser = opened;
    home = await startServer(script);
    context = await browser.newContext();
    pages = await openPages(context, 10, home.url);
  });
  after(async () => {
    await browser.close();
    await home[Symbol.asyncDispose]();
  });

  interface World extends AsyncDisposable {
    readonly server: RotatingServer;
    tab(page: Page, options: Omit<TabOptions, 'url'>): Promise<HeldTab>;
    tabs(count: number, options: Omit<TabOptions, 'url'>): Promise<readonly HeldTab[]>;
  }

  /** A server of its own, and storage that no other test has seen. */
  async function open(options?: ServerOptions): Promise<World> {
    const server = await RotatingServer.start(options);
    const { url, isReplayable } = server;
    const tab: World['tab'] = (page, own) => hold(page, { url, isReplayable, name: url, ...own });
    return {
      server,
      tab,
      tabs: (count, own) => Promise.all(pages.slice(0, count).map((page) => tab(page, own))),
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    };
  }

  const inAll = <Result>(tabs: readonly HeldTab[], work: (tab: HeldTab) => Promise<Result>): Promise<Result[]> =>
    Promise.all(tabs.map(work));

  for (const [rule, options] of [
    ['Web Locks over IndexedDB', { store: 'idb' }],
    ['Web Locks over sealed records', { store: 'sealed' }],
    ['no lock over IndexedDB', { store: 'idb', locks: false }],
  ] as const) {
    test(`refresh it once at each of its ends: ${rule}`, async () => {
      await using world = await open();
      const { server } = world;
      const tabs = await world.tabs(10, options);
      const [first] = tabs;
      assert.equal(await first?.get(), 'access-token-1-1');
      for (let expiry = 1; expiry <= expiries; expiry += 1) {
        await inAll(tabs, (tab) => tab.pass(lifetimeMs));
        const tokens = await inAll(tabs, (tab) => tab.get());
        assert.deepEqual([...new Set(tokens)], [`access-token-1-${expiry + 1}`]);
      }
      assert.deepEqual([server.logins, server.rotations, server.refusals], [1, expiries, 0]);
    });
  }

  test('refresh it once where a server refused the token of all', async () => {
    await using world = await open();
    const tabs = await world.tabs(10, { store: 'idb' });
    for (const tab of tabs) await tab.get();
    const tokens = await inAll(tabs, (tab) => tab.get({ reject: true }));
    assert.deepEqual([...new Set(tokens)], ['access-token-1-2']);
    assert.deepEqual([world.server.rotations, world.server.refusals], [1, 0]);
  });

  test('lose nothing with a tab that is closed in the middle of a refresh', async () => {
    await using world = await open({ isReplayable: true });
    const { server } = world;
    const others = await world.tabs(3, { store: 'idb' });
    const [page] = await openPages(context, 1, home.url);
    assert.ok(page);
    const closed = await world.tab(page, { store: 'idb' });
    await closed.get();
    await inAll([closed, ...others], (tab) => tab.pass(lifetimeMs));
    const held = holdAnswer(server);
    const asked = closed.get().catch(() => 'closed');
    await held.arrived;
    await page.close();
    assert.equal(await asked, 'closed');
    held.release();
    assert.deepEqual([...new Set(await inAll(others, (tab) => tab.get()))], ['access-token-1-2']);
    assert.deepEqual([server.logins, server.rotations, server.replays, server.refusals], [1, 1, 1, 0]);
  });

  test('all hear of a logout in one of them', async () => {
    for (const store of ['idb', 'web'] as const) {
      await using world = await open();
      const tabs = await world.tabs(10, { store, interactive: true });
      const [first, ...others] = tabs;
      assert.ok(first);
      await first.get({ interactive: true });
      await inAll(others, (tab) => tab.get());
      assert.equal(await first.logout(), true);
      assert.deepEqual([...new Set(await inAll(others, (tab) => tab.loggedOut()))], ['others']);
      assert.deepEqual([...new Set(await inAll(tabs, (tab) => tab.peek()))], [undefined]);
      assert.deepEqual([...new Set(await inAll(tabs, (tab) => tab.get()))], ['interaction_required']);
      assert.deepEqual([world.server.logins, world.server.revocations], [1, 1]);
    }
  });

  for (const [who, at] of [
    ['another tab', 1],
    ['the same tab', 0],
  ] as const) {
    test(`a refresh under way does not bring back what ${who} logged out of`, async () => {
      await using world = await open();
      const { server } = world;
      const tabs = await world.tabs(3, { store: 'idb', interactive: true });
      const [refreshing] = tabs;
      const leaving = tabs[at];
      assert.ok(refreshing && leaving);
      await refreshing.get({ interactive: true });
      await inAll(tabs, (tab) => tab.get());
      const held = holdAnswer(server);
      const asked = refreshing.get({ reject: true });
      await held.arrived;
      const left = leaving.logout();
      // The tab that refreshes waits for its own answer; asked after that, it has begun, and holds no token any more.
      if (leaving !== refreshing) await left;
      assert.equal(await leaving.peek(), undefined);
      held.release();
      await left;
      assert.equal(await asked, 'closed');
      assert.deepEqual(await inAll(tabs, (tab) => tab.get()), Array(3).fill('interaction_required'));
      assert.equal(server.logins, 1);
      // What the refresh brought is ended at the server, too.
      assert.equal(server.revocations, 2);
    });
  }
});

/** The next answer to a refresh is held back: the server has acted. */
function holdAnswer(server: RotatingServer): { readonly arrived: Promise<void>; release(): void } {
  const arrived = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const { rotations } = server;
  server.beforeAnswer = async () => {
    if (server.rotations === rotations) return;
    server.beforeAnswer = () => {};
    arrived.resolve();
    await released.promise;
  };
  return { arrived: arrived.promise, release: () => released.resolve() };
}
