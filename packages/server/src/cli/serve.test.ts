import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { run, runJson } from './run.sample.ts';
import { type Json, sampleFolder, sampleServer } from './server.sample.ts';

describe('hufu config', () => {
  it('names the origin of every value, and shows no secret', async (t) => {
    const file = `${sampleFolder(t)}.yaml`;
    writeFileSync(file, 'server:\n  port: 8001\nlog:\n  level: warn\n');
    const env = { HUFU_LOG_LEVEL: 'error', HUFU_ADMIN_TOKEN: 'a-secret-admin-token' };
    const answer = await runJson(['config', '--config', file, '--set', 'server.host=::1', '--data', '/d'], { env });
    const options = new Map((answer.options as Json[]).map((option) => [option.path, [option.value, option.origin]]));
    assert.deepEqual(options.get('server.port'), [8001, `file ${file}`]);
    assert.deepEqual(options.get('log.level'), ['error', 'environment HUFU_LOG_LEVEL']);
    assert.deepEqual(options.get('server.host'), ['::1', 'flag']);
    assert.deepEqual(options.get('data.dir'), ['/d', 'flag']);
    assert.deepEqual(options.get('admin.token'), ['***', 'environment HUFU_ADMIN_TOKEN']);
    assert.deepEqual(options.get('data.masterKey'), ['***', 'environment HUFU_DATA_MASTER_KEY']);
    assert.deepEqual(options.get('admin.tokenFile'), [null, 'default']);
    const { stdout, stderr } = await run(['config'], { env });
    assert.ok(!(stdout + stderr).includes('a-secret-admin-token'));
    assert.match(stdout, /^PATH +VALUE +ORIGIN\n/);
  });
});

describe('hufu serve', () => {
  it('listens until it is told to stop, and then has written everything', async (t) => {
    const data = ['--data', sampleFolder(t)];
    const stopped = Promise.resolve('SIGTERM');
    const { exitCode } = await run(['serve', '--port', '0', '--set', 'log.level=silent', ...data], { stopped });
    assert.equal(exitCode, 0);
    const { rows } = await runJson(['audit', ...data]);
    assert.deepEqual(
      (rows as Json[]).slice(0, 2).map(({ type }) => type),
      ['server.stopped', 'server.started'],
    );
  });

  it('ends with 5 while another one has its data, and with 2 while somebody has its port', async (t) => {
    const { server } = await sampleServer(t);
    const port = new URL(await server.listen()).port;
    const settings = ['--set', 'log.level=silent'];
    const inUse = await run(['serve', '--data', server.config.data.dir, '--port', '0', ...settings]);
    assert.equal(inUse.exitCode, 5);
    const taken = await run(['serve', '--data', sampleFolder(t), '--port', port, ...settings]);
    assert.equal(taken.exitCode, 2);
    assert.match(taken.stderr, /server\.port: .*EADDRINUSE/);
  });

  it('refuses unsafe settings by name', async (t) => {
    for (const [args, option] of [
      [['--host', '0.0.0.0'], /server\.host/],
      [['--set', 'server.tlsCertFile=/x'], /server\.tlsCertFile/],
      [['--set', 'admin.token=short'], /admin\.token/],
    ] as const) {
      const { exitCode, stderr } = await run(['serve', '--data', sampleFolder(t), ...args]);
      assert.equal(exitCode, 2, args.join(' '));
      assert.match(stderr, option);
      assert.ok(!stderr.includes('short\n'));
    }
  });
});
