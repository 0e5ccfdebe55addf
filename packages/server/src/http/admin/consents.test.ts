import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sampleServer } from '../../cli/server.sample.ts';

const names = { tenant: '100', subject: 'alice', clientId: 'shop' };
const path = '/consents/100/alice/shop';

describe('consents', () => {
  it('are shown, and taken back once', async (t) => {
    const { server, call } = await sampleServer(t);
    await call('POST', '/tenants', { id: '100', name: 'one' });
    await call('POST', '/users', { tenant: '100', id: 'alice', name: 'Alice' });
    const redirectUris = ['https://shop.example/callback'];
    await call('POST', '/clients', { tenant: '100', id: 'shop', name: 'Shop', type: 'web', redirectUris });
    const event = { atMs: 0, type: 'consent.granted', requestId: 'r' } as const;
    const grantedAtMs = Date.UTC(2026, 10, 22);
    await server.parts.store.saveConsent({ ...names, scope: 'read write', grantedAtMs }, event);

    const shown = { ...names, scope: 'read write', grantedAt: '2026-11-22T00:00:00.000Z' };
    assert.deepEqual((await call('GET', path)).body, shown);
    assert.deepEqual((await call('DELETE', path)).body, { ...names, result: 'deleted' });
    for (const method of ['GET', 'DELETE'] as const) {
      const { status, body } = await call(method, path);
      assert.deepEqual([status, body.error], [404, 'not_found']);
    }
  });
});
