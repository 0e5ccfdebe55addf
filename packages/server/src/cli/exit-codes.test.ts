import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { composeServer } from '../compose.ts';
import { loadConfig } from '../config/load.ts';
import { StoreUnavailable } from '../service/ports.ts';
import { run } from './run.sample.ts';
import { sampleAdminToken, sampleFolder, sampleMasterKey } from './server.sample.ts';

/** A server that listens; the environment that finds it. */
async function listening(t: TestContext) {
  const flags = { 'data.dir': sampleFolder(t), 'log.level': 'silent', 'server.port': '0' };
  const server = await composeServer(loadConfig({ env: {}, flags }), {
    masterKey: sampleMasterKey,
    adminToken: sampleAdminToken,
  });
  t.after(() => server.close());
  const url = await server.listen();
  return { url, folder: flags['data.dir'], env: { HUFU_ADMIN_URL: url, HUFU_ADMIN_TOKEN: sampleAdminToken } };
}

describe('the exit code', () => {
  it('is 0 for success and for help', async (t) => {
    const { env } = await listening(t);
    assert.equal((await run(['tenant', 'list'], { env })).exitCode, 0);
    const help = await run(['accesskey', 'create', '--help']);
    assert.equal(help.exitCode, 0);
    assert.match(help.stdout, /--temporary <seconds>/);
    assert.match((await run(['--version'])).stdout, /^\d+\.\d+\.\d+\n$/);
  });

  for (const [what, args] of [
    ['no command', []],
    ['an unknown command', ['nothing']],
    ['a command without its verb', ['tenant']],
    ['an unknown option', ['tenant', 'list', '--color']],
    ['a missing option', ['accesskey', 'create', '--data', '/nowhere']],
    ['an argument too many', ['tenant', 'list', 'a', '--data', '/nowhere']],
    ['a number out of its range', ['tenant', 'list', '--limit', '1001', '--data', '/nowhere']],
    ['no server and no folder', ['tenant', 'list']],
    ['both a server and a folder', ['tenant', 'list', '--url', 'http://127.0.0.1:9', '--data', '/nowhere']],
    ['a URL that is none', ['tenant', 'list', '--url', 'ftp://x', '--token', 'x']],
    ['a URL with a password', ['tenant', 'list', '--url', 'http://user:word@127.0.0.1', '--token', 'x']],
    ['a configuration that cannot be read', ['tenant', 'list', '--config', '/nowhere/hufu.yaml']],
    ['an option that serve does not know', ['serve', '--set', 'server.color=red']],
    ['an option with a bad value', ['serve', '--port', '70000']],
  ] as const) {
    it(`is 2 for ${what}`, async () => {
      const { exitCode, stdout, stderr } = await run(args);
      assert.equal(exitCode, 2);
      assert.equal(stdout, '');
      assert.notEqual(stderr, '');
    });
  }

  it('is 2 for a request that the server calls malformed', async (t) => {
    const { env } = await listening(t);
    const { exitCode, stderr } = await run(['tenant', 'create', '--name', 'a', '--id', '!'], { env });
    assert.equal(exitCode, 2);
    assert.match(stderr, /body\.id: allowed/);
  });

  it('is 2 for a master key that is missing or is none', async (t) => {
    const data = ['--data', sampleFolder(t)];
    const missing = await run(['tenant', 'list', ...data], { env: { HUFU_DATA_MASTER_KEY: '' } });
    assert.equal(missing.exitCode, 2);
    assert.match(missing.stderr, /masterKey/);
    const bad = await run(['tenant', 'list', ...data], { env: { HUFU_DATA_MASTER_KEY: 'c2VjcmV0' } });
    assert.equal(bad.exitCode, 2);
    assert.ok(!bad.stderr.includes('c2VjcmV0'));
  });

  it('is 3 without an admin token, and with a wrong one', async (t) => {
    const { url } = await listening(t);
    const none = await run(['tenant', 'list', '--url', url]);
    assert.equal(none.exitCode, 3);
    assert.match(none.stderr, /HUFU_ADMIN_TOKEN/);
    const wrong = await run(['tenant', 'list', '--url', url, '--token', 'not-the-admin-token']);
    assert.equal(wrong.exitCode, 3);
    assert.ok(!wrong.stderr.includes('not-the-admin-token'));
  });

  it('is 4 where nobody listens', async (t) => {
    const { server, url } = await stopped(t);
    assert.equal(server.app.server.listening, false);
    const { exitCode, stderr } = await run(['tenant', 'list', '--url', url, '--token', 'secret-token']);
    assert.equal(exitCode, 4);
    assert.match(stderr, /cannot be reached: ECONNREFUSED/);
    assert.ok(!stderr.includes('secret-token'));
  });

  it('is 5 while a server has the data folder open', async (t) => {
    const { folder } = await listening(t);
    const { exitCode, stdout, stderr } = await run(['tenant', 'list', '--data', folder]);
    assert.equal(exitCode, 5);
    assert.equal(stdout, '');
    assert.match(stderr, /in use by another Hufu/);
  });

  it('is 5 under another master key than the data were made with', async (t) => {
    const data = ['--data', sampleFolder(t)];
    assert.equal((await run(['tenant', 'list', ...data])).exitCode, 0);
    const other = Buffer.alloc(32, 9).toString('base64');
    const { exitCode, stderr } = await run(['tenant', 'list', ...data], { env: { HUFU_DATA_MASTER_KEY: other } });
    assert.equal(exitCode, 5);
    assert.match(stderr, /master key/);
  });

  it('is 5 where the store cannot answer', async (t) => {
    const openServer = () => Promise.reject(new StoreUnavailable('the disk is full'));
    assert.equal((await run(['tenant', 'list', '--data', sampleFolder(t)], { openServer })).exitCode, 5);
  });

  it('is 6 for what the server refuses', async (t) => {
    const { env } = await listening(t);
    const missing = await run(['accesskey', 'disable', 'HUFU1'], { env });
    assert.equal(missing.exitCode, 6);
    assert.match(missing.stderr, /^hufu: there is no access key HUFU1 \(request [0-9A-F]{24}\)\n$/);
    await run(['tenant', 'create', '--name', 'a', '--id', 'a'], { env });
    assert.equal((await run(['tenant', 'create', '--name', 'a', '--id', 'a'], { env })).exitCode, 6);
  });

  it('is 1 for a mistake of the command itself', async (t) => {
    const openServer = () => Promise.reject(new TypeError('a mistake'));
    assert.equal((await run(['tenant', 'list', '--data', sampleFolder(t)], { openServer })).exitCode, 1);
  });

  it('comes with one line of JSON on standard error where JSON is asked for', async (t) => {
    const { env } = await listening(t);
    const { stdout, stderr } = await run(['accesskey', 'disable', 'HUFU1', '--json'], { env });
    assert.equal(stdout, '');
    const { message, ...rest } = JSON.parse(stderr);
    assert.deepEqual(rest, { error: 'not_found', exitCode: 6 });
    assert.match(message, /HUFU1/);
    assert.deepEqual(JSON.parse((await run(['tenant', 'list', '--json', '--token=s3cret', '--tokn=s3cret'])).stderr), {
      error: 'usage',
      message: "unknown option '--tokn=...'",
      exitCode: 2,
    });
  });
});

async function stopped(t: TestContext) {
  const flags = { 'data.dir': sampleFolder(t), 'log.level': 'silent', 'server.port': '0' };
  const server = await composeServer(loadConfig({ env: {}, flags }), { masterKey: sampleMasterKey });
  const url = await server.listen();
  await server.close();
  return { server, url };
}
