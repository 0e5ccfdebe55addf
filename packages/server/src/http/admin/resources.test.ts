import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { type Json, sampleServer } from '../../cli/server.sample.ts';

const api = { tenant: '100', id: 'https://api.example.com/v1/files?all=1', name: 'Files' };
const path = `/resources/100/${encodeURIComponent(api.id)}`;

async function withTenant(t: TestContext) {
  const sample = await sampleServer(t);
  await sample.call('POST', '/tenants', { id: '100', name: 'one' });
  return sample;
}

describe('resources', () => {
  it('are named by their URI, which stands encoded in a path', async (t) => {
    const { call } = await withTenant(t);
    const { status, body } = await call('POST', '/resources', api);
    assert.equal(status, 201);
    const { createdAt: _createdAt, ...rest } = body;
    assert.deepEqual(rest, { ...api, status: 'enabled', accessTokens: 'jwt', scopes: [] });
    assert.deepEqual((await call('GET', path)).body, body);
    assert.equal((await call('POST', '/resources', api)).body.error, 'already_exists');
  });

  it('change in what is named, by a change only', async (t) => {
    const { call } = await withTenant(t);
    const before = (await call('POST', '/resources', api)).body;
    const change = { name: 'All files', status: 'disabled', accessTokens: 'opaque', scopes: ['read', 'write'] };
    assert.deepEqual((await call('PATCH', path, change)).body, { ...before, ...change });
    assert.deepEqual((await call('GET', path)).body, { ...before, ...change });
    assert.equal((await call('PATCH', path, {})).status, 400);
    assert.equal((await call('PATCH', '/resources/100/urn%3Anone', { name: 'a' })).status, 404);
  });

  for (const [what, body] of [
    ['an id that is no absolute URI', { id: '/files' }],
    ['an id with a fragment', { id: 'https://api.example.com/#files' }],
    ['an id of more than 1024 characters', { id: `urn:${'x'.repeat(1021)}` }],
    ['a scope of two words', { scopes: ['read write'] }],
    ['a scope that is named twice', { scopes: ['read', 'read'] }],
    ['tokens of another kind', { accessTokens: 'saml' }],
  ] as const) {
    it(`are refused with ${what}`, async (t) => {
      const { call } = await withTenant(t);
      const answer = await call('POST', '/resources', { ...api, ...body });
      assert.deepEqual([answer.status, answer.body.error], [400, 'invalid_request']);
    });
  }

  it('are reached by an id of 1024 characters', async (t) => {
    const { call } = await withTenant(t);
    const id = `urn:${'/'.repeat(1020)}`;
    assert.equal((await call('POST', '/resources', { ...api, id })).status, 201);
    assert.equal((await call('GET', `/resources/100/${encodeURIComponent(id)}`)).body.id, id);
  });

  it('belong to a tenant that is there, and are listed by it, page by page', async (t) => {
    const { call } = await withTenant(t);
    await call('POST', '/tenants', { id: '200', name: 'two' });
    assert.equal((await call('POST', '/resources', { ...api, tenant: 'nobody' })).status, 404);
    for (const tenant of ['100', '200']) {
      for (const id of ['urn:a', 'urn:b']) await call('POST', '/resources', { ...api, tenant, id });
    }
    const seen = [];
    for (let after: unknown = ''; after !== null; ) {
      const { body } = await call('GET', `/resources?tenant=200&limit=1${after === '' ? '' : `&after=${after}`}`);
      seen.push(...(body.rows as Json[]).map(({ tenant, id }) => `${tenant} ${id}`));
      after = body.next;
    }
    assert.deepEqual(seen, ['200 urn:a', '200 urn:b']);
  });

  it('are gone once deleted', async (t) => {
    const { call } = await withTenant(t);
    await call('POST', '/resources', api);
    assert.deepEqual((await call('DELETE', path)).body, { tenant: '100', id: api.id, result: 'deleted' });
    assert.equal((await call('DELETE', path)).status, 404);
    assert.equal((await call('GET', path)).status, 404);
  });
});
