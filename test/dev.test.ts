/** `hufu dev` and `hufu tour`, as users and their scripts start them. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import type { Description } from '../packages/server/src/emulator/description.ts';
import { version } from '../packages/server/src/version.ts';
import { firstLine, outputUntil, repository, type Started, start } from './harness/dev.ts';
import { exchange } from './harness/exchange.ts';
import { signV1 } from './harness/sign.ts';
import { claimsOf, sampleInstant } from './harness/sls.ts';

const dev = (...args: string[]): Started => start('dev', '--port', '0', '--json', ...args);
const described = async (started: Started): Promise<Description> => JSON.parse(await firstLine(started));

async function createTicket({ url, sls }: Description, atMs = Date.now()) {
  const answer = await exchange(url, signV1(sls, { path: '/tickets', host: sls.endpoint, atMs }));
  assert.equal(answer.status, 200, answer.body);
  return { ticket: String(JSON.parse(answer.body).ticket), requestId: answer.headers['x-log-requestid'] };
}

/** Members by path, in order, each with the form of its value. */
function shapeOf(value: object, under = ''): string[] {
  return Object.entries(value).flatMap(([name, member]) =>
    typeof member === 'object' && member !== null
      ? shapeOf(member, `${under}${name}.`)
      : `${under}${name}: ${typeof member}`,
  );
}

/** All that does not follow from the port and the folder. */
function secretsOf({ admin, sls, pds, scnet, oauth }: Description): object {
  const { endpoint: _endpoint, ...keys } = sls;
  const { apiEndpoint: _apiEndpoint, ...domain } = pds;
  const { acBase: _acBase, apiBase: _apiBase, ...organisation } = scnet;
  const { issuer: _issuer, ...clients } = oauth;
  return { admin, keys, domain, organisation, clients };
}

describe('hufu dev --json', () => {
  it('says in one line all that a test needs, and nothing else on standard output', async () => {
    await using started = dev();
    const line = await firstLine(started);
    const description: Description = JSON.parse(line);
    assert.deepEqual(shapeOf(description), [
      'url: string',
      'version: string',
      'dataDir: string',
      'admin.token: string',
      'sls.endpoint: string',
      'sls.regionId: string',
      'sls.accessKeyId: string',
      'sls.accessKeySecret: string',
      'sls.temporary.accessKeyId: string',
      'sls.temporary.accessKeySecret: string',
      'sls.temporary.securityToken: string',
      'sls.temporary.expiresAt: string',
      'sls.denied.accessKeyId: string',
      'sls.denied.accessKeySecret: string',
      'pds.apiEndpoint: string',
      'pds.domainId: string',
      'pds.jwtApp.clientId: string',
      'pds.jwtApp.privateKeyPem: string',
      'pds.webServerApp.clientId: string',
      'pds.webServerApp.clientSecret: string',
      'pds.webServerApp.redirectUri: string',
      'pds.nativeApp.clientId: string',
      'pds.nativeApp.redirectUri: string',
      'pds.user.userId: string',
      'pds.user.userName: string',
      'pds.user.password: string',
      'scnet.acBase: string',
      'scnet.apiBase: string',
      'scnet.user: string',
      'scnet.password: string',
      'scnet.orgId: string',
      'scnet.accessKey: string',
      'scnet.secretKey: string',
      ...[0, 1, 2, 3].flatMap((at) => [
        `scnet.clusters.${at}.clusterId: string`,
        `scnet.clusters.${at}.clusterName: string`,
        `scnet.clusters.${at}.status: string`,
      ]),
      'oauth.issuer: string',
      'oauth.confidentialClient.clientId: string',
      'oauth.confidentialClient.clientSecret: string',
      'oauth.confidentialClient.redirectUri: string',
      'oauth.publicClient.clientId: string',
      'oauth.publicClient.redirectUri: string',
      'oauth.resourceServer.clientId: string',
      'oauth.resourceServer.clientSecret: string',
      'oauth.user.userName: string',
      'oauth.user.password: string',
    ]);
    assert.match(description.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(`http://${description.sls.endpoint}`, description.url);
    assert.equal(description.oauth.issuer, description.url);
    assert.equal(description.pds.apiEndpoint, description.url);
    assert.equal(description.scnet.acBase, description.url);
    assert.equal(description.scnet.apiBase, description.url);
    assert.equal(description.version, version);
    assert.match(description.sls.temporary.expiresAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    await createTicket(description);
    started.process.kill('SIGTERM');
    assert.equal(await started.exited, 0);
    assert.equal(await started.output, `${line}\n`);
    assert.equal(await started.errors, '');
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`ends cleanly at ${signal}, and its temporary folder with it`, async () => {
      await using started = dev();
      const { dataDir } = await described(started);
      assert.ok(existsSync(dataDir));
      started.process.kill(signal);
      assert.equal(await started.exited, 0);
      assert.equal(existsSync(dataDir), false);
    });
  }

  it('ends at SIGTERM though a client keeps its connection and another waits for a delayed answer', async () => {
    await using started = dev();
    const description = await described(started);
    const fault = { path: '/tickets', when: 'before', do: 'delay', delayMs: 60_000, times: 1 };
    const headers = { authorization: `Bearer ${description.admin.token}`, 'content-type': 'application/json' };
    // fetch keeps its connection open.
    const added = await fetch(`${description.url}/admin/v1/dev/faults`, {
      method: 'POST',
      headers,
      body: JSON.stringify(fault),
    });
    assert.equal(added.status, 201);
    const waiting = createTicket(description);
    waiting.catch(() => undefined);
    for (let left = 1; left > 0; ) {
      const answer = await fetch(`${description.url}/admin/v1/dev/faults`, { headers });
      left = ((await answer.json()) as { faults: object[] }).faults.length;
    }
    started.process.kill('SIGTERM');
    assert.equal(await started.exited, 0);
  });

  it('ends with its parent: when standard input closes', async () => {
    await using started = dev('--parent');
    await createTicket(await described(started));
    started.process.stdin?.end();
    assert.equal(await started.exited, 0);
  });

  it('ends at SIGTERM with --parent as well, though standard input is open', async () => {
    await using started = dev('--parent');
    await described(started);
    started.process.kill('SIGTERM');
    assert.equal(await started.exited, 0);
  });

  it('runs on without --parent when standard input closes', async () => {
    await using started = dev();
    started.process.stdin?.end();
    await createTicket(await described(started));
    started.process.kill('SIGTERM');
    assert.equal(await started.exited, 0);
  });

  it('gives the same keys, secrets, tickets and request ids for the same seed and a frozen clock', async () => {
    const run = async () => {
      await using started = dev('--seed', 'tally', '--clock', sampleInstant);
      const description = await described(started);
      const answers = [];
      for (let count = 0; count < 3; count++) answers.push(await createTicket(description, Date.parse(sampleInstant)));
      started.process.kill('SIGTERM');
      assert.equal(await started.exited, 0);
      return { secrets: secretsOf(description), answers };
    };
    const first = await run();
    assert.deepEqual(await run(), first);
    assert.equal(claimsOf(first.answers[0]?.ticket ?? '').nonce, Date.parse(sampleInstant));
    assert.match(String(first.answers[0]?.requestId), /^6721A1D5/);
  });

  it('keeps a named folder with its demo data', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'hufu-test-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const run = async () => {
      await using started = dev('--data', folder);
      const description = await described(started);
      started.process.kill('SIGTERM');
      assert.equal(await started.exited, 0);
      return { dataDir: description.dataDir, secrets: secretsOf(description) };
    };
    assert.deepEqual(await run(), await run());
    assert.ok(existsSync(join(folder, 'hufu.db')));
  });

  const refused: ReadonlyArray<readonly [what: string, args: readonly string[], message: RegExp]> = [
    ['a clock that is none', ['--clock', 'yesterday'], /--clock: given .*yesterday/],
    ['a port that is none', ['--port', 'http'], /server\.port: given .*http/],
    ['an option that is none', ['--set', 'sls.nothing=1'], /sls\.nothing/],
    ['the repository as its data folder', ['--data', repository], /--data: given/],
  ];
  for (const [what, args, message] of refused) {
    it(`refuses ${what} with exit code 2, and says so on standard error`, async () => {
      await using started = start('dev', '--port', '0', ...args);
      assert.equal(await started.exited, 2);
      assert.match(await started.errors, message);
      assert.equal(await started.output, '');
    });
  }

  it('says that a port is taken, and how to take another', async (t) => {
    const holder = createServer().listen(0, '127.0.0.1');
    t.after(() => holder.close());
    await once(holder, 'listening');
    const address = holder.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    await using started = start('dev', '--port', port);
    assert.equal(await started.exited, 2);
    assert.match(await started.errors, new RegExp(`^hufu: port ${port} is taken.*--port`));
  });
});

describe('hufu dev', () => {
  it('shows a program for the official SDK that runs as it stands', async () => {
    await using started = start('dev', '--port', '0');
    const page = await outputUntil(started, 'hufu dev --json');
    const code = /With the official SDK[^\n]*\n((?: {2}[^\n]*\n)+)/.exec(page)?.[1];
    assert.ok(code);
    const program = spawn(process.execPath, ['--input-type=module', '--eval', code], { cwd: repository });
    const [shown, errors] = await Promise.all([text(program.stdout), text(program.stderr)]);
    started.process.kill('SIGTERM');
    assert.equal(await started.exited, 0);
    assert.match(shown, /^eyJ[\w-]+\.[\w-]+\.[\w-]+ eyJ[\w-]+\.[\w-]+\.[\w-]+\n$/, errors);
  });
});

describe('hufu tour', () => {
  it('finds everything as documented', async () => {
    await using tour = start('tour', '--json');
    const { ok, steps } = JSON.parse(await tour.output);
    assert.equal(await tour.exited, 0);
    assert.equal(ok, true);
    assert.ok(steps.length > 20);
  });

  it('shows every step to people, and no whole secret', async () => {
    await using tour = start('tour');
    const shown = await tour.output;
    assert.equal(await tour.exited, 0);
    assert.match(shown, /all as documented\.\n$/);
    assert.doesNotMatch(shown, /eyJ[\w-]{20}/);
  });
});
