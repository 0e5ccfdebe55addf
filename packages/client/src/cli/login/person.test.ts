import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { run, type Surroundings, sampleHome } from '../run.sample.ts';

const metadata = {
  authorization_endpoint: 'https://id.example/authorize',
  token_endpoint: 'https://id.example/token',
};

/** A login that ends when the person says no. @returns what stood on the screen. */
async function refusedLogin(
  t: Parameters<typeof sampleHome>[0],
  args: readonly string[],
  surroundings: Surroundings,
  set: readonly string[] = [],
) {
  const env = sampleHome(t);
  const options = [
    '--set',
    'issuer=https://id.example',
    '--set',
    'clientId=a',
    '--set',
    `metadata=${JSON.stringify(metadata)}`,
  ];
  const added = await run(['profile', 'add', 'me', '--provider', 'oauth2', '--grant', 'code', ...options, ...set], {
    env,
  });
  assert.equal(added.exitCode, 0, added.stderr);
  let screen = '';
  let isSent = false;
  const onErrors = (text: string): void => {
    screen += text;
    const address = /^https:\S+$/m.exec(screen)?.[0];
    if (isSent || !address || !screen.includes(`${address}\n`)) return;
    isSent = true;
    const query = new URL(address).searchParams;
    const back = new URL(query.get('redirect_uri') ?? '');
    back.search = String(new URLSearchParams({ error: 'access_denied', state: query.get('state') ?? '' }));
    setImmediate(() => fetch(back).catch(() => {}));
  };
  const ran = await run(['login', 'me', ...args], { env, ...surroundings, onErrors });
  return {
    ...ran,
    redirectUri: new URL(/^https:\S+$/m.exec(screen)?.[0] ?? 'about:blank').searchParams.get('redirect_uri'),
  };
}

const picture = /[▀▄█]{10}/;

describe('a person who is to log in', () => {
  it('sees the browser open, and the address all the same', async (t) => {
    const opened: string[] = [];
    const openBrowser = async (url: string): Promise<void> => void opened.push(url);
    const { stderr, exitCode } = await refusedLogin(t, [], { typed: [], openBrowser });
    assert.equal(exitCode, 3);
    assert.equal(opened.length, 1);
    assert.ok(stderr.startsWith(`Log in, in the browser that opens now, or at\n${opened[0]}\n`));
    assert.doesNotMatch(stderr, picture);
  });

  it('goes on where the browser does not open', async (t) => {
    const openBrowser = () => Promise.reject(new Error('no browser'));
    assert.match((await refusedLogin(t, [], { typed: [], openBrowser })).stderr, /access_denied/);
  });

  it('opens it alone with --no-browser, and gets a picture for a telephone', async (t) => {
    const openBrowser = () => Promise.reject(new Error('it was opened'));
    const { stderr } = await refusedLogin(t, ['--no-browser'], { typed: [], openBrowser });
    assert.match(stderr, /^Log in at\nhttps:/);
    assert.match(stderr, picture);
    assert.doesNotMatch(
      (await refusedLogin(t, ['--no-browser', '--no-qr'], { typed: [], openBrowser })).stderr,
      picture,
    );
  });

  it('gets no picture without a terminal, unless it is asked for', async (t) => {
    assert.doesNotMatch((await refusedLogin(t, [], {})).stderr, picture);
    assert.match((await refusedLogin(t, ['--qr'], {})).stderr, picture);
  });
});

describe('the address to come back to', () => {
  it('is any free port, unless the profile names one', async (t) => {
    assert.match((await refusedLogin(t, [], {})).redirectUri ?? '', /^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    const path = await refusedLogin(t, [], {}, ['--set', 'redirectUri=http://127.0.0.1/other']);
    assert.match(path.redirectUri ?? '', /^http:\/\/127\.0\.0\.1:\d+\/other$/);
  });

  it('is said where its port is taken', async (t) => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    t.after(() => taken.close());
    // It listens on a port.
    const { port } = taken.address() as AddressInfo;
    const { exitCode, stderr } = await refusedLogin(t, [], {}, [
      '--set',
      `redirectUri=http://127.0.0.1:${port}/callback`,
    ]);
    assert.equal(exitCode, 2);
    assert.match(stderr, new RegExp(`^hufu-client: me: the login cannot listen on 127.0.0.1:${port} \\(EADDRINUSE\\)`));
  });

  it('may be found elsewhere, and need not be on this machine', async (t) => {
    const env = { HOME_OF_LOGINS: 'https://app.example/callback' };
    const home = sampleHome(t);
    const options = [
      '--set',
      'issuer=https://id.example',
      '--set',
      'clientId=a',
      '--set',
      `metadata=${JSON.stringify(metadata)}`,
    ];
    const place = ['--secret', 'redirectUri=env:HOME_OF_LOGINS'];
    const all = { ...home, ...env };
    await run(['profile', 'add', 'me', '--provider', 'oauth2', '--grant', 'code', ...options, ...place], { env: all });
    const { exitCode, stderr } = await run(['login', 'me'], {
      env: all,
      typed: ['https://app.example/callback?state=another'],
    });
    assert.match(stderr, /redirect_uri=https%3A%2F%2Fapp\.example%2Fcallback/);
    assert.notEqual(exitCode, 0);
  });
});
