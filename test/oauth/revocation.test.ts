/** Revocation (RFC 7009) of the tokens of OAuth. Those of SLS are in `test/introspection.test.ts`. */

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { basic, postForm } from '../harness/oauth.ts';
import { type App, errorOf, openOAuth, tokenOf } from '../harness/oauth-server.ts';

const server = await openOAuth();
after(() => server[Symbol.asyncDispose]());

const { service, at } = server;
const revoke = (fields: Record<string, string>, { id, secret = '' }: App = service) =>
  postForm(at.revocation, fields, basic(id, secret));
const isAlive = async (token: string): Promise<boolean> => (await server.introspect(token)).active === true;

describe('revocation', () => {
  for (const kind of ['access_token', 'refresh_token'] as const) {
    it(`[7009-2.1-4] a revoked token is dead at once, and its whole session with it: ${kind}`, async () => {
      const session = await server.session();
      const other = await server.session();
      const next = tokenOf(await server.refresh(service, session.refresh_token));
      const answer = await revoke({ token: next[kind] });
      assert.deepEqual([answer.status, answer.body], [200, '']);
      for (const token of [session.access_token, next.access_token, next.refresh_token]) {
        assert.equal(await isAlive(token), false);
      }
      assert.equal(errorOf(await server.refresh(service, next.refresh_token)), '400 invalid_grant');
      assert.equal(await isAlive(other.access_token), true);
    });
  }

  it('[7009-2.1-1] a revocation without a token is invalid_request', async () => {
    assert.equal(errorOf(await revoke({})), '400 invalid_request');
  });

  it('[7009-2.1-2] a wrong or unknown hint changes nothing at the revocation endpoint', async () => {
    for (const token_type_hint of ['access_token', 'pizza', '']) {
      const { access_token, refresh_token } = await server.session();
      assert.equal((await revoke({ token: refresh_token, token_type_hint })).status, 200);
      assert.equal(await isAlive(access_token), false);
    }
  });

  it('[7009-2.1-3] a client ends no session of another one, unless it has the permission to', async () => {
    await server.admin('POST', '/tenants', { id: 'elsewhere', name: 'Elsewhere' });
    const permissions = ['revoke'] as const;
    const { access_token, refresh_token } = await server.session();
    const native = await server.app({ type: 'native', redirectUris: ['app:/callback'] });
    const others = [
      await server.app({ type: 'service' }),
      await server.app({ type: 'resource_server', permissions: ['introspect'] }),
      await server.app({ type: 'resource_server', tenant: 'elsewhere', permissions }),
    ];
    for (const token of [access_token, refresh_token]) {
      for (const other of others) assert.equal((await revoke({ token }, other)).status, 200);
      assert.equal((await postForm(at.revocation, { token, client_id: native.id })).status, 200);
    }
    assert.equal(await isAlive(access_token), true);
    const permitted = await server.app({ type: 'resource_server', permissions });
    assert.equal((await revoke({ token: access_token }, permitted)).status, 200);
    assert.equal(await isAlive(access_token), false);
  });

  it('[7009-2.2-1] revoking what is not alive is a success', async () => {
    const { refresh_token } = await server.session();
    for (const token of ['x', refresh_token, refresh_token]) {
      const answer = await revoke({ token });
      assert.deepEqual([answer.status, answer.body], [200, '']);
    }
  });
});
