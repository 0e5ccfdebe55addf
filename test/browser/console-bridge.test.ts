import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { dashboardLink } from '../../packages/client/src/embed/index.ts';
import { noBrowser, openBrowser } from './browser.ts';
import { type Served, serveAnswers } from './serve-answers.ts';

const html = (body: string) => ({ status: 200, headers: ['content-type', 'text/html'], body });

/** Asks the page around it for a token, as the console does, and shows every answer that it gets. */
const asks = (ticket: string, toTop = 'parent'): string => `<!doctype html><ol></ol><script>
  addEventListener('message', ({ data, origin }) => {
    const line = document.querySelector('ol').appendChild(document.createElement('li'));
    line.textContent = JSON.stringify([data, origin]);
  });
  ${toTop}.postMessage({ type: 'refreshToken', ticket: ${JSON.stringify(ticket)} }, '*');
  ${toTop}.postMessage({ dashboardHeight: 1234 }, '*');
</script>`;

async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL('../../packages/client/src/embed/index.ts', import.meta.url));
  const options = { bundle: true, write: false, format: 'iife', globalName: 'embed', target: 'es2022' } as const;
  const { outputFiles } = await build({ ...options, entryPoints: [entry] });
  return outputFiles[0]?.text ?? '';
}

/** A page with the bridge around one frame; what the bridge does is in \`window.seen\`, in order. */
const host = (script: string, src: string, { sandbox = '', others = '' } = {}) =>
  html(`<!doctype html><iframe id="console" ${sandbox}></iframe>${others}<script>${script}</script><script>
  window.seen = [];
  const frame = document.getElementById('console');
  frame.src = ${JSON.stringify(src)};
  const accessToken = async (ticket) => {
    seen.push('asked ' + ticket);
    return 'token of ' + ticket;
  };
  const onHeight = (pixels) => seen.push('height ' + pixels);
  const onError = (error) => seen.push(error.code + ' ' + error.message);
  try {
    window.stop = embed.answerConsole({ frame, accessToken, onHeight, onError, ticket: 'ours' });
  } catch (error) {
    seen.push(error.code + ' ' + error.message);
  }
</script>`);

suite('an embedded page of the console', { skip: noBrowser }, async () => {
  const script = noBrowser ? '' : await bundle();
  let browser: Browser;
  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser.close());
  const linkAt = ({ origin }: Served): string =>
    dashboardLink({ project: 'p', dashboardId: 'd', ticket: 'ours', refreshable: true, site: origin });

  /** Opens the host page and waits for the frame to have asked. */
  async function open(make: (console: Served, other: Served) => { readonly host: ReturnType<typeof host> }): Promise<
    AsyncDisposable & {
      readonly seen: () => Promise<readonly string[]>;
      readonly answersIn: (frame: number) => Promise<readonly string[]>;
      readonly navigate: (address: string) => Promise<void>;
      readonly origin: string;
      readonly other: Served;
    }
  > {
    const [own, console, other] = await Promise.all([serveAnswers(), serveAnswers(), serveAnswers()]);
    console.show(html(asks('ours')));
    other.show(html(asks('ours')));
    own.show(make(console, other).host);
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(own.origin);
    const settled = async (): Promise<void> => {
      // Each frame posts to the window, and the window to each: two rounds later nothing is on its way.
      for (let round = 0; round < 2; round += 1) {
        await page.evaluate(
          'new Promise((go) => { addEventListener("message", ({ data }) => data === "round" && go()); postMessage("round", "*"); })',
        );
        for (const frame of page.frames()) await frame.evaluate('new Promise((go) => setTimeout(go))');
      }
    };
    return {
      origin: own.origin,
      other,
      async seen() {
        await settled();
        return page.evaluate<string[]>('window.seen');
      },
      async answersIn(frame) {
        await settled();
        const list = page.frames()[frame]?.locator('li');
        return list ? list.allTextContents() : [];
      },
      async navigate(address) {
        await page.frames()[1]?.goto(address);
      },
      async [Symbol.asyncDispose]() {
        await context.close();
        await Promise.all([own, console, other].map((served) => served[Symbol.asyncDispose]()));
      },
    };
  }

  test('gets an access token for its ticket, and is heard with its height', async () => {
    await using opened = await open((console) => ({ host: host(script, linkAt(console)) }));
    const answer = { type: 'applyAccessToken', accessToken: 'token of ours', ticket: 'ours' };
    assert.deepEqual(await opened.answersIn(1), [JSON.stringify([answer, opened.origin])]);
    assert.deepEqual(await opened.seen(), ['asked ours', 'height 1234']);
  });

  test('is the only one: other frames of the page are not heard, not even those of its origin', async () => {
    await using opened = await open((console, other) => {
      const others = `<iframe src="${other.origin}"></iframe><iframe src="${console.origin}/again"></iframe>`;
      return { host: host(script, linkAt(console), { others }) };
    });
    const counts: number[] = [];
    for (const frame of [1, 2, 3]) counts.push((await opened.answersIn(frame)).length);
    assert.deepEqual(counts, [1, 0, 0]);
    assert.deepEqual(await opened.seen(), ['asked ours', 'height 1234']);
  });

  test('is heard no more when its frame has gone to another origin', async () => {
    await using opened = await open((console) => ({ host: host(script, linkAt(console)) }));
    await opened.navigate(opened.other.origin);
    assert.deepEqual(await opened.answersIn(1), []);
    assert.deepEqual(await opened.seen(), ['asked ours', 'height 1234']);
  });

  test('gets nothing for the ticket of somebody else', async () => {
    await using opened = await open((console) => {
      console.show(html(asks('theirs')));
      return { host: host(script, linkAt(console)) };
    });
    assert.deepEqual(await opened.answersIn(1), []);
    assert.ok((await opened.seen()).includes('malformed_response answerConsole: the page names another ticket'));
  });

  test('works in a sandbox that leaves it its origin, and is refused in one that does not', async () => {
    const sandboxed = (words: string) =>
      open((console) => ({ host: host(script, linkAt(console), { sandbox: `sandbox="${words}"` }) }));
    await using allowed = await sandboxed('allow-scripts allow-same-origin');
    assert.equal((await allowed.answersIn(1)).length, 1);
    await using without = await sandboxed('allow-scripts');
    assert.match((await without.seen()).join(), /^config the frame is sandboxed without allow-same-origin/);
  });
});
