/** `exec` as scripts use it: what the program finds in its environment, and how it ends. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Emulator, startEmulator } from '../../packages/server/src/emulator/start.ts';
import { claimsOf } from '../harness/sls.ts';
import { type Home, openHome } from './commands.ts';

const execute = promisify(execFile);
const hufu = fileURLToPath(new URL('../../packages/server/bin/hufu.js', import.meta.url));

let emulator: Emulator;
let home: Home;

before(async () => {
  emulator = await startEmulator({});
  const { endpoint, accessKeyId, accessKeySecret } = emulator.description.sls;
  home = openHome({ SLS_SECRET: accessKeySecret });
  await home.output([
    ...['profile', 'add', 'logs', '--provider', 'sls', '--set', `endpoint=http://${endpoint}`],
    ...['--set', `accessKeyId=${accessKeyId}`, '--secret', 'accessKeySecret=env:SLS_SECRET'],
  ]);
});
after(async () => {
  home[Symbol.dispose]();
  await emulator.stop();
});

const script = (text: string): readonly string[] => ['--', process.execPath, '-e', text];
const printing = (expression: string): readonly string[] => script(`console.log(JSON.stringify(${expression}))`);

async function environment(options: readonly string[] = []): Promise<Record<string, string | undefined>> {
  return JSON.parse(await home.output(['exec', 'logs', ...options, ...printing('process.env')]));
}

describe('exec', () => {
  it('gives a program the token under names that fit the provider', async () => {
    const env = await environment();
    assert.equal(typeof claimsOf(env.SLS_ACCESS_TOKEN ?? '').accessTokenId, 'string');
    assert.equal(typeof claimsOf(env.SLS_TICKET ?? '').ticketId, 'string');
    assert.equal(env.HUFU_TOKEN, env.SLS_ACCESS_TOKEN);
    assert.match(env.HUFU_TOKEN_EXPIRES_AT ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.equal(env.HUFU_CONFIG_HOME, home.env.HUFU_CONFIG_HOME);
  });

  it('gives what was asked for, and then nothing else', async () => {
    const env = await environment([
      '--env',
      'A=token',
      '--env',
      'B=header',
      '--env',
      'C=expires-at',
      '--env',
      'D=ticket',
    ]);
    assert.equal(env.B, `Bearer ${env.A}`);
    assert.match(env.C ?? '', /Z$/);
    assert.equal(typeof claimsOf(env.D ?? '').ticketId, 'string');
    assert.deepEqual([env.HUFU_TOKEN, env.SLS_ACCESS_TOKEN], [undefined, undefined]);
    for (const wrong of ['A', 'A=', '1A=token', '=token', 'A-B=token', 'A=nothing']) {
      const { exitCode: code, stderr } = await home.run(['exec', 'logs', '--env', wrong, ...script('')]);
      assert.equal(code, 2, wrong);
      assert.match(stderr, /^hufu-client: --env: /);
    }
  });

  it('adds nothing else to its environment, whichever command runs it', async () => {
    const names = 'Object.keys(process.env).sort()';
    const ours = ['HUFU_TOKEN', 'HUFU_TOKEN_EXPIRES_AT', 'SLS_ACCESS_TOKEN', 'SLS_TICKET'];
    const wanted = [...Object.keys(home.env).filter((name) => name !== 'SLS_SECRET'), ...ours].sort();
    assert.deepEqual(JSON.parse(await home.output(['exec', 'logs', ...printing(names)])), wanted);
    const { stdout } = await execute(process.execPath, [hufu, 'exec', 'logs', ...printing(names)], { env: home.env });
    assert.deepEqual(JSON.parse(stdout), wanted);
  });

  it('keeps from it the secrets that the token came from, unless told otherwise', async () => {
    const given = { env: { HUFU_STORAGE_KEY: 'x'.repeat(44) } };
    const secrets = '[process.env.SLS_SECRET, process.env.HUFU_STORAGE_KEY]';
    assert.equal(await home.output(['exec', 'logs', ...printing(secrets)], given), '[null,null]');
    const kept = await home.output(['exec', 'logs', '--keep-secrets', ...printing(secrets)], given);
    assert.deepEqual(JSON.parse(kept), [home.env.SLS_SECRET, given.env.HUFU_STORAGE_KEY]);
  });

  it('passes on standard input, every argument as it is, and the exit code', async () => {
    const args = ['exec', 'logs', ...script('process.stdin.pipe(process.stdout); process.exitCode = 7')];
    assert.deepEqual(await home.run(args, { stdin: 'in' }), { exitCode: 7, stdout: 'in', stderr: '' });
    const words = ['--json', '-x', 'a b', '', '$HOME', '--'];
    const echo = ['exec', 'logs', ...printing('process.argv.slice(1)'), '--', ...words];
    assert.deepEqual(JSON.parse(await home.output(echo)), words);
  });

  it('ends with 128 and the signal that ended the program, and 127 and 126 where there was none', async () => {
    assert.equal((await home.run(['exec', 'logs', ...script('process.kill(process.pid, "SIGKILL")')])).exitCode, 137);
    const missing = await home.run(['exec', 'logs', '--', 'no-such-program-here']);
    assert.deepEqual(
      [missing.exitCode, missing.stderr],
      [127, 'hufu-client: no-such-program-here: there is no such program\n'],
    );
    assert.equal((await home.run(['exec', 'logs', '--', home.folder])).exitCode, 126);
  });

  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGUSR2'] as const) {
    it(`hands ${signal} to the program, and waits for what it makes of it`, async () => {
      const waiting = `process.on('${signal}', () => { console.log('got'); process.exit(42) });
        setInterval(() => {}, 1000); console.log('ready')`;
      const running = home.start(['exec', 'logs', ...script(waiting)]);
      await running.said(/^ready$/);
      running.process.kill(signal);
      assert.deepEqual(await running.ended, { exitCode: 42, stdout: 'ready\ngot\n', stderr: '' });
    });
  }

  it('starts nothing without a token', async () => {
    const {
      exitCode: code,
      stdout,
      stderr,
    } = await home.run(['exec', 'logs', ...script('console.log("started")')], {
      env: { SLS_SECRET: 'wrong', HUFU_DATA_HOME: `${home.folder}/other` },
    });
    assert.deepEqual([code, stdout], [6, '']);
    assert.match(stderr, /SignatureNotMatch/);
  });
});

describe("exec's agent", () => {
  /** Asks at a socket and prints the answer. */
  const asking = `require('node:http').get({ socketPath: process.env.HUFU_AGENT_SOCKET,
    path: '/v1/token/' + process.env.HUFU_PROFILE }, (answer) => answer.pipe(process.stdout))`;

  it('answers the program at a socket, which ends with it', async () => {
    const { token } = JSON.parse(await home.output(['exec', 'logs', '--agent', ...script(asking)]));
    assert.equal(typeof claimsOf(token).accessTokenId, 'string');
    const path = await home.output([
      'exec',
      'logs',
      '--agent',
      ...script('console.log(process.env.HUFU_AGENT_SOCKET)'),
    ]);
    const gone = request({ socketPath: path, path: '/v1/profiles' });
    gone.end();
    const [error] = await once(gone, 'error');
    assert.equal(error.code, 'ENOENT');
  });

  it('answers at a port on loopback', async () => {
    const fetching = `fetch(process.env.HUFU_AGENT_URL + '/v1/profiles', {
      headers: { authorization: 'Bearer ' + process.env.HUFU_AGENT_SECRET } }).then((a) => a.text()).then(console.log)`;
    assert.equal(await home.output(['exec', 'logs', '--agent-tcp', ...script(fetching)]), '{"profiles":["logs"]}');
  });
});
