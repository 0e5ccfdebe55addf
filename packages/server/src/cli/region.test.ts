import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { run, runJson } from './run.sample.ts';
import { type Json, sampleFolder } from './server.sample.ts';

const services = { hpcUrls: [{ url: 'https://hpc.example.com:65106/hpc', version: '5.2.2' }] };

async function withTenant(t: TestContext) {
  const data = ['--data', sampleFolder(t)];
  await run(['tenant', 'create', '--name', 'one', '--id', '100', ...data]);
  await run(['user', 'create', '--name', 'Alice', '--id', 'alice', ...data]);
  const json = (...args: string[]): Promise<Json> => runJson(['region', ...args, ...data]);
  const refused = async (...args: string[]) => run(['region', ...args, ...data]);
  return { json, refused };
}

describe('hufu region', () => {
  it('creates, shows, lists, changes and deletes, with one stable shape of JSON', async (t) => {
    const { json } = await withTenant(t);
    const made = await json('create', '11112', '--name', '华东一区', '--services', JSON.stringify(services));
    assert.deepEqual(Object.keys(made), ['id', 'name', 'description', 'status', 'services', 'createdAt']);
    assert.deepEqual([made.id, made.name, made.description, made.status], ['11112', '华东一区', '', 'enabled']);
    // Every default is filled in, in the words of the wire.
    assert.deepEqual((made.services as Json).hpcUrls, [
      { enable: 'true', version: '5.2.2', url: 'https://hpc.example.com:65106/hpc', isManagerNode: 'true' },
    ]);
    assert.deepEqual(await json('show', '11112'), made);
    assert.deepEqual(await json('list'), { rows: [made], next: null });
    const changed = await json('update', '11112', '--description', 'east', '--services', '{}');
    assert.deepEqual([changed.description, changed.name], ['east', '华东一区']);
    assert.deepEqual((changed.services as Json).hpcUrls, []);
    assert.equal((await json('disable', '11112')).status, 'disabled');
    assert.equal((await json('enable', '11112')).status, 'enabled');
    assert.deepEqual(await json('delete', '11112'), { id: '11112', result: 'deleted' });
    assert.deepEqual((await json('list')).rows, []);
  });

  it('grants a region to a user, changes the account, and withdraws it', async (t) => {
    const { json, refused } = await withTenant(t);
    await json('create', '7', '--name', 'seven');
    const account = { tenant: '100', userId: 'alice', regionId: '7' };
    // The only tenant need not be named, and the account has the user's name.
    assert.deepEqual(await json('grant', '7', '--user', 'alice'), {
      ...account,
      account: 'alice',
      homePath: '',
      status: 'Normal',
    });
    const named = await json('grant', '7', '--user', 'alice', '--account', 'act1', '--home', '/public/home/act1');
    const full = { ...account, account: 'act1', homePath: '/public/home/act1' };
    assert.deepEqual(named, { ...full, status: 'Normal' });
    // What is not named stays.
    assert.deepEqual(await json('grant', '7', '--user', 'alice', '--status', 'Disable'), {
      ...full,
      status: 'Disable',
    });
    assert.deepEqual(await json('list', '--user', 'alice'), {
      rows: [{ ...full, status: 'Disable', regionName: 'seven', regionStatus: 'enabled' }],
    });
    assert.deepEqual(await json('withdraw', '7', '--user', 'alice'), { ...account, result: 'deleted' });
    assert.deepEqual((await json('list', '--user', 'alice')).rows, []);
    assert.equal((await refused('withdraw', '7', '--user', 'alice')).exitCode, 6);
  });

  it('refuses what is no region, no service, no status, nobody, and no change', async (t) => {
    const { json, refused } = await withTenant(t);
    await json('create', '7', '--name', 'seven');
    const bad = JSON.stringify({ hpcUrls: [{ url: 'ftp://example.com' }] });
    for (const [args, exitCode, message] of [
      [['create', '0', '--name', 'a'], 2, /a number of 1 to 15 digits, not beginning with 0/],
      [['create', '08', '--name', 'a'], 2, /not beginning with 0/],
      [['create', 'east', '--name', 'a'], 2, /a number/],
      [
        ['create', '8', '--name', 'a', '--services', bad],
        2,
        /services: hpcUrls\.0\.url: allowed: an address with http/,
      ],
      [['create', '8', '--name', 'a', '--services', '{"x":1}'], 2, /services: allowed: ingressUrls/],
      [['create', '8', '--name', 'a', '--services', '{'], 2, /services is not JSON/],
      [['create', '7', '--name', 'again'], 6, /taken/],
      [['update', '7'], 2, /name what is to change/],
      [['grant', '7', '--user', 'alice', '--status', 'Fine'], 2, /Allowed choices are Normal, Trial, Owe, Disable/],
      [['grant', '7', '--user', 'bob'], 6, /no user bob/],
      [['grant', '9', '--user', 'alice'], 6, /no region 9/],
      [['show', '9'], 6, /no region 9/],
      [['list', '--user', 'bob'], 6, /no user bob/],
    ] as const) {
      const answer = await refused(...args);
      assert.equal(answer.exitCode, exitCode, args.join(' '));
      assert.match(answer.stderr, message, args.join(' '));
    }
    const { rows } = await json('list');
    assert.deepEqual(
      (rows as Json[]).map(({ id, name }) => [id, name]),
      [['7', 'seven']],
    );
  });
});
