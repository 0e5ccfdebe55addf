import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { sampleServer } from '../../cli/server.sample.ts';

async function withTenant(t: TestContext) {
  const sample = await sampleServer(t);
  await sample.call('POST', '/tenants', { id: '100', name: 'one' });
  return sample;
}

const alice = { tenant: '100', id: 'alice', name: 'Alice' };
const path = '/users/100/alice';

describe('users', () => {
  it('show who they are, and never their password', async (t) => {
    const { call } = await withTenant(t);
    const profile = { nickName: '虎', avatar: 'https://example.com/a.png', driveId: '1', sandboxDriveId: '2' };
    const userData = { theme: 'dark', list: [1, { deep: true }] };
    const asked = { ...alice, loginName: 'alice@example.com', password: 'tiger tally', role: 'superadmin' };
    const { status, body } = await call('POST', '/users', { ...asked, profile: { ...profile, userData } });
    assert.equal(status, 201);
    const { createdAt: _createdAt, ...rest } = body;
    assert.deepEqual(rest, {
      ...alice,
      status: 'enabled',
      policy: { Version: '1', Statement: [] },
      loginName: 'alice@example.com',
      hasPassword: true,
      role: 'superadmin',
      profile: { ...profile, userData },
      firstLoginAt: null,
    });
    for (const shown of [path, '/users', '/audit']) {
      assert.doesNotMatch(JSON.stringify((await call('GET', shown)).body), /tiger|argon2/, shown);
    }
  });

  it('have nothing that nobody gave them', async (t) => {
    const { call } = await withTenant(t);
    const { body } = await call('POST', '/users', alice);
    assert.deepEqual([body.loginName, body.hasPassword, body.role], [null, false, 'user']);
    assert.deepEqual(body.profile, { nickName: '', avatar: '', driveId: '', sandboxDriveId: '', userData: {} });
  });

  for (const [characters, status] of [
    [7, 400],
    [8, 201],
    [256, 201],
    [257, 400],
  ] as const) {
    it(`answer ${status} for a password of ${characters} characters, and do not repeat it`, async (t) => {
      const { call } = await withTenant(t);
      const password = 'x'.repeat(characters);
      const answer = await call('POST', '/users', { ...alice, password });
      assert.equal(answer.status, status);
      assert.ok(!JSON.stringify(answer.body).includes(password));
    });
  }

  for (const [characters, status] of [
    [1024, 201],
    [1025, 400],
  ] as const) {
    it(`answer ${status} for user data of ${characters} characters`, async (t) => {
      const { call } = await withTenant(t);
      const userData = { a: 'x'.repeat(characters - '{"a":""}'.length) };
      assert.equal((await call('POST', '/users', { ...alice, profile: { userData } })).status, status);
    });
  }

  for (const [what, body] of [
    ['a login name that begins with a blank', { loginName: ' alice' }],
    ['a login name that hides a character', { loginName: 'ali\u200bce' }],
    ['a role of several words', { role: 'super admin' }],
    ['user data that is no object', { profile: { userData: [] } }],
    ['a nick name that forges a line', { profile: { nickName: 'a\nb' } }],
    ['an unknown member of the profile', { profile: { color: 'red' } }],
  ] as const) {
    it(`are refused with ${what}`, async (t) => {
      const { call } = await withTenant(t);
      const answer = await call('POST', '/users', { ...alice, ...body });
      assert.deepEqual([answer.status, answer.body.error], [400, 'invalid_request']);
    });
  }

  it('share no login name with another of their tenant, in whichever Unicode spelling', async (t) => {
    const { call } = await withTenant(t);
    await call('POST', '/users', { ...alice, loginName: 'andr\u00e9' });
    const bob = { ...alice, id: 'bob', loginName: 'andre\u0301' };
    assert.equal((await call('POST', '/users', bob)).body.error, 'already_exists');
    assert.equal((await call('POST', '/users', { ...bob, loginName: 'bob' })).status, 201);
    const taken = await call('PATCH', '/users/100/bob', { loginName: 'andr\u00e9' });
    assert.deepEqual([taken.status, taken.body.error], [409, 'already_exists']);
    await call('POST', '/tenants', { id: '200', name: 'two' });
    assert.equal((await call('POST', '/users', { ...bob, tenant: '200' })).status, 201);
  });

  it('change in what is named, down to the members of the profile', async (t) => {
    const { call } = await withTenant(t);
    const profile = { nickName: 'A', driveId: '1', userData: { a: 1 } };
    const before = (await call('POST', '/users', { ...alice, profile })).body;
    const change = { name: 'Alicia', role: 'admin', loginName: 'alicia', password: 'tiger tally' };
    const { body } = await call('PATCH', path, { ...change, profile: { nickName: '', userData: { b: 2 } } });
    const { password: _password, ...shown } = change;
    assert.deepEqual(body, {
      ...before,
      ...shown,
      hasPassword: true,
      profile: { nickName: '', avatar: '', driveId: '1', sandboxDriveId: '', userData: { b: 2 } },
    });
    assert.deepEqual((await call('GET', path)).body, body);
  });

  it('are gone once deleted, with their access keys', async (t) => {
    const { call } = await withTenant(t);
    await call('POST', '/users', alice);
    const key = (await call('POST', '/accesskeys', { tenant: '100', userId: 'alice' })).body;
    assert.deepEqual((await call('DELETE', path)).body, { tenant: '100', id: 'alice', result: 'deleted' });
    for (const gone of [path, `/accesskeys/${key.id}`]) assert.equal((await call('GET', gone)).status, 404, gone);
    assert.equal((await call('DELETE', path)).status, 404);
  });

  it('may have an id that an assertion made, freer than one that an operator chooses', async (t) => {
    const { call, server } = await withTenant(t);
    const event = { atMs: 0, type: 'user.created', requestId: 'r' } as const;
    const stored = await server.parts.store.findUser('100', 'alice');
    assert.equal(stored, undefined);
    await call('POST', '/users', alice);
    const made = await server.parts.store.findUser('100', 'alice');
    assert.ok(made);
    const id = '用户/1?';
    await server.parts.store.createUser({ ...made, id }, event);
    const found = await call('PATCH', `/users/100/${encodeURIComponent(id)}`, { status: 'disabled' });
    assert.deepEqual([found.status, found.body.id, found.body.status], [200, id, 'disabled']);
  });
});
