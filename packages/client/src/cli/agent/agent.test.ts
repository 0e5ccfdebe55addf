import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, lstat, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { createServer as createListener } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { TokenError } from '../../core/errors.ts';
import { fromFunction } from '../../core/from-function.ts';
import type { TokenFields, TokenSource } from '../../core/types.ts';
import { manualClock } from '../../testing/manual-clock.ts';
import type { ServedProfiles } from './answer.ts';
import { agentAtPort, agentAtSocket } from './listen.ts';

const homes: string[] = [];
after(() => Promise.all(homes.map((home) => rm(home, { recursive: true }))));

async function emptyFolder(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'hufu-agent-'));
  homes.push(home);
  return home;
}

const hourMs = 3_600_000;
const keys = { accessKeyId: 'AKID', accessKeySecret: 'AKSECRET' };

/** Numbered tokens: what is served tells how often somebody was asked. */
function counting(fields: Partial<TokenFields> = {}): { readonly source: TokenSource; readonly count: () => number } {
  let count = 0;
  const source = fromFunction(async () => {
    count += 1;
    return { token: `token-${count}`, lifetimeMs: hourMs, ...fields };
  });
  return { source, count: () => count };
}

const failing = (error: TokenError): TokenSource =>
  fromFunction(() => Promise.reject(error), { policy: { retries: 0 } });

const serving = (sources: Readonly<Record<string, TokenSource>>): ServedProfiles => ({
  names: async () => Object.keys(sources),
  async find(name) {
    const source = Object.hasOwn(sources, name) ? sources[name] : undefined;
    return source && { provider: 'sample', source };
  },
});

interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Heard {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Readonly<Record<string, unknown>>;
}

/** @param place a socket, or an address. */
async function ask(place: string, path: string, { method = 'GET', headers = {}, body }: Asking = {}): Promise<Heard> {
  const asking = place.startsWith('http')
    ? request(`${place}${path}`, { method, headers })
    : request({ socketPath: place, path, method, headers });
  asking.end(body);
  const [answer]: [IncomingMessage] = (await once(asking, 'response')) as [IncomingMessage];
  const text = (await answer.toArray()).join('');
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: JSON.parse(text) };
}

async function socketOf(sources: Readonly<Record<string, TokenSource>>) {
  const path = join(await emptyFolder(), 'agent.sock');
  const agent = await agentAtSocket(serving(sources), path);
  return { path, agent, [Symbol.asyncDispose]: () => agent.close() };
}

describe('an agent', () => {
  it('gives one token to all who ask at once', async () => {
    const { source, count } = counting();
    await using world = await socketOf({ logs: source });
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(world.path, '/v1/token/logs')));
    assert.deepEqual(new Set(answers.map(({ status, body }) => `${status} ${body.token}`)), new Set(['200 token-1']));
    assert.equal(count(), 1);
    const [{ headers, body }] = answers as [Heard];
    assert.equal(headers['cache-control'], 'no-store');
    assert.deepEqual(
      { ...body, expiresAt: typeof body.expiresAt },
      {
        profile: 'logs',
        provider: 'sample',
        token: 'token-1',
        type: 'Bearer',
        expiresAt: 'string',
        scope: null,
        audience: null,
        subject: null,
        idToken: null,
        extra: {},
      },
    );
  });

  it('gives a token that lives for as long as was asked', async () => {
    const clock = manualClock();
    let count = 0;
    const next = async () => ({ token: `token-${++count}`, lifetimeMs: hourMs });
    await using world = await socketOf({ logs: fromFunction(next, { clock }) });
    const tokenFor = async (minValidityMs: number) =>
      (await ask(world.path, `/v1/token/logs?minValidityMs=${minValidityMs}`)).body.token;
    assert.equal(await tokenFor(0), 'token-1');
    await clock.advance(hourMs / 2);
    assert.equal(await tokenFor(hourMs / 4), 'token-1');
    assert.equal(await tokenFor((hourMs * 3) / 4), 'token-2');
    for (const wrong of ['-1', '1.5', 'x', '', '9'.repeat(13)]) {
      const { status, body } = await ask(world.path, `/v1/token/logs?minValidityMs=${wrong}`);
      assert.deepEqual([status, body.error], [400, 'bad_request'], wrong);
    }
  });

  it('lets a caller say that a server refused the token, once', async () => {
    const { source } = counting();
    await using world = await socketOf({ logs: source });
    await ask(world.path, '/v1/token/logs');
    const reject = (token: string) =>
      ask(world.path, '/v1/token/logs/reject', { method: 'POST', body: JSON.stringify({ token }) });
    assert.deepEqual((await reject('another')).body, { rejected: false });
    assert.equal((await ask(world.path, '/v1/token/logs')).body.token, 'token-1');
    assert.deepEqual((await reject('token-1')).body, { rejected: true });
    assert.equal((await ask(world.path, '/v1/token/logs')).body.token, 'token-2');
    assert.deepEqual((await reject('token-1')).body, { rejected: false });
    assert.equal((await ask(world.path, '/v1/token/logs')).body.token, 'token-2');
    const wrong = await ask(world.path, '/v1/token/logs/reject', { method: 'POST', body: 'token-2' });
    assert.deepEqual([wrong.status, wrong.body.error], [400, 'bad_request']);
  });

  it('answers as ALIBABA_CLOUD_CREDENTIALS_URI wants it, where tokens are keys', async () => {
    const keyed = counting({ extra: keys });
    const plain = counting();
    await using world = await socketOf({ oss: keyed.source, logs: plain.source });
    const { status, body } = await ask(world.path, '/v1/credentials/oss');
    assert.equal(status, 200);
    assert.match(String(body.Expiration), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.deepEqual(
      { ...body, Expiration: '' },
      {
        Code: 'Success',
        AccessKeyId: 'AKID',
        AccessKeySecret: 'AKSECRET',
        SecurityToken: 'token-1',
        Expiration: '',
      },
    );
    const endless = fromFunction(async () => ({ token: 'STS', extra: keys }));
    await using other = await socketOf({ oss: endless });
    const until = Date.parse(String((await ask(other.path, '/v1/credentials/oss')).body.Expiration));
    assert.ok(until > Date.now(), 'SDKs have to be told an end, and come back');
    assert.equal((await ask(other.path, '/v1/token/oss')).body.expiresAt, null);
    const refused = await ask(world.path, '/v1/credentials/logs');
    assert.deepEqual([refused.status, refused.body.Code], [500, 'config']);
  });

  it('has a status for each kind of failure, with the code and the exit code of the commands', async () => {
    const failures = [
      ['reauth_required', 409, 3],
      ['network', 503, 4],
      ['store_write', 500, 5],
      ['invalid_client', 502, 6],
      ['config', 500, 2],
    ] as const;
    for (const [code, status, exitCode] of failures) {
      await using world = await socketOf({ logs: failing(new TokenError({ code, message: 'as ordered' })) });
      const { status: found, body } = await ask(world.path, '/v1/token/logs');
      assert.deepEqual([found, body.error, body.exitCode, body.Code], [status, code, exitCode, code]);
    }
  });

  it('names its profiles, and has no others', async () => {
    await using world = await socketOf({ logs: counting().source, 'a b': counting().source });
    assert.deepEqual((await ask(world.path, '/v1/profiles')).body, { profiles: ['logs', 'a b'] });
    assert.equal((await ask(world.path, '/v1/token/a%20b')).status, 200);
    for (const path of ['/v1/token/nope', '/v1/token/%E0%A4', '/v1/token/__proto__']) {
      const { status, body } = await ask(world.path, path);
      assert.deepEqual([status, body.error], [404, 'no_profile'], path);
    }
    for (const path of ['/', '/v1/token', '/v1/token/logs/other', '/v2/token/logs', '/v1/constructor/logs']) {
      const { status, body } = await ask(world.path, path);
      assert.deepEqual([status, body.error], [404, 'not_found'], path);
    }
    for (const [path, allow] of [
      ['/v1/token/logs', 'GET'],
      ['/v1/profiles', 'GET'],
    ] as const) {
      const { status, headers } = await ask(world.path, path, { method: 'DELETE' });
      assert.deepEqual([status, headers.allow], [405, allow]);
    }
    assert.equal((await ask(world.path, '/v1/token/logs/reject')).headers.allow, 'POST');
  });

  it('reads no endless body', async () => {
    await using world = await socketOf({ logs: counting().source });
    const body = JSON.stringify({ token: 'x'.repeat(64 * 1024) });
    assert.equal((await ask(world.path, '/v1/token/logs/reject', { method: 'POST', body })).status, 413);
  });
});

describe("an agent's socket", () => {
  it('is for its owner alone', async () => {
    await using world = await socketOf({});
    assert.equal((await stat(world.path)).mode & 0o777, 0o600);
  });

  it('is gone when the agent has ended, whoever was waiting', async () => {
    const server = Promise.withResolvers<TokenFields>();
    const world = await socketOf({ logs: fromFunction(() => server.promise) });
    const waiting = ask(world.path, '/v1/token/logs').catch(() => 'ended');
    // Another is answered: the first has been heard by now.
    await ask(world.path, '/v1/profiles');
    await world.agent.close();
    assert.equal(await waiting, 'ended');
    server.resolve({ token: 'too late' });
    assert.ok(!(await readdir(join(world.path, '..'))).includes('agent.sock'));
  });

  it('takes the place of one whose process died', async () => {
    const path = join(await emptyFolder(), 'agent.sock');
    await deadSocket(path);
    assert.ok((await lstat(path)).isSocket());
    const agent = await agentAtSocket(serving({}), path);
    assert.equal((await ask(path, '/v1/profiles')).status, 200);
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    await agent.close();
  });

  it('of several who find a dead socket, one takes it and the others say so', async () => {
    const path = join(await emptyFolder(), 'agent.sock');
    await deadSocket(path);
    const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => agentAtSocket(serving({}), path)));
    const [agent, ...more] = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    assert.ok(agent && more.length === 0);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') assert.equal(outcome.reason.code, 'agent_running');
    }
    assert.equal((await ask(path, '/v1/profiles')).status, 200);
    await agent.close();
  });

  it('leaves alone what lives there, and what is no socket', async () => {
    await using world = await socketOf({});
    await assert.rejects(agentAtSocket(serving({}), world.path), { code: 'agent_running', exitCode: 5 });
    assert.equal((await ask(world.path, '/v1/profiles')).status, 200);
    const file = join(await emptyFolder(), 'notes.txt');
    await writeFile(file, 'mine');
    await chmod(file, 0o600);
    await assert.rejects(agentAtSocket(serving({}), file), { code: 'usage', exitCode: 2 });
    assert.ok((await lstat(file)).isFile());
  });

  it('with a path that the kernel would cut is refused', async () => {
    const folder = await emptyFolder();
    const mostBytes = process.platform === 'linux' ? 107 : 103;
    const fitting = join(folder, 'x'.repeat(mostBytes - folder.length - 1));
    const agent = await agentAtSocket(serving({}), fitting);
    await agent.close();
    await assert.rejects(agentAtSocket(serving({}), `${fitting}y`), { code: 'usage' });
  });
});

/** As a process that was killed leaves it: the file is there, and nobody listens. */
async function deadSocket(path: string): Promise<void> {
  const script = `require('node:net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))`;
  await once(spawn(process.execPath, ['-e', script, path]), 'exit');
}

describe("an agent's port", () => {
  async function opened() {
    const agent = await agentAtPort(serving({ logs: counting({ extra: keys }).source }), 0);
    const port = new URL(agent.url).port;
    const bearer = { authorization: `Bearer ${agent.secret}` };
    return { ...agent, port, bearer, [Symbol.asyncDispose]: () => agent.close() };
  }

  it('answers who has the secret, in a header or in the address', async () => {
    await using agent = await opened();
    assert.equal((await ask(agent.url, '/v1/token/logs', { headers: agent.bearer })).status, 200);
    assert.equal((await ask(agent.url, `/v1/credentials/logs?secret=${agent.secret}`)).status, 200);
    assert.equal(
      (await ask(agent.url.replace('127.0.0.1', 'localhost'), '/v1/profiles', { headers: agent.bearer })).status,
      200,
    );
  });

  it('answers nobody else', async () => {
    await using agent = await opened();
    const wrong = agent.secret.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    for (const headers of [
      {},
      { authorization: 'Bearer ' },
      { authorization: `Bearer ${wrong}` },
      { authorization: `Basic ${agent.secret}` },
    ]) {
      const answer = await ask(agent.url, '/v1/token/logs', { headers });
      assert.deepEqual([answer.status, answer.headers['www-authenticate']], [401, 'Bearer']);
    }
    assert.equal((await ask(agent.url, `/v1/token/logs?secret=${wrong}`)).status, 401);
  });

  it('answers to no other name, which is how DNS rebinding arrives', async () => {
    await using agent = await opened();
    for (const host of [
      'evil.example',
      `evil.example:${agent.port}`,
      '127.0.0.1',
      '127.0.0.1:1',
      '127.0.0.1.evil.example',
    ]) {
      const answer = await ask(agent.url, '/v1/token/logs', { headers: { ...agent.bearer, host } });
      assert.deepEqual([answer.status, answer.body.error], [403, 'forbidden'], host);
    }
  });

  it('answers no page of a browser, and neither does a socket', async () => {
    await using agent = await opened();
    await using world = await socketOf({});
    for (const headers of [{ origin: agent.url }, { origin: 'null' }, { 'sec-fetch-site': 'none' }]) {
      assert.equal((await ask(agent.url, '/v1/token/logs', { headers: { ...agent.bearer, ...headers } })).status, 403);
      assert.equal((await ask(world.path, '/v1/profiles', { headers })).status, 403);
    }
  });

  it('is on loopback, and says when it is taken', async () => {
    const taken = createListener().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { readonly port: number };
    await assert.rejects(agentAtPort(serving({}), port), {
      code: 'usage',
      message: `--tcp: port ${port} cannot be listened at (EADDRINUSE)`,
    });
    taken.close();
  });
});
