/** Profiles of `hufu-client` that change, stand wrong in the file, or go: what becomes of their tokens. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type CommandWorld, openCommandWorld } from './commands.ts';

let world: CommandWorld;
before(async () => {
  world = await openCommandWorld();
});
after(() => world[Symbol.asyncDispose]());

const key = { HUFU_STORAGE_KEY: Buffer.alloc(32, 5).toString('base64') };

/** All that is on disk, as one text. */
const disk = (): string =>
  readdirSync(join(world.home.folder, 'data'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');

const revocations = (): number => world.emulator.requests.list().filter(({ path }) => /revoke/.test(path)).length;

describe('a profile that changes', () => {
  it('takes its token along to another storage', async () => {
    const { token } = await world.json(['token', 'pds']);
    assert.ok(disk().includes(String(token)));
    await world.json(['profile', 'set', 'pds', '--storage', 'sealed'], { env: key });
    assert.ok(!disk().includes(String(token)));
    const without = await world.run(['token', 'pds']);
    assert.equal(without.exitCode, 2);
    assert.match(without.stderr, /^hufu-client: pds: storage sealed: HUFU_STORAGE_KEY is not set/);
    const asked = world.emulator.requests.list().length;
    assert.equal((await world.json(['token', 'pds'], { env: key })).token, token);
    assert.equal(world.emulator.requests.list().length, asked);
  });

  it('ends its session where it is somebody else from now on', async () => {
    const { token } = await world.json(['token', 'oauth2']);
    const before = revocations();
    await world.json(['profile', 'set', 'oauth2', '--set', 'scope=openid']);
    assert.equal(revocations(), before + 1);
    assert.ok(!disk().includes(String(token)));
    await world.json(['profile', 'set', 'oauth2', '--unset', 'scope']);
  });

  it('ends its session where another of its name takes its place', async () => {
    const { issuer, confidentialClient } = world.emulator.description.oauth;
    const before = revocations();
    await world.json(['token', 'oauth2']);
    const set = [
      '--set',
      `issuer=${issuer}`,
      '--set',
      `clientId=${confidentialClient.clientId}`,
      '--set',
      'scope=openid',
    ];
    const place = ['--secret', 'clientSecret=env:TEST_OAUTH_SECRET'];
    const args = [
      'profile',
      'add',
      'oauth2',
      '--provider',
      'oauth2',
      '--grant',
      'client_credentials',
      ...set,
      ...place,
    ];
    assert.equal((await world.run(args)).exitCode, 2);
    assert.equal(revocations(), before);
    await world.json([...args, '--force']);
    assert.equal(revocations(), before + 1);
  });

  it('keeps its session where nothing of that changes', async () => {
    const { token } = await world.json(['token', 'sls']);
    await world.json(['profile', 'set', 'sls', '--set', 'signature=v1']);
    assert.equal((await world.json(['token', 'sls'])).token, token);
  });
});

describe('profiles that stand wrong in the file', () => {
  it('do not stand in the way of the others, and can be mended or removed', async () => {
    const { path } = await world.json(['profile', 'path']);
    const file = JSON.parse(readFileSync(String(path), 'utf8'));
    file.profiles.wrong = { provider: 'sls', accessKeySecret: 'hunter2' };
    writeFileSync(String(path), JSON.stringify(file));
    const list = await world.run(['list']);
    assert.equal(list.exitCode, 0);
    assert.match(list.stdout, /^wrong .* profile "wrong": accessKeySecret: a secret never stands in the file/m);
    assert.match(list.stdout, /^sls +sls ticket +file +fresh/m);
    const { rows } = await world.json(['list']);
    const row = (Array.isArray(rows) ? rows : []).find(({ name }) => name === 'wrong');
    assert.deepEqual(Object.keys(row), ['name', 'error', 'message']);
    assert.equal((await world.run(['token', 'wrong'])).exitCode, 2);
    assert.ok(![list.stdout, JSON.stringify(rows)].join().includes('hunter2'));
    const mended = ['--set', 'accessKeyId=a', '--secret', 'accessKeySecret=env:TEST_SLS_SECRET'];
    assert.equal((await world.run(['profile', 'set', 'wrong', ...mended])).exitCode, 0);
    assert.equal((await world.run(['profile', 'show', 'wrong'])).exitCode, 0);
    file.profiles.wrong = 1;
    writeFileSync(String(path), JSON.stringify(file));
    assert.equal((await world.run(['profile', 'remove', 'wrong'])).exitCode, 0);
    assert.equal((await world.run(['token', 'sls'])).exitCode, 0);
  });
});

describe('a profile that is removed', () => {
  it('takes its tokens with it, and ends its session at the server', async () => {
    const { token } = await world.json(['token', 'oauth2']);
    const before = revocations();
    const removed = await world.json(['profile', 'remove', 'oauth2']);
    assert.deepEqual(removed, { name: 'oauth2', result: 'removed', revoked: true });
    assert.equal(revocations(), before + 1);
    assert.ok(!disk().includes(String(token)));
    assert.equal((await world.run(['token', 'oauth2'])).exitCode, 2);
    assert.equal((await world.run(['profile', 'remove', 'oauth2'])).exitCode, 2);
  });

  it('leaves its session at the server where it is told to', async () => {
    await world.json(['token', 'scnet']);
    const { exitCode, stdout } = await world.run(['profile', 'remove', 'scnet', '--keep-remote']);
    assert.deepEqual([exitCode, stdout], [0, 'removed scnet\n']);
  });
});
