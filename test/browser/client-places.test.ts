/** The client where pages may do less: on plain http, in frames of other sites, in sandboxes. */

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Browser, Frame, Page } from 'playwright-core';
import type { RotatingServer } from '../client/rotating-server.ts';
import { noBrowser, openBrowser } from './browser.ts';
import { hold, openPages, startServer, tabScript } from './tabs.ts';

const lifetimeMs = 3_600_000;
/** Reserved for tests (RFC 2606), and no address of this machine in the eyes of a browser. */
const plainHost = 'plain.test';

suite('a page that may do less', { skip: noBrowser }, () => {
  let browser: Browser;
  let server: RotatingServer;
  let plainUrl: string;
  before(async () => {
    const args = [`--host-resolver-rules=MAP ${plainHost} 127.0.0.1`];
    const [opened, script] = await Promise.all([openBrowser({ args }), tabScript()]);
    browser = opened;
    server = await startServer(script);
    plainUrl = server.url.replace('127.0.0.1', plainHost);
  });
  after(async () => {
    await browser.close();
    await server[Symbol.asyncDispose]();
  });

  test('on plain http: ten tabs refresh a credential once without Web Locks, and say that there are none', async () => {
    const context = await browser.newContext();
    const pages = await openPages(context, 10, plainUrl);
    const tabs = await Promise.all(pages.map((page) => hold(page, { url: plainUrl, store: 'idb' })));
    assert.deepEqual(pages[0] && (await missingIn(pages[0])), ['isSecureContext', 'locks', 'subtle']);
    const before = server.rotations;
    await tabs[0]?.get();
    for (let expiry = 1; expiry <= 2; expiry += 1) {
      await Promise.all(tabs.map((tab) => tab.pass(lifetimeMs)));
      const tokens = await Promise.all(tabs.map((tab) => tab.get()));
      assert.match([...new Set(tokens)].join(), /^access-token-\d+-\d+$/);
    }
    assert.deepEqual([server.rotations - before, server.refusals], [2, 0]);
    const told = (await Promise.all(tabs.map((tab) => tab.events()))).flat();
    assert.equal(told.filter((type) => type === 'lock.unavailable').length, 10);
    await context.close();
  });

  test('on plain http: nothing can be sealed, which is said, and memory takes its place where that is wanted', async () => {
    const page = await browser.newPage();
    await page.goto(plainUrl);
    assert.equal(await (await hold(page, { url: plainUrl, store: 'sealed' })).get(), 'config');
    await worksFromMemory(page, plainUrl, 'sealed or memory');
    await page.close();
  });

  for (const [where, sandbox] of [
    ['in a frame of another site whose storage is blocked', ''],
    ['in a sandbox without an origin', 'sandbox="allow-scripts"'],
  ] as const) {
    test(`${where}: tokens are kept in memory, rotate and are revoked`, async () => {
      const page = await browser.newPage();
      await page.goto(server.url.replace('127.0.0.1', 'localhost'));
      await page.setContent(`<iframe src="${server.url}" ${sandbox}></iframe>`);
      const frame = await frameIn(page);
      assert.deepEqual(await missingIn(frame), ['use of locks', 'localStorage', 'IndexedDB']);
      for (const store of ['memory', 'idb or memory', 'sealed or memory', 'web or memory'] as const) {
        await worksFromMemory(frame, server.url, store);
      }
      // Without that, a rotating token is not got, since it could not be kept.
      assert.equal(await (await hold(frame, { url: server.url, store: 'idb' })).get(), 'store_read');
      await page.close();
    });
  }

  async function worksFromMemory(page: Page | Frame, url: string, store: Parameters<typeof hold>[1]['store']) {
    const before = { rotations: server.rotations, revocations: server.revocations };
    const tab = await hold(page, { url, store });
    const first = await tab.get();
    await tab.pass(lifetimeMs);
    const second = await tab.get();
    assert.match(`${first} ${second}`, /^access-token-(\d+)-\d+ access-token-\1-\d+$/);
    assert.equal(await tab.logout(), true);
    assert.deepEqual([server.rotations - before.rotations, server.revocations - before.revocations], [1, 1]);
    assert.equal((await tab.events()).filter((type) => type === 'lock.unavailable').length, 1);
    assert.equal(server.refusals, 0);
  }
});

async function frameIn(page: Page): Promise<Frame> {
  const frame = page.frames()[1];
  assert.ok(frame);
  await frame.waitForLoadState();
  return frame;
}

/** What a page has not, and what it may not use. */
const missingIn = (page: Page | Frame): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const missing: string[] = [];
    if (!isSecureContext) missing.push('isSecureContext');
    // The types promise both, and pages on plain http have neither.
    const [locks, subtle] = [navigator.locks as LockManager | undefined, crypto.subtle as SubtleCrypto | undefined];
    if (!locks) missing.push('locks');
    if (!subtle) missing.push('subtle');
    const uses = {
      'use of locks': () => locks?.request('of the test', () => {}),
      localStorage: () => localStorage.length,
      IndexedDB: () =>
        new Promise((resolve, reject) => {
          const opening = indexedDB.open('of the test');
          opening.onsuccess = resolve;
          opening.onerror = () => reject(opening.error);
        }),
    };
    for (const [name, use] of Object.entries(uses)) {
      try {
        await use();
      } catch {
        missing.push(name);
      }
    }
    return missing;
  });
