/** The agent as a process: others ask it, it ends when it is told to, and Alibaba Cloud's own SDK takes its keys. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import Credential, { Config } from '@alicloud/credentials';
import { type Emulator, startEmulator } from '../../packages/server/src/emulator/start.ts';
import { type Home, openHome } from './commands.ts';

let emulator: Emulator;
let home: Home;
/** A server whose tokens are temporary keys, as security token services have them. */
let keyServer: Server;
let keysGiven = 0;

before(async () => {
  emulator = await startEmulator({});
  keyServer = createServer((_request, answer) => {
    keysGiven += 1;
    answer.setHeader('content-type', 'application/json');
    const keys = { accessKeyId: `AKID${keysGiven}`, accessKeySecret: 'SECRET' };
    answer.end(JSON.stringify({ access_token: 'STS', token_type: 'Bearer', expires_in: 3600, ...keys }));
  }).listen(0, '127.0.0.1');
  await once(keyServer, 'listening');
  // A server on TCP has an address of this form.
  const { port } = keyServer.address() as { readonly port: number };
  const { endpoint, accessKeyId, accessKeySecret } = emulator.description.sls;
  home = openHome({ SLS_SECRET: accessKeySecret, KEY_SECRET: 'x' });
  await home.output([
    ...['profile', 'add', 'logs', '--provider', 'sls', '--set', `endpoint=http://${endpoint}`],
    ...['--set', `accessKeyId=${accessKeyId}`, '--secret', 'accessKeySecret=env:SLS_SECRET'],
  ]);
  const issuer = `http://127.0.0.1:${port}`;
  await home.output([
    ...['profile', 'add', 'keys', '--provider', 'oauth2', '--grant', 'client_credentials', '--set', `issuer=${issuer}`],
    ...['--set', 'clientId=c', '--secret', 'clientSecret=env:KEY_SECRET'],
    ...['--set', `metadata={"token_endpoint":"${issuer}/token"}`],
  ]);
});
after(async () => {
  home[Symbol.dispose]();
  keyServer.close();
  await emulator.stop();
});

interface Agent extends AsyncDisposable {
  /** The line that it printed. */
  readonly said: Readonly<Record<string, string>>;
  end(signal: NodeJS.Signals): Promise<number>;
}

async function started(...args: readonly string[]): Promise<Agent> {
  const { process: child, said, ended } = home.start(['agent', ...args, '--json']);
  const line = await said(/^\{/);
  const end = async (signal: NodeJS.Signals): Promise<number> => {
    child.kill(signal);
    return (await ended).exitCode;
  };
  return { said: JSON.parse(line), end, [Symbol.asyncDispose]: () => end('SIGTERM').then(() => {}) };
}

async function ask(socketPath: string, path: string): Promise<Readonly<Record<string, unknown>>> {
  const asking = request({ socketPath, path });
  asking.end();
  const [answer] = await once(asking, 'response');
  return JSON.parse((await answer.toArray()).join(''));
}

describe('agent', () => {
  it('has one token for all who ask, and the command has the same', async () => {
    const socket = join(home.folder, 'a.sock');
    await using agent = await started('--socket', socket);
    assert.deepEqual(agent.said, { socket });
    assert.equal((await stat(socket)).mode & 0o777, 0o600);
    const before = emulator.requests.list().length;
    const tokens = await Promise.all(Array.from({ length: 20 }, () => ask(socket, '/v1/token/logs')));
    assert.equal(new Set(tokens.map(({ token }) => token)).size, 1);
    assert.equal(emulator.requests.list().length - before, 2);
    assert.equal(await home.output(['token', 'logs']), tokens[0]?.token);
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`ends with 0 at ${signal}, and its socket with it`, async () => {
      const socket = join(home.folder, `${signal}.sock`);
      const agent = await started('--socket', socket);
      assert.equal(await agent.end(signal), 0);
      await assert.rejects(stat(socket), { code: 'ENOENT' });
    });
  }

  it('starts again where one was killed, and not where one lives', async () => {
    const socket = join(home.folder, 'k.sock');
    const killed = await started('--socket', socket);
    await killed.end('SIGKILL');
    assert.ok((await stat(socket)).isSocket());
    await using _agent = await started('--socket', socket);
    const second = await home.run(['agent', '--socket', socket]);
    assert.deepEqual([second.exitCode, second.stdout], [5, '']);
    assert.match(second.stderr, /another agent answers at/);
    assert.deepEqual(await ask(socket, '/v1/profiles'), { profiles: ['keys', 'logs'] });
  });

  it('serves the profiles that were named, as they are now', async () => {
    const socket = join(home.folder, 'n.sock');
    await using _agent = await started('logs', '--socket', socket);
    assert.deepEqual(await ask(socket, '/v1/profiles'), { profiles: ['logs'] });
    assert.equal((await ask(socket, '/v1/token/keys')).error, 'no_profile');
    const first = await ask(socket, '/v1/token/logs');
    await home.output(['profile', 'set', 'logs', '--set', 'accessTokenExpirationTime=600']);
    const second = await ask(socket, '/v1/token/logs');
    assert.notEqual(second.token, first.token);
    const unknown = await home.run(['agent', 'nope', '--socket', join(home.folder, 'u.sock')]);
    assert.equal(unknown.exitCode, 2);
  });

  it('is `serve` where there is no server', async () => {
    const { exitCode: code, stdout } = await home.run(['serve', '--help']);
    assert.deepEqual([code, stdout.split('\n')[0]], [0, 'Usage: hufu-client agent|serve [options] [profiles...]']);
  });
});

describe("agent's port", () => {
  it('gives its secret once: on standard output, or to a file for its owner alone', async () => {
    await using shown = await started('--tcp', '0');
    assert.match(shown.said.secret ?? '', /^[\w-]{43}$/);
    const file = join(home.folder, 'secret');
    await using kept = await started('--tcp', '0', '--secret-file', file);
    assert.deepEqual(Object.keys(kept.said), ['url', 'secretFile']);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    const authorization = `Bearer ${(await readFile(file, 'utf8')).trim()}`;
    assert.equal((await fetch(`${kept.said.url}/v1/profiles`, { headers: { authorization } })).status, 200);
    assert.equal((await fetch(`${kept.said.url}/v1/profiles`)).status, 401);
    assert.equal((await home.run(['agent', '--tcp', '0', '--secret-file', file])).exitCode, 2);
    assert.equal((await home.run(['agent', '--secret-file', file])).exitCode, 2);
    assert.equal((await home.run(['agent', '--tcp', '65536'])).exitCode, 2);
  });

  it("gives keys to Alibaba Cloud's SDK, unchanged, and one call serves all of its clients", async () => {
    await using agent = await started('--tcp', '0');
    const uri = `${agent.said.url}/v1/credentials/keys?secret=${agent.said.secret}`;
    const before = keysGiven;
    const clients = Array.from({ length: 10 }, () => {
      return new Credential.default(new Config({ type: 'credentials_uri', credentialsURI: uri }));
    });
    const found = await Promise.all(clients.map((client) => client.getCredential()));
    assert.equal(keysGiven - before, 1);
    for (const { accessKeyId, accessKeySecret, securityToken } of found) {
      assert.deepEqual([accessKeyId, accessKeySecret, securityToken], [`AKID${keysGiven}`, 'SECRET', 'STS']);
    }
  });

  it('says to the SDK why it has no keys', async () => {
    await using agent = await started('--tcp', '0');
    const answer = await fetch(`${agent.said.url}/v1/credentials/logs?secret=${agent.said.secret}`);
    const { Code, Message } = (await answer.json()) as Record<string, string>;
    assert.equal(Code, 'config');
    assert.match(Message ?? '', /is for temporary keys, and a token of sls is none/);
  });
});
