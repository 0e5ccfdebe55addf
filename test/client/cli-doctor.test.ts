/** The doctor of profiles, before everything that commonly goes wrong, from both commands. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createServer, type Server } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { sampleCertificate } from '../../packages/client/src/cli/doctor/certificate.sample.ts';
import { type Emulator, startEmulator } from '../../packages/server/src/emulator/start.ts';
import { type Home, openHome, type RunOptions } from './commands.ts';

const hufu = fileURLToPath(new URL('../../packages/server/bin/hufu.js', import.meta.url));

let emulator: Emulator;
let home: Home;
let secrets: readonly string[];

const add = (name: string, provider: string, ...more: readonly string[]): Promise<string> =>
  home.output(['profile', 'add', name, '--provider', provider, ...more]);
const set = (options: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(options).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
const secret = (name: string, variable: string): readonly string[] => ['--secret', `${name}=env:${variable}`];

before(async () => {
  emulator = await startEmulator({});
  const { sls, pds, scnet, oauth } = emulator.description;
  const { accessKeySecret, denied } = sls;
  secrets = [accessKeySecret, denied.accessKeySecret, scnet.secretKey, oauth.confidentialClient.clientSecret];
  home = openHome({
    SLS_SECRET: accessKeySecret,
    DENIED_SECRET: denied.accessKeySecret,
    PDS_KEY: pds.jwtApp.privateKeyPem,
    SCNET_KEY: scnet.secretKey,
    CLIENT_SECRET: oauth.confidentialClient.clientSecret,
  });
  const endpoint = `http://${sls.endpoint}`;
  await add(
    'logs',
    'sls',
    ...set({ endpoint, accessKeyId: sls.accessKeyId }),
    ...secret('accessKeySecret', 'SLS_SECRET'),
  );
  await add(
    'denied',
    'sls',
    ...set({ endpoint, accessKeyId: denied.accessKeyId }),
    ...secret('accessKeySecret', 'DENIED_SECRET'),
  );
  const { domainId, apiEndpoint, jwtApp, user } = pds;
  const drive = { domainId, endpoint: apiEndpoint, clientId: jwtApp.clientId, userId: user.userId };
  await add('drive', 'pds', '--grant', 'user-jwt', ...set(drive), ...secret('privateKeyPem', 'PDS_KEY'));
  const { user: login, accessKey, acBase, apiBase } = scnet;
  await add(
    'jobs',
    'scnet',
    '--grant',
    'access-key',
    ...set({ user: login, accessKey, acBase, apiBase }),
    ...secret('secretKey', 'SCNET_KEY'),
  );
  const { issuer, publicClient, confidentialClient } = oauth;
  await add('person', 'oauth2', '--grant', 'code', ...set({ issuer, clientId: publicClient.clientId }));
  await add(
    'client',
    'oauth2',
    '--grant',
    'client_credentials',
    ...set({ issuer, clientId: confidentialClient.clientId }),
    ...secret('clientSecret', 'CLIENT_SECRET'),
  );
});
after(async () => {
  home[Symbol.dispose]();
  await emulator.stop();
});

interface Found {
  readonly code: number | null;
  readonly ok: boolean;
  /** Name and state of each check. */
  readonly states: readonly string[];
  readonly detail: (name: string) => string;
}

async function examined(profile: string, given: RunOptions = {}, ...options: readonly string[]): Promise<Found> {
  const { exitCode: code, stdout, stderr } = await home.run(['doctor', profile, '--json', ...options], given);
  for (const text of secrets) assert.ok(!(stdout + stderr).includes(text), 'shows a secret');
  assert.equal(stderr, '');
  const { ok, checks }: { ok: boolean; checks: { name: string; state: string; detail: string }[] } = JSON.parse(stdout);
  assert.equal(code, ok ? 0 : 1);
  const detail = (name: string): string => checks.find((check) => check.name === name)?.detail ?? '';
  return { code, ok, states: checks.map(({ name, state }) => `${name} ${state}`), detail };
}

const beginning = ['profile ok', 'storage warning', 'secrets ok', 'grant skipped', 'lock ok'];
const reach = ['dns ok', 'tcp ok', 'clock ok'];

describe('doctor of a profile', () => {
  for (const [name, servers] of [
    ['logs', 1],
    ['drive', 1],
    ['jobs', 1],
    ['client', 1],
  ] as const) {
    it(`finds ${name} in order, and leaves nothing behind`, async () => {
      const found = await examined(name);
      const reached = Array.from({ length: servers }, () => reach).flat();
      assert.deepEqual(found.states, [...beginning, ...reached, 'token ok']);
      const { tokens } = JSON.parse(await home.output(['status', name, '--json']).catch(() => '{}'));
      assert.equal(tokens, undefined);
      assert.deepEqual((await examined(name)).states, found.states);
    });
  }

  it('is one screen for people', async () => {
    const { exitCode: code, stdout } = await home.run(['doctor', 'logs']);
    assert.equal(code, 0);
    assert.match(stdout, /^ok {7}profile {8}logs: sls, ticket\nwarning {2}storage /);
    assert.equal(stdout.trimEnd().split('\n').length, 9);
  });

  it('says which variable is missing, and asks nobody', async () => {
    const before = emulator.requests.list().length;
    const found = await examined('client', { env: { CLIENT_SECRET: '' } });
    assert.deepEqual(found.states.slice(2, 3), ['secrets failed']);
    assert.match(found.detail('secrets'), /^clientSecret: nothing stands where the profile says/);
    assert.equal(found.states.at(-1), 'token skipped');
    assert.ok(
      emulator.requests
        .list()
        .slice(before)
        .every(({ path }) => path === '/'),
    );
  });

  it('tells a wrong secret from a right that is missing', async () => {
    const wrong = await examined('logs', { env: { SLS_SECRET: 'wrong' } });
    assert.match(wrong.detail('token'), /SignatureNotMatch.*: the AccessKey secret is wrong/);
    const denied = await examined('denied');
    assert.match(denied.detail('token'), /Unauthorized.*log:CreateTicket/);
  });

  it('tells a server that is down from a name that is wrong', async () => {
    await add(
      'down',
      'sls',
      ...set({ endpoint: 'http://127.0.0.1:1', accessKeyId: 'a' }),
      ...secret('accessKeySecret', 'SLS_SECRET'),
    );
    const down = await examined('down');
    assert.deepEqual(down.states.slice(-3), ['dns ok', 'tcp failed', 'token skipped']);
    assert.match(down.detail('tcp'), /nobody listens there/);
    await add(
      'nowhere',
      'sls',
      ...set({ endpoint: 'https://nothing.invalid', accessKeyId: 'a' }),
      ...secret('accessKeySecret', 'SLS_SECRET'),
    );
    assert.deepEqual((await examined('nowhere')).states.slice(-2), ['dns failed', 'token skipped']);
  });

  it('says that nobody has logged in', async () => {
    const found = await examined('person');
    assert.ok(found.states.includes('grant failed'));
    assert.equal(found.detail('grant'), 'nobody has logged in: log in: hufu-client login person');
  });

  it('says that there is no such profile', async () => {
    const found = await examined('nope');
    assert.deepEqual(found.states, ['profile failed']);
    assert.match(found.detail('profile'), /add it: hufu-client profile add nope$/);
  });

  it('notices the clock of the machine', async () => {
    emulator.clock.advance(3_600);
    const found = await examined('client');
    emulator.clock.advance(-3_600);
    assert.ok(found.states.includes('clock warning'));
    assert.match(found.detail('clock'), /^this machine is 60 min behind the server/);
  });

  it('shows the pause after a failure', async () => {
    assert.equal((await home.run(['token', 'down'])).exitCode, 4);
    const found = await examined('down');
    assert.ok(found.states.includes('pause warning'));
    assert.match(found.detail('pause'), /\(network\) nobody asks until .*hufu-client refresh down$/);
  });
});

describe('doctor and certificates', () => {
  let front: Server;
  let folder: string;

  before(async () => {
    folder = home.folder;
    const facts = { names: ['localhost'], fromMs: Date.now() - 86_400_000, untilMs: Date.now() + 90 * 86_400_000 };
    const { cert, key } = sampleCertificate(facts);
    await writeFile(join(folder, 'root.pem'), cert);
    const { port } = new URL(emulator.url);
    front = createServer({ cert, key }, (socket) => {
      const behind = connect(Number(port), '127.0.0.1');
      for (const end of [socket, behind]) end.on('error', () => end.destroy());
      socket.pipe(behind).pipe(socket);
    });
    front.listen(0, '127.0.0.1');
    await once(front, 'listening');
    // A server on TCP has an address of this form.
    const { port: frontPort } = front.address() as { readonly port: number };
    const endpoint = `https://localhost:${frontPort}`;
    const { accessKeyId } = emulator.description.sls;
    await add('tls', 'sls', ...set({ endpoint, accessKeyId }), ...secret('accessKeySecret', 'SLS_SECRET'));
  });
  after(() => {
    front.close();
  });

  it('say whom this machine does not trust, and how it would', async () => {
    const found = await examined('tls');
    assert.deepEqual(found.states.slice(-2), ['tls failed', 'token skipped']);
    assert.match(found.detail('tls'), /NODE_EXTRA_CA_CERTS$/);
    const trusting = await examined('tls', { env: { NODE_EXTRA_CA_CERTS: join(folder, 'root.pem') } });
    assert.ok(trusting.states.includes('tls ok'));
    assert.match(trusting.detail('tls'), /^certificate for localhost by Sample, until \d{4}-\d\d-\d\d$/);
    assert.equal(trusting.states.at(-1), 'token ok');
  });
});

describe('hufu doctor', () => {
  const run = (...args: readonly string[]): Promise<{ readonly code: number; readonly stdout: string }> =>
    new Promise((resolve) => {
      execFile(process.execPath, [hufu, 'doctor', ...args], { env: { ...home.env } }, (error, stdout) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout });
      });
    });

  it('examines a profile where one is named, and the server where none is', async () => {
    const profile = await run('jobs');
    assert.equal(profile.code, 0);
    assert.match(profile.stdout, /^ok {7}profile {8}jobs: scnet, access-key$/m);
    const server = await run('--data', join(home.folder, 'server'));
    assert.match(server.stdout, /^ok {7}configuration/);
  });

  it('takes no options of the one for the other', async () => {
    assert.equal((await run('jobs', '--data', home.folder)).code, 2);
    assert.equal((await run('--refresh')).code, 2);
  });
});
