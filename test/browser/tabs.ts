/** Tabs of one browser that share a credential, and the server that rotates it. */

import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { RotatingServer, type ServerOptions } from '../client/rotating-server.ts';
import type { Tab, TabOptions } from './tab.ts';

/** `hufu.open(…)` for a page. */
export async function tabScript(): Promise<string> {
  const entryPoints = [fileURLToPath(new URL('tab.ts', import.meta.url))];
  const options = { bundle: true, write: false, format: 'iife', globalName: 'hufu', target: 'es2022' } as const;
  const { outputFiles } = await build({ ...options, entryPoints });
  return outputFiles[0]?.text ?? '';
}

export async function startServer(script: string, options?: ServerOptions): Promise<RotatingServer> {
  const server = await RotatingServer.start(options);
  server.page = `<!doctype html><title>tab</title><script>${script}</script>`;
  return server;
}

/** The tab's own functions, called from here; each call is one evaluation in the page. */
export type HeldTab = {
  readonly [Name in 'get' | 'peek' | 'pass' | 'logout']: (
    ...given: Parameters<Tab[Name]>
  ) => Promise<Awaited<ReturnType<Tab[Name]>>>;
} & { loggedOut(): Promise<string>; events(): Promise<readonly string[]> };

/** A new token source, and the end of the one before. @param page shows a page of any server. */
export async function hold(page: Page | Frame, options: TabOptions): Promise<HeldTab> {
  await page.evaluate(`(async () => {
    await window.tab?.close();
    window.tab = hufu.open(${JSON.stringify(options)});
  })()`);
  const calling =
    (name: string) =>
    <Result>(...given: readonly unknown[]): Promise<Result> =>
      page.evaluate<Result>(`tab.${name}(${given.map((one) => JSON.stringify(one)).join()})`);
  return {
    get: calling('get'),
    peek: calling('peek'),
    pass: calling('pass'),
    logout: calling('logout'),
    loggedOut: () => page.evaluate<string>('tab.loggedOut'),
    events: () => page.evaluate<string[]>('tab.events'),
  };
}

export const openPages = (context: BrowserContext, count: number, address: string): Promise<readonly Page[]> =>
  Promise.all(
    Array.from({ length: count }, async () => {
      const page = await context.newPage();
      await page.goto(address);
      return page;
    }),
  );
