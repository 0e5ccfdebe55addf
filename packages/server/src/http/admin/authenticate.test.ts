import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sampleServer } from '../../cli/server.sample.ts';

describe('authentication of the admin API', () => {
  it('refuses every route without a token, one that is not served too', async (t) => {
    const { call } = await sampleServer(t);
    const { body: document } = await call('GET', '/openapi.json');
    const paths = Object.keys(document.paths ?? {}).map((path) => path.replace('/admin/v1', '').replace(/{\w+}/g, 'x'));
    assert.ok(paths.length > 15);
    for (const path of [...paths, '/nothing-here', '']) {
      for (const method of ['GET', 'POST', 'PATCH', 'DELETE'] as const) {
        const { status, headers, body } = await call(method, path, undefined, null);
        assert.equal(status, 401, `${method} ${path}`);
        assert.match(String(headers['www-authenticate']), /^Bearer /);
        assert.equal(body.error, 'unauthorized');
      }
    }
  });

  for (const [what, token] of [
    ['a wrong token', 'admin-token-of-the-testx'],
    ['the beginning of the token', 'admin-token'],
    ['a longer token', 'admin-token-of-the-tests-'],
  ] as const) {
    it(`refuses ${what} and keeps the guess in the audit log`, async (t) => {
      const { call } = await sampleServer(t);
      const refused = await call('GET', '/status', undefined, token);
      assert.equal(refused.status, 401);
      assert.match(String(refused.headers['www-authenticate']), /error="invalid_token"/);
      // The log keeps its order, so what was taken before this change is on disk with it.
      await call('POST', '/tenants', { name: 'after' });
      const { body } = await call('GET', '/audit?type=request.refused');
      assert.deepEqual(
        (body.rows as { reason: string; requestId: string }[]).map(({ reason, requestId }) => ({ reason, requestId })),
        [{ reason: 'admin_token_invalid', requestId: refused.body.requestId }],
      );
      assert.ok(!JSON.stringify(body).includes(token));
    });
  }

  it('reads no body before the token is right', async (t) => {
    const { call } = await sampleServer(t);
    assert.equal((await call('POST', '/tenants', 'x'.repeat(100_000), null)).status, 401);
  });

  it('refuses everything where no admin token is set', async (t) => {
    const { server } = await sampleServer(t, { adminToken: '' });
    for (const authorization of ['Bearer ', 'Bearer x', '']) {
      const answer = await server.app.inject({ url: '/admin/v1/status', headers: { authorization } });
      assert.equal(answer.statusCode, 401, authorization);
    }
  });

  it('never lets an answer be cached', async (t) => {
    const { call } = await sampleServer(t);
    for (const path of ['/status', '/tenants', '/nothing-here']) {
      assert.equal((await call('GET', path)).headers['cache-control'], 'no-store', path);
    }
  });
});
