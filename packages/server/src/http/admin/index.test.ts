import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sampleServer } from '../../cli/server.sample.ts';
import { StoreUnavailable } from '../../service/ports.ts';

describe('refusals of the admin API', () => {
  for (const [what, method, path, body, status, code] of [
    ['a path that is not served', 'GET', '/nothing', undefined, 404, 'not_found'],
    ['another method', 'PUT', '/tenants', { name: 'a' }, 405, 'method_not_allowed'],
    ['a body that is not JSON', 'POST', '/tenants', '{"name":', 400, 'invalid_request'],
    ['a body that is not an object', 'POST', '/tenants', '"name"', 400, 'invalid_request'],
    ['a missing body', 'POST', '/tenants', undefined, 400, 'invalid_request'],
    ['an unknown member', 'POST', '/tenants', { name: 'a', color: 'red' }, 400, 'invalid_request'],
    [
      'a member that reaches for the prototype',
      'POST',
      '/tenants',
      '{"name":"a","__proto__":{}}',
      400,
      'invalid_request',
    ],
    ['an unknown parameter', 'GET', '/tenants?color=red', undefined, 400, 'invalid_request'],
    ['a parameter given twice', 'GET', '/tenants?limit=1&limit=2', undefined, 400, 'invalid_request'],
    ['a page of no rows', 'GET', '/tenants?limit=0', undefined, 400, 'invalid_request'],
    ['a page of too many rows', 'GET', '/tenants?limit=1001', undefined, 400, 'invalid_request'],
    ['a cursor that no page named', 'GET', '/tenants?after=bm90aGluZw', undefined, 400, 'invalid_request'],
    ['a body above 64 KiB', 'POST', '/tenants', JSON.stringify({ name: 'x'.repeat(65_536) }), 413, 'body_too_large'],
  ] as const) {
    it(`answers ${what} with ${code}`, async (t) => {
      const { call } = await sampleServer(t);
      const answer = await call(method, path, body);
      assert.equal(answer.status, status);
      assert.deepEqual(Object.keys(answer.body), ['error', 'message', 'requestId']);
      assert.equal(answer.body.error, code);
      assert.match(String(answer.body.requestId), /^[0-9A-F]{24}$/);
      assert.equal(answer.headers['x-request-id'], answer.body.requestId);
    });
  }

  it('names the place of a problem, and repeats no value', async (t) => {
    const { call } = await sampleServer(t);
    const { body } = await call('POST', '/tenants', { name: 'ok', id: 'not an id: SECRET' });
    assert.match(String(body.message), /^body\.id: allowed: /);
    assert.ok(!String(body.message).includes('SECRET'));
  });

  it('answers another content type with unsupported_media_type', async (t) => {
    const { server } = await sampleServer(t);
    const headers = { authorization: `Bearer ${server.adminToken}`, 'content-type': 'text/plain' };
    const answer = await server.app.inject({ method: 'POST', url: '/admin/v1/tenants', headers, payload: 'name=a' });
    assert.equal(answer.statusCode, 415);
    assert.equal(answer.json().error, 'unsupported_media_type');
  });

  it('says which methods a path has', async (t) => {
    const { call } = await sampleServer(t);
    assert.equal((await call('DELETE', '/tenants')).headers.allow, 'GET, POST');
  });

  it('answers a store that is closed with temporarily_unavailable', async (t) => {
    const { server, call } = await sampleServer(t);
    await server.parts.store.close();
    const { status, body } = await call('GET', '/tenants');
    assert.equal(status, 503);
    assert.equal(body.error, 'temporarily_unavailable');
  });

  it('tells nobody outside about a mistake of its own', async (t) => {
    const { server, call } = await sampleServer(t);
    t.mock.method(server.parts.ring, 'list', () => {
      throw new TypeError('words for the log');
    });
    const { status, body } = await call('GET', '/keys');
    assert.equal(status, 500);
    assert.equal(body.error, 'internal');
    assert.ok(!JSON.stringify(body).includes('words'));
    t.mock.method(server.parts.ring, 'list', () => {
      throw new StoreUnavailable('path of a file');
    });
    assert.ok(!JSON.stringify((await call('GET', '/keys')).body).includes('path'));
  });
});

describe('status and configuration', () => {
  it('says what runs', async (t) => {
    const nowMs = Date.UTC(2026, 10, 22);
    const { server, call } = await sampleServer(t, { clock: { nowMs: () => nowMs } });
    const { body } = await call('GET', '/status');
    assert.deepEqual(Object.keys(body), ['version', 'startedAt', 'now', 'dialects', 'pendingWrites']);
    assert.equal(body.now, '2026-11-22T00:00:00.000Z');
    const served = server.parts.registry.dialects.map(({ name }) => name);
    assert.ok(served.includes('sls'));
    assert.deepEqual(body.dialects, served);
  });

  it('shows the configuration with origins and without secrets', async (t) => {
    const { call } = await sampleServer(t, { origins: new Map([['data.dir', 'flag']]) });
    const options = (await call('GET', '/config')).body.options as { path: string; value: unknown; origin: string }[];
    const named = new Map(options.map((option) => [option.path, option]));
    assert.equal(named.get('data.dir')?.origin, 'flag');
    assert.deepEqual(named.get('server.host'), { path: 'server.host', value: '127.0.0.1', origin: 'default' });
    assert.equal(named.get('admin.token')?.value, null);
  });
});
