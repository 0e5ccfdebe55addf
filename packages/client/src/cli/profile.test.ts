import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { run, sampleHome } from './run.sample.ts';

const oauth2 = ['--provider', 'oauth2', '--grant', 'client_credentials'];
const set = ['--set', 'issuer=https://id.example', '--set', 'clientId=a', '--secret', 'clientSecret=env:SECRET'];

describe('hufu-client profile', () => {
  it('adds, shows, changes, lists and removes', async (t) => {
    const env = sampleHome(t);
    const json = async (...args: readonly string[]) =>
      JSON.parse((await run(['profile', ...args, '--json'], { env })).stdout);
    const view = {
      name: 'mine',
      provider: 'oauth2',
      grant: 'client_credentials',
      storage: 'file',
      issuer: 'https://id.example',
      clientId: 'a',
      clientSecret: { env: 'SECRET' },
    };
    assert.deepEqual(await json('add', 'mine', ...oauth2, ...set), view);
    assert.deepEqual(await json('show', 'mine'), view);
    assert.deepEqual(await json('set', 'mine', '--set', 'scope=read'), { ...view, scope: 'read' });
    assert.deepEqual(await json('set', 'mine', '--unset', 'scope'), view);
    const row = { name: 'mine', provider: 'oauth2', grant: 'client_credentials', storage: 'file', problem: null };
    assert.deepEqual(await json('list'), { rows: [row] });
    const path = join(env.HUFU_CONFIG_HOME ?? '', 'profiles.json');
    assert.deepEqual(await json('path'), { path });
    assert.deepEqual(JSON.parse(readFileSync(path, 'utf8')).profiles.mine.clientSecret, { env: 'SECRET' });
    assert.deepEqual(await json('remove', 'mine'), { name: 'mine', result: 'removed', revoked: false });
    assert.deepEqual(await json('list'), { rows: [] });
  });

  it('shows for people where a secret is, in the words in which it is set', async (t) => {
    const env = sampleHome(t);
    await run(['profile', 'add', 'mine', ...oauth2, ...set], { env });
    assert.match((await run(['profile', 'show', 'mine'], { env })).stdout, /^clientSecret {2}env:SECRET$/m);
  });

  it('says which storage it found, and what to do next', async (t) => {
    const env = { ...sampleHome(t), HUFU_STORAGE: 'file' };
    const person = [
      '--provider',
      'oauth2',
      '--grant',
      'code',
      '--set',
      'issuer=https://id.example',
      '--set',
      'clientId=a',
    ];
    const { stdout, stderr } = await run(['profile', 'add', 'me', ...person], { env });
    assert.equal(stdout, 'added me\n');
    assert.match(stderr, /^tokens are kept unsealed in .*\nnext: hufu-client login me\n$/);
    const chosen = await run(['profile', 'add', 'me', ...person, '--force', '--storage', 'file'], { env });
    assert.equal(chosen.stderr, 'next: hufu-client login me\n');
  });

  it('replaces nothing unless it is told to', async (t) => {
    const env = sampleHome(t);
    await run(['profile', 'add', 'mine', ...oauth2, ...set], { env });
    const again = await run(['profile', 'add', 'mine', '--provider', 'sls'], { env });
    assert.deepEqual([again.exitCode, again.stdout], [2, '']);
    assert.match(again.stderr, /there is a profile mine already/);
    assert.equal((await run(['profile', 'add', 'mine', '--provider', 'sls', '--force'], { env })).exitCode, 0);
  });

  it('refuses what its provider would refuse, and nothing stands in the file', async (t) => {
    const env = sampleHome(t);
    for (const [args, sentence] of [
      [
        ['--provider', 'sls', '--set', 'endpoint=http://far.example'],
        /profile "mine": the endpoint is plain http to another machine/,
      ],
      [['--provider', 'sls', '--set', 'region=cn-hangzhou'], /profile "mine": tickets are made in /],
      [
        [
          '--provider',
          'sls',
          '--set',
          'credentials=machine',
          '--set',
          'accessKeyId=a',
          '--secret',
          'accessKeySecret=env:A',
        ],
        /profile "mine": credentials or accessKeyId, not both/,
      ],
      [[...oauth2, ...set, '--secret', 'privateKeyPem=env:B'], /clientSecret or privateKeyPem, not both/],
      [['--provider', 'sls', '--secret', 'accessKeySecret=hunter2'], /say where it is, not what it is/],
    ] as const) {
      const { exitCode, stderr } = await run(['profile', 'add', 'mine', ...args], { env });
      assert.equal(exitCode, 2);
      assert.match(stderr, sentence);
      assert.ok(!stderr.includes('hunter2'));
    }
    assert.equal((await run(['profile', 'list', '--json'], { env })).stdout, '{"rows":[]}\n');
  });
});

describe('hufu-client profile add, at a terminal', () => {
  const keys = { down: '\u001b[B', enter: '\r', cancel: '\u0003' };

  /** Answers each question when it stands on the screen. */
  async function answering(env: Readonly<Record<string, string>>, answers: readonly (readonly [RegExp, string])[]) {
    const stdin = new PassThrough();
    const open = [...answers];
    let screen = '';
    const onErrors = (text: string): void => {
      screen += text;
      const [question, answer] = open[0] ?? [];
      if (question === undefined || answer === undefined || !question.test(screen)) return;
      open.shift();
      screen = '';
      // After the question has begun to listen.
      setImmediate(() => stdin.write(answer));
    };
    return run(['profile', 'add', 'mine', '--json'], { env, stdin, typed: [], onErrors });
  }

  it('asks for what is missing', async (t) => {
    const { stdout, exitCode } = await answering(sampleHome(t), [
      [/Whose tokens/, keys.down.repeat(3) + keys.enter],
      [/How are they got/, keys.enter],
      [/issuer/, `https://id.example${keys.enter}`],
      [/clientId/, `app${keys.enter}`],
      [/clientSecret.*Where/s, keys.down.repeat(2) + keys.enter],
      [/Name of the variable/, `SECRET${keys.enter}`],
      [/scope/, keys.enter],
    ]);
    assert.equal(exitCode, 0);
    assert.deepEqual(JSON.parse(stdout), {
      name: 'mine',
      provider: 'oauth2',
      grant: 'client_credentials',
      storage: 'file',
      issuer: 'https://id.example',
      clientId: 'app',
      clientSecret: { env: 'SECRET' },
    });
  });

  it('adds nothing where the person gives up', async (t) => {
    const env = sampleHome(t);
    const { exitCode, stdout, stderr } = await answering(env, [[/Whose tokens/, keys.cancel]]);
    assert.deepEqual([exitCode, stdout], [2, '']);
    assert.match(stderr, /"message":"nothing was added"/);
    assert.equal((await run(['profile', 'list', '--json'], { env })).stdout, '{"rows":[]}\n');
  });

  it('never asks with --no-input', async (t) => {
    const { exitCode, stderr } = await run(['profile', 'add', 'mine', '--no-input'], { env: sampleHome(t), typed: [] });
    assert.deepEqual(
      [exitCode, stderr],
      [2, 'hufu-client: profile "mine": provider: allowed: sls, pds, scnet, oauth2\n'],
    );
  });
});
