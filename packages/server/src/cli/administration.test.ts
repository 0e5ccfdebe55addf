import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { grantId } from '../core/ids.ts';
import { openSqliteStore } from '../stores/sqlite/open.ts';
import { run, runJson } from './run.sample.ts';
import { type Json, sampleFolder } from './server.sample.ts';

const policy = {
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: 'log:CreateTicket', Resource: '*' }],
};

const rows = (answer: Json): Json[] => answer.rows as Json[];
const page = ['rows', 'next'];
const tenantMembers = ['id', 'name', 'status', 'createdAt'];
const userMembers = [
  ...['tenant', 'id', 'name', 'status', 'policy', 'createdAt'],
  ...['loginName', 'hasPassword', 'role', 'profile', 'firstLoginAt'],
];
const keyMembers = ['id', 'tenant', 'userId', 'status', 'temporary', 'expiresAt', 'createdAt'];
const appMembers = [
  ...['id', 'tenant', 'name', 'status', 'permissions', 'createdAt', 'dialect', 'type', 'authentication', 'grantTypes'],
  ...['keys', 'redirectUris', 'requiresPkce', 'scopes', 'thirdParty', 'resources', 'rotation'],
];

describe('hufu tenant, user, accesskey and app on a data folder', () => {
  it('create, list, disable and enable, with one stable shape of JSON each', async (t) => {
    const data = ['--data', sampleFolder(t)];
    const tenant = await runJson(['tenant', 'create', '--name', '客户', ...data]);
    assert.deepEqual(Object.keys(tenant), tenantMembers);
    assert.deepEqual(Object.keys(await runJson(['tenant', 'list', ...data])), page);

    // The only tenant need not be named.
    const user = await runJson(['user', 'create', '--name', 'Alice', '--id', 'alice', ...data]);
    assert.deepEqual(Object.keys(user), userMembers);
    assert.equal(user.tenant, tenant.id);
    const allowed = await runJson(['user', 'policy', 'alice', '--set', '-', ...data], {
      stdin: JSON.stringify(policy),
    });
    assert.deepEqual(allowed.policy, policy);
    assert.deepEqual(Object.keys(allowed), userMembers);
    assert.deepEqual(await runJson(['user', 'policy', 'alice', ...data]), allowed);
    assert.deepEqual(Object.keys(await runJson(['user', 'list', ...data])), page);

    const key = await runJson(['accesskey', 'create', '--user', 'alice', ...data]);
    assert.deepEqual(Object.keys(key), [...keyMembers, 'secret', 'securityToken']);
    const temporary = await runJson(['accesskey', 'create', '--user', 'alice', '--temporary', '900', ...data]);
    assert.match(String(temporary.id), /^STS\.HUFU/);
    assert.match(String(temporary.securityToken), /^\w{43}$/);
    const keys = await runJson(['accesskey', 'list', '--user', 'alice', ...data]);
    assert.deepEqual(Object.keys(keys), page);
    assert.deepEqual(new Set(rows(keys).map(({ id }) => id)), new Set([key.id, temporary.id]));
    assert.deepEqual(Object.keys(rows(keys)[0] ?? {}), keyMembers);

    const app = await runJson(['app', 'create', '--name', 'rs', '--may', 'introspect,revoke', ...data]);
    assert.deepEqual(Object.keys(app), [...appMembers, 'secret', 'privateKeyPem']);
    assert.deepEqual([app.tenant, app.permissions], ['*', ['introspect', 'revoke']]);
    assert.deepEqual(Object.keys(await runJson(['app', 'list', ...data])), page);

    for (const [command, id, members] of [
      ['tenant', tenant.id, tenantMembers],
      ['user', 'alice', userMembers],
      ['accesskey', key.id, keyMembers],
      ['app', app.id, appMembers],
    ] as const) {
      for (const [verb, status] of [
        ['disable', 'disabled'],
        ['enable', 'enabled'],
      ] as const) {
        const changed = await runJson([command, verb, String(id), ...data]);
        assert.deepEqual(Object.keys(changed), members);
        assert.equal(changed.status, status, `${command} ${verb}`);
      }
    }
  });

  it('show secrets to standard output once, and nowhere else', async (t) => {
    const data = ['--data', sampleFolder(t)];
    await run(['tenant', 'create', '--name', 'one', ...data]);
    await run(['user', 'create', '--name', 'Alice', '--id', 'alice', ...data]);
    const secrets: string[] = [];
    for (const args of [
      ['accesskey', 'create', '--user', 'alice', '--temporary', '60'],
      ['app', 'create', '--name', 'rs'],
    ]) {
      const { exitCode, stdout, stderr } = await run([...args, ...data]);
      assert.equal(exitCode, 0);
      secrets.push(...[...stdout.matchAll(/\b\w{43}\b/g)].map(([secret]) => secret));
      for (const secret of secrets) assert.ok(!stderr.includes(secret));
      assert.match(stderr, /not shown again/);
    }
    assert.equal(secrets.length, 3);
    for (const args of [['accesskey', 'list'], ['app', 'list'], ['audit'], ['config']]) {
      const { exitCode, stdout, stderr } = await run([...args, ...data]);
      assert.equal(exitCode, 0);
      for (const secret of secrets) assert.ok(!(stdout + stderr).includes(secret), args.join(' '));
    }
  });

  it('ask which tenant where there are several', async (t) => {
    const data = ['--data', sampleFolder(t)];
    const create = ['user', 'create', '--name', 'Alice', ...data];
    assert.match((await run(create)).stderr, /there is no tenant yet/);
    for (const id of ['a', 'b']) await run(['tenant', 'create', '--name', id, '--id', id, ...data]);
    const { exitCode, stderr } = await run(create);
    assert.equal(exitCode, 2);
    assert.equal(stderr, 'hufu: --tenant: name one of a, b\n');
    assert.equal((await run([...create, '--tenant', 'b'])).exitCode, 0);
  });

  it('read a policy from a file, and refuse what is none', async (t) => {
    const folder = sampleFolder(t);
    const data = ['--data', folder];
    await run(['tenant', 'create', '--name', 'one', ...data]);
    const file = `${folder}-policy.json`;
    writeFileSync(file, JSON.stringify(policy));
    assert.deepEqual((await runJson(['user', 'create', '--name', 'a', '--policy', file, ...data])).policy, policy);
    for (const [given, message] of [
      ['{', /not JSON/],
      [`${folder}/nothing`, /cannot be read/],
      ['{"Version":"1","Statement":[],"Id":"x"}', /unknown member Id/],
    ] as const) {
      const { exitCode, stderr } = await run(['user', 'create', '--name', 'a', '--policy', given, ...data]);
      assert.equal(exitCode, 2, given);
      assert.match(stderr, message);
    }
  });

  it('align columns, wide characters too', async (t) => {
    const data = ['--data', sampleFolder(t)];
    await run(['tenant', 'create', '--name', '客户', '--id', 'a', ...data]);
    await run(['tenant', 'create', '--name', 'two', '--id', 'bb', ...data]);
    const { stdout } = await run(['tenant', 'list', ...data]);
    const [head, first, second] = stdout.split('\n');
    assert.match(head ?? '', /^ID {2}NAME {2}STATUS {3}CREATED AT$/);
    assert.match(first ?? '', /^a {3}客户 {2}enabled {2}\d{4}-/);
    assert.match(second ?? '', /^bb {2}two {3}enabled {2}\d{4}-/);
  });

  it('go on where a list ended', async (t) => {
    const data = ['--data', sampleFolder(t)];
    for (const id of ['a', 'b', 'c']) await run(['tenant', 'create', '--name', id, '--id', id, ...data]);
    const first = await run(['tenant', 'list', '--limit', '2', ...data]);
    const after = /more: --after (\S+)/.exec(first.stderr)?.[1] ?? '';
    const second = await runJson(['tenant', 'list', '--limit', '2', '--after', after, ...data]);
    assert.deepEqual(
      rows(second).map(({ id }) => id),
      ['c'],
    );
    assert.equal(second.next, null);
  });
});

describe('hufu grant on a data folder', () => {
  it('lists, shows and revokes by every handle', async (t) => {
    const folder = sampleFolder(t);
    const data = ['--data', folder];
    await run(['tenant', 'create', '--name', 'one', '--id', '100', ...data]);
    await run(['user', 'create', '--name', 'Alice', '--id', 'alice', ...data]);
    await run(['accesskey', 'create', '--user', 'alice', '--id', 'HUFU1', ...data]);
    const id = grantId(Date.now() - 1000, '0'.repeat(20));
    const store = await openSqliteStore({ path: folder });
    const issuedAtMs = Date.now() - 1000;
    await store.createGrant(
      {
        id,
        dialect: 'sls',
        tenant: '100',
        subject: 'alice',
        accessKeyId: 'HUFU1',
        clientId: undefined,
        issuedAtMs,
        expiresAtMs: issuedAtMs + 86_400_000,
        renewByMs: issuedAtMs + 86_400_000,
        accessTokenLifetimeSeconds: 60,
        binding: undefined,
        scope: undefined,
        audience: undefined,
        revokedAtMs: undefined,
        generation: 0,
        rotatedAtMs: undefined,
        successorSeen: false,
        idempotencyKeyHash: undefined,
      },
      { atMs: issuedAtMs, type: 'grant.issued', requestId: 'r' },
    );
    await store.close();

    const state = async (): Promise<unknown> => (await runJson(['grant', 'show', id, ...data])).state;
    assert.deepEqual(Object.keys(await runJson(['grant', 'list', '--user', 'alice', ...data])), page);
    assert.equal(rows(await runJson(['grant', 'list', '--access-key', 'HUFU1', ...data])).length, 1);
    assert.equal(rows(await runJson(['grant', 'list', '--access-key', 'HUFU2', ...data])).length, 0);
    assert.equal(await state(), 'active');

    // The tenant of an access key is known.
    const byKey = await runJson(['grant', 'revoke', '--access-key', 'HUFU1', ...data]);
    assert.deepEqual(Object.keys(byKey), ['level', 'tenant', 'key', 'notBefore']);
    assert.deepEqual([byKey.level, byKey.tenant, byKey.key], ['access_key', '100', 'HUFU1']);
    assert.equal(await state(), 'revoked');
    assert.equal((await runJson(['grant', 'revoke', '--user', 'alice', ...data])).level, 'subject');
    assert.equal((await runJson(['grant', 'revoke', '--app', 'web', ...data])).level, 'client');
    assert.equal((await runJson(['grant', 'revoke', '--tenant', '100', ...data])).level, 'tenant');
    assert.deepEqual(await runJson(['grant', 'revoke', id, ...data]), { id, result: 'revoked' });
    assert.deepEqual(await runJson(['grant', 'revoke', id, ...data]), { id, result: 'already' });
  });

  it('revokes nothing that is not named clearly', async (t) => {
    const data = ['--data', sampleFolder(t)];
    for (const args of [[], ['id', '--user', 'alice'], ['--user', 'alice', '--access-key', 'HUFU1']]) {
      const { exitCode, stderr } = await run(['grant', 'revoke', ...args, ...data]);
      assert.equal(exitCode, 2, args.join(' '));
      assert.match(stderr, /name one grant/);
    }
  });
});

describe('hufu audit and hufu keys on a data folder', () => {
  it('list is what audit alone means', async (t) => {
    const data = ['--data', sampleFolder(t)];
    await run(['tenant', 'create', '--name', 'one', ...data]);
    const listed = await runJson(['audit', '--type', 'tenant.created', ...data]);
    assert.deepEqual(listed, await runJson(['audit', 'list', '--type', 'tenant.created', ...data]));
    assert.deepEqual(Object.keys(listed), page);
    assert.deepEqual(
      rows(listed).map(({ type, actor, detail }) => [type, actor, detail]),
      [['tenant.created', 'admin', 'one']],
    );
  });

  it('verify prints a head that the next verify takes, and fails where the end was cut off', async (t) => {
    const data = ['--data', sampleFolder(t)];
    await run(['tenant', 'create', '--name', 'one', ...data]);
    const { exitCode, stdout } = await run(['audit', 'verify', ...data]);
    assert.equal(exitCode, 0);
    const head = /^head (\S+)$/m.exec(stdout)?.[1] ?? '';
    assert.equal((await runJson(['audit', 'verify', '--head', head, ...data])).ok, true);
    const [chain, number, hash] = head.split(':');
    const later = await run(['audit', 'verify', '--head', `${chain}:${Number(number) + 1}:${hash}`, ...data]);
    assert.equal(later.exitCode, 1);
    assert.match(later.stdout, /the end was cut off/);
    assert.equal((await run(['audit', 'verify', '--head', 'nonsense', ...data])).exitCode, 2);
  });

  it('rotate a key', async (t) => {
    const data = ['--data', sampleFolder(t)];
    const before = rows(await runJson(['keys', 'list', ...data])).length;
    const after = await runJson(['keys', 'rotate', '--use', 'sls', ...data]);
    assert.deepEqual(Object.keys(after), ['rows']);
    assert.equal(rows(after).length, before + 1);
    assert.equal((await run(['keys', 'rotate', '--use', 'nobody', ...data])).exitCode, 6);
  });
});
