import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { run, runJson } from './run.sample.ts';
import { type Json, sampleFolder } from './server.sample.ts';

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
