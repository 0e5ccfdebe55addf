/** `hufu-client login` and `logout` against a running server: people at a browser, typed secrets, and what stays when it is cut off. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type CommandWorld, openCommandWorld, type Running } from './commands.ts';
import { visitor } from './visitor.ts';

let world: CommandWorld;
before(async () => {
  world = await openCommandWorld();
});
after(() => world[Symbol.asyncDispose]());

const address = (login: Running): Promise<string> => login.line(/^http:/);
const start = (...args: readonly string[]): Running => world.home.start(['login', ...args], { env: world.env });

/** Logs in as the demo user; where the browser ends. */
async function visit(url: string): Promise<string> {
  const { oauth, pds } = world.emulator.description;
  const user = url.includes('/v2/') ? { userName: pds.user.userName, password: pds.user.password } : oauth.user;
  return String(await visitor(user)(url, { signal: new AbortController().signal }));
}

async function logIn(name: string): Promise<void> {
  const login = start(name);
  const answer = await fetch(await visit(await address(login)));
  assert.equal(answer.status, 200);
  assert.equal((await login.ended).exitCode, 0);
}

async function isActive(token: string): Promise<boolean> {
  const { issuer, resourceServer } = world.emulator.description.oauth;
  const { clientId, clientSecret } = resourceServer;
  const answer = await fetch(`${issuer}/oauth2/introspect`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams({ token }),
  });
  return JSON.parse(await answer.text()).active;
}

/** Everything below a folder. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  );
}

describe('hufu-client login, for people', () => {
  for (const name of ['person', 'pdsperson'] as const) {
    it(`shows an address, waits for the browser, and has a session that renews itself: ${name}`, async () => {
      const login = start(name, '--json');
      const url = await address(login);
      const page = await fetch(await visit(url));
      assert.equal(page.status, 200);
      assert.equal(page.headers.get('cache-control'), 'no-store');
      assert.match(page.headers.get('content-security-policy') ?? '', /^default-src 'none'/);
      const { exitCode, stdout, stderr } = await login.ended;
      assert.deepEqual([exitCode, stderr], [0, `Log in at\n${url}\n`]);
      const { state, loginNeeded, renewable } = JSON.parse(stdout);
      assert.deepEqual([state, loginNeeded, renewable], ['fresh', false, true]);
      const { token: first } = await world.json(['token', name]);
      await world.json(['refresh', name]);
      assert.notEqual((await world.json(['token', name])).token, first);
    });
  }

  it('keeps what it has for its user alone', async () => {
    await logIn('person');
    const files = filesIn(world.home.folder).filter((path) => !path.endsWith('.pem'));
    assert.ok(files.length > 2);
    for (const path of files) assert.equal(lstatSync(path).mode & 0o777, 0o600, path);
    for (const folder of ['data/tokens', 'config']) {
      assert.equal(lstatSync(join(world.home.folder, folder)).mode & 0o777, 0o700, folder);
    }
    const { token } = await world.json(['token', 'person']);
    const telling = files.filter((path) => readFileSync(path, 'utf8').includes(String(token)));
    assert.equal(telling.length, 1);
    assert.match(telling[0] ?? '', /\/data\/tokens\/[0-9a-f]{64}\/\d+$/);
  });

  it('goes on where somebody else knocks at its address', async () => {
    const login = start('person');
    const callback = new URL(await visit(await address(login)));
    const stray = (change: (url: URL) => void): URL => {
      const url = new URL(callback);
      change(url);
      return url;
    };
    for (const url of [
      stray((other) => other.searchParams.set('state', 'another')),
      stray((other) => other.searchParams.delete('state')),
      stray((other) => {
        other.pathname = '/favicon.ico';
      }),
    ]) {
      assert.equal((await fetch(url)).status, 404, url.href);
    }
    assert.equal((await fetch(callback, { method: 'POST' })).status, 404);
    assert.equal(await statusUnder(callback, 'rebound.example'), 404);
    assert.equal((await fetch(callback)).status, 200);
    assert.equal((await login.ended).exitCode, 0);
  });

  it('takes the address at which a browser on another machine ended', async () => {
    const login = world.home.start(['login', 'person', '--paste'], { env: world.env, isOpen: true });
    const callback = await visit(await address(login));
    login.process.stdin?.end(`${callback}\n`);
    assert.equal((await login.ended).exitCode, 0);
    const wrong = await world.run(['login', 'person', '--paste'], { stdin: 'http://127.0.0.1/callback\n' });
    assert.equal(wrong.exitCode, 3);
    assert.match(wrong.stderr, /\nhufu-client: person: what was given is not the address of a login/);
  });

  it('says that the person did not agree', async () => {
    const login = start('person');
    const url = new URL(await address(login));
    const back = new URL(url.searchParams.get('redirect_uri') ?? '');
    const { issuer } = world.emulator.description.oauth;
    back.search = String(
      new URLSearchParams({ error: 'access_denied', state: url.searchParams.get('state') ?? '', iss: issuer }),
    );
    assert.match(await (await fetch(back)).text(), /was not completed/);
    const { exitCode, stderr } = await login.ended;
    assert.equal(exitCode, 3);
    assert.match(stderr, /\nhufu-client: person: the login gave no code \(access_denied\)\n/);
  });

  it('asks nobody with --no-input, and waits no longer than it is told', async () => {
    const none = await world.run(['login', 'person', '--no-input']);
    assert.deepEqual([none.exitCode, none.stdout], [3, '']);
    assert.match(none.stderr, /--no-input asks nobody/);
    const late = await world.run(['login', 'person', '--timeout', '0s']);
    assert.deepEqual([late.exitCode, late.stdout], [4, '']);
  });

  it('leaves nothing behind when it is killed, and whoever comes next need not wait', async () => {
    await world.json(['logout', 'person']);
    const before = filesIn(join(world.home.folder, 'config')).length;
    const login = start('person');
    await address(login);
    login.process.kill('SIGKILL');
    await once(login.process, 'exit');
    const { state, loginNeeded } = JSON.parse((await world.run(['status', 'person', '--json'])).stdout);
    assert.deepEqual([state, loginNeeded], ['empty', true]);
    assert.equal(filesIn(join(world.home.folder, 'config')).length, before);
    await logIn('person');
  });

  it('keeps the session that is there until the new one is', async () => {
    await logIn('person');
    const { token } = await world.json(['token', 'person']);
    const login = start('person');
    await address(login);
    login.process.kill('SIGTERM');
    await login.ended;
    assert.equal((await world.json(['token', 'person'])).token, token);
  });
});

/** The status under another name of this machine, as a page of another site would reach it. */
async function statusUnder(url: URL, host: string): Promise<number | undefined> {
  const asked = request(url, { headers: { host } }).end();
  const [response] = await once(asked, 'response');
  response.resume();
  return response.statusCode;
}

describe('hufu-client login, with typed secrets', () => {
  const add = async (name: string): Promise<void> => {
    const { issuer, confidentialClient } = world.emulator.description.oauth;
    const set = ['--set', `issuer=${issuer}`, '--set', `clientId=${confidentialClient.clientId}`];
    const { stderr } = await world.run([
      ...['profile', 'add', name, '--provider', 'oauth2', '--grant', 'client_credentials', ...set],
      ...['--secret', 'clientSecret=stored'],
    ]);
    assert.match(stderr, /next: hufu-client login/);
  };
  const secret = (): string => world.emulator.description.oauth.confidentialClient.clientSecret;

  it('keeps a secret that the server takes, and forgets it at the logout', async () => {
    await add('typed');
    const early = await world.run(['token', 'typed']);
    assert.equal(early.exitCode, 3);
    assert.match(early.stderr, /clientSecret: it is not stored yet/);
    assert.equal((await world.run(['status', 'typed'])).exitCode, 3);
    const login = await world.run(['login', 'typed', '--stdin', 'clientSecret'], { stdin: `${secret()}\n` });
    assert.equal(login.exitCode, 0);
    assert.equal((await world.run(['refresh', 'typed'])).exitCode, 0);
    assert.equal((await world.run(['status', 'typed'])).exitCode, 0);
    await world.run(['logout', 'typed']);
    assert.equal((await world.run(['token', 'typed'])).exitCode, 3);
  });

  it('does not keep a secret that the server refuses', async () => {
    await add('wrong');
    const login = await world.run(['login', 'wrong', '--stdin', 'clientSecret'], { stdin: 'not-the-secret' });
    assert.deepEqual([login.exitCode, login.stdout], [6, '']);
    assert.ok(!login.stderr.includes('not-the-secret'));
    assert.equal((await world.run(['refresh', 'wrong'])).exitCode, 3);
  });

  it('needs somebody to type', async () => {
    await add('untyped');
    const { exitCode, stderr } = await world.run(['login', 'untyped']);
    assert.equal(exitCode, 3);
    assert.match(stderr, /clientSecret has to be typed: on a terminal, or given by --stdin clientSecret/);
    assert.equal((await world.run(['login', 'untyped', '--stdin', 'other'])).exitCode, 2);
  });

  it('tries the secrets that stand elsewhere', async () => {
    assert.equal((await world.run(['login', 'oauth2'])).exitCode, 0);
  });
});

describe('hufu-client logout', () => {
  it('ends the session at the server', async () => {
    await logIn('person');
    const token = String((await world.json(['token', 'person'])).token);
    assert.equal(await isActive(token), true);
    assert.deepEqual(await world.json(['logout', 'person']), {
      name: 'person',
      result: 'logged_out',
      remote: 'revoked',
    });
    assert.equal(await isActive(token), false);
    assert.equal((await world.json(['logout', 'person'])).remote, 'none');
  });

  it('leaves it there where it is told to', async () => {
    await logIn('person');
    const token = String((await world.json(['token', 'person'])).token);
    assert.equal((await world.json(['logout', 'person', '--keep-remote'])).remote, 'kept');
    assert.equal(await isActive(token), true);
    assert.equal((await world.run(['token', 'person'])).exitCode, 3);
  });

  it('says where the server could not be told, or has no way to end it', async () => {
    await logIn('person');
    world.emulator.faults.add({ path: '/oauth2/revoke', when: 'before', do: 'status', status: 503, times: 10 });
    const { exitCode, stdout } = await world.run(['logout', 'person', '--json']);
    assert.deepEqual([exitCode, JSON.parse(stdout).remote], [4, 'not_confirmed']);
    assert.equal((await world.run(['token', 'person'])).exitCode, 3);
    await world.json(['token', 'sls']);
    assert.equal((await world.json(['logout', 'sls'])).remote, 'not_offered');
  });
});
