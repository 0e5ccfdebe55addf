import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { run, runJson } from './run.sample.ts';
import { type Json, sampleFolder } from './server.sample.ts';

const uri = 'https://api.example.com/v1/files';

describe('hufu resource', () => {
  it('creates, shows, lists, changes and deletes by the URI', async (t) => {
    const data = ['--data', sampleFolder(t)];
    await run(['tenant', 'create', '--name', 'one', '--id', '100', ...data]);
    const json = (...args: string[]): Promise<Json> => runJson(['resource', ...args, ...data]);
    const made = await json('create', uri, '--name', 'Files', '--scope', 'read', '--scope', 'write');
    const { createdAt: _createdAt, ...rest } = made;
    assert.deepEqual(rest, {
      tenant: '100',
      id: uri,
      name: 'Files',
      status: 'enabled',
      accessTokens: 'jwt',
      scopes: ['read', 'write'],
    });
    assert.deepEqual(await json('show', uri), made);
    assert.deepEqual(await json('list'), { rows: [made], next: null });
    const changed = await json('update', uri, '--access-tokens', 'opaque', '--scope', '');
    assert.deepEqual(changed, { ...made, accessTokens: 'opaque', scopes: [] });
    assert.equal((await json('disable', uri)).status, 'disabled');
    assert.equal((await json('enable', uri)).status, 'enabled');
    assert.deepEqual(await json('delete', uri), { tenant: '100', id: uri, result: 'deleted' });
    assert.deepEqual((await json('list')).rows, []);
  });

  it('refuses what is no URI, no kind of token, and no change', async (t) => {
    const data = ['--data', sampleFolder(t)];
    await run(['tenant', 'create', '--name', 'one', ...data]);
    for (const [args, message] of [
      [['create', '/files', '--name', 'a'], /absolute URI/],
      [['create', uri, '--name', 'a', '--access-tokens', 'saml'], /Allowed choices are jwt, opaque/],
      [['update', uri], /name what is to change/],
    ] as const) {
      const { exitCode, stderr } = await run(['resource', ...args, ...data]);
      assert.equal(exitCode, 2, args.join(' '));
      assert.match(stderr, message);
    }
    assert.equal((await run(['resource', 'show', uri, ...data])).exitCode, 6);
  });
});
