import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { isTokenError } from '../core/errors.ts';
import { accessKeyFromCliProfile, accessKeyFromEnvironment, accessKeyFromMachine } from './index.ts';

const config =
  (message: RegExp) =>
  (error: unknown): boolean => {
    assert.ok(isTokenError(error, 'config'), String(error));
    assert.match(error.message, message);
    assert.ok(!error.message.includes('the-secret'));
    return true;
  };

const env = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'env-id', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'the-secret' };

suite('the environment', () => {
  test('has a key, with a security token where one is set', async () => {
    const key = { accessKeyId: 'env-id', accessKeySecret: 'the-secret' };
    assert.deepEqual(await accessKeyFromEnvironment(env)(), { ...key, securityToken: undefined });
    const temporary = { ...env, ALIBABA_CLOUD_SECURITY_TOKEN: 'sts' };
    assert.deepEqual(await accessKeyFromEnvironment(temporary)(), { ...key, securityToken: 'sts' });
    const cleared = { ...env, ALIBABA_CLOUD_SECURITY_TOKEN: '' };
    assert.deepEqual(await accessKeyFromEnvironment(cleared)(), { ...key, securityToken: undefined });
  });

  test('is looked at at each use', async () => {
    const changing: Record<string, string> = {};
    const source = accessKeyFromEnvironment(changing);
    assert.throws(() => source(), config(/^ALIBABA_CLOUD_ACCESS_KEY_ID is not set$/));
    Object.assign(changing, env);
    assert.equal((await source()).accessKeyId, 'env-id');
  });

  test('with half a key is a mistake, also where a profile follows', () => {
    for (const [name, missing] of [
      ['ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET'],
      ['ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'ALIBABA_CLOUD_ACCESS_KEY_ID'],
    ] as const) {
      const half = { [name]: env[name] };
      const message = new RegExp(`^${name} is set, and ${missing} is not$`);
      assert.throws(() => accessKeyFromEnvironment(half)(), config(message));
      assert.throws(() => accessKeyFromMachine({}, half)(), config(message));
    }
  });
});

suite("the CLI's profiles", () => {
  let folder = '';
  let path = '';
  const keys = { access_key_id: 'file-id', access_key_secret: 'the-secret' };
  const write = (file: unknown): Promise<void> =>
    writeFile(path, typeof file === 'string' ? file : JSON.stringify(file));
  const read = (profile?: string, vars = {}) => accessKeyFromCliProfile({ path, profile }, vars)();

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hufu-test-'));
    path = join(folder, 'config.json');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  test('give the current one, the one that the environment names, or the one that is asked for', async () => {
    const profile = (name: string) => ({ name, mode: 'AK', ...keys, access_key_id: name });
    await write({ current: 'one', profiles: [profile('one'), profile('two'), profile('three')] });
    const named = { ALIBABA_CLOUD_PROFILE: 'two' };
    assert.equal((await read()).accessKeyId, 'one');
    assert.equal((await read(undefined, named)).accessKeyId, 'two');
    assert.equal((await read('three', named)).accessKeyId, 'three');
    assert.equal((await read(undefined, { ALIBABA_CLOUD_PROFILE: '' })).accessKeyId, 'one');
    await assert.rejects(async () => read('four'), config(/has no profile "four"$/));
  });

  test('give a security token with the mode that has one, and no stale one with AK', async () => {
    const both = { ...keys, sts_token: 'sts' };
    await write({
      current: 'ak',
      profiles: [
        { name: 'ak', mode: 'AK', ...both },
        { name: 'sts', mode: 'StsToken', ...both },
      ],
    });
    assert.deepEqual(await read(), { accessKeyId: 'file-id', accessKeySecret: 'the-secret' });
    assert.equal((await read('sts')).securityToken, 'sts');
  });

  for (const [rule, file, message] of [
    [
      'a mode that asks another service',
      { profiles: [{ name: 'a', mode: 'RamRoleArn', ...keys }] },
      /mode "RamRoleArn" asks another/,
    ],
    ['a mode that is missing', { profiles: [{ name: 'a', ...keys }] }, /mode undefined asks another/],
    [
      'an empty secret',
      { profiles: [{ name: 'a', mode: 'AK', ...keys, access_key_secret: '' }] },
      /access_key_secret is missing/,
    ],
    ['a missing security token', { profiles: [{ name: 'a', mode: 'StsToken', ...keys }] }, /sts_token is missing/],
    ['no profiles', {}, /has no profile "a"/],
    ['profiles of another form', { profiles: [null, 'a', 5] }, /has no profile "a"/],
    ['no JSON', '{"the-secret"', /is no JSON object/],
    ['JSON that is no object', '"the-secret"', /is no JSON object/],
  ] as const) {
    test(`${rule}: refused, with the path and without what the file holds`, async () => {
      await write(file);
      await assert.rejects(async () => read('a'), config(message));
      await assert.rejects(
        async () => read('a'),
        (error: Error) => error.message.startsWith(path),
      );
    });
  }

  test('that are not there are told with the place where they should be', async () => {
    const missing = join(folder, 'none.json');
    const reading = async () => accessKeyFromCliProfile({ path: missing }, {})();
    await assert.rejects(reading, config(/none\.json cannot be read: run aliyun configure$/));
  });

  test("are in the user's home", async () => {
    const reading = async () => accessKeyFromCliProfile({ profile: 'no such profile of anybody' }, {})();
    await assert.rejects(reading, (error: Error) =>
      error.message.startsWith(join(homedir(), '.aliyun', 'config.json')),
    );
  });

  test('come behind the environment, where the machine is asked, and can be turned off', async () => {
    await write({ current: 'a', profiles: [{ name: 'a', mode: 'AK', ...keys }] });
    assert.equal((await accessKeyFromMachine({ path }, env)()).accessKeyId, 'env-id');
    assert.equal((await accessKeyFromMachine({ path }, {})()).accessKeyId, 'file-id');
    const off = { ALIBABA_CLOUD_CLI_PROFILE_DISABLED: 'TRUE' };
    await assert.rejects(async () => accessKeyFromMachine({ path }, off)(), config(/CLI_PROFILE_DISABLED is$/));
  });
});
