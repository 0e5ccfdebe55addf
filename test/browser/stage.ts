import { after, before } from 'node:test';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { WireAnswer } from '../../packages/server/src/dialects/dialect.ts';
import { openBrowser, openPage, type Watched } from './browser.ts';
import { type Served, serveAnswers } from './serve-answers.ts';

export interface Stage {
  readonly served: Served;
  /** An answer in a page of its own. */
  show(answer: WireAnswer, options?: BrowserContextOptions): Promise<Watched>;
}

/** In the body of a suite: one browser and one server for its tests. */
export function useStage(): Stage {
  let browser: Browser | undefined;
  let server: Served | undefined;
  before(async () => {
    [browser, server] = await Promise.all([openBrowser(), serveAnswers()]);
  });
  after(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
  });
  const served = (): Served => {
    if (server === undefined) throw new Error('the stage is there while tests run');
    return server;
  };
  return {
    get served() {
      return served();
    },
    async show(answer, options) {
      if (browser === undefined) throw new Error('the stage is there while tests run');
      served().show(answer);
      const watched = await openPage(browser, options);
      await watched.page.goto(served().origin);
      return watched;
    },
  };
}
