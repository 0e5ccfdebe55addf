/** Introspection (RFC 7662) of the tokens of OAuth. Those of SLS are in `test/introspection.test.ts`. */

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { exchange } from '../harness/exchange.ts';
import { basic, jsonOf, postForm } from '../harness/oauth.ts';
import { type App, errorOf, openOAuth, partsOf, tokenOf } from '../harness/oauth-server.ts';

const server = await openOAuth();
after(() => server[Symbol.asyncDispose]());

const { at, resourceServer } = server;
const header = ({ id, secret = '' }: App) => basic(id, secret);
const ask = (fields: Record<string, string>, app = resourceServer) => postForm(at.introspection, fields, header(app));

describe('introspection', () => {
  for (const kind of ['access_token', 'refresh_token'] as const) {
    it(`[7662-2.2-1] introspection tells whom a token is for, what it may do and until when: ${kind}`, async () => {
      const session = await server.session(server.service, { scope: 'read' });
      const { active, sub, client_id, scope, tenant, sid, iss, aud, exp, iat, token_type } = await server.introspect(
        session[kind],
      );
      assert.deepEqual([active, sub, client_id, scope], [true, server.userId, server.service.id, 'read']);
      assert.deepEqual([tenant, aud], [server.tenant, at.issuer]);
      assert.equal(sid, partsOf(session.access_token).claims.sid);
      const now = Math.floor(server.nowMs() / 1000);
      const isAccess = kind === 'access_token';
      assert.deepEqual([iat, exp], [now, now + (isAccess ? 600 : 30 * 24 * 60 * 60)]);
      assert.deepEqual([token_type, iss], isAccess ? ['Bearer', at.issuer] : ['refresh_token', undefined]);
    });
  }

  it('[7662-4-5] a resource server learns nothing of a token for another one', async () => {
    const [files, mail] = ['https://files.example', 'https://mail.example'];
    for (const id of [files, mail]) {
      await server.admin('POST', '/resources', { tenant: server.tenant, id, name: id });
    }
    const own = await server.app({ type: 'resource_server', permissions: ['introspect'], resources: [files] });
    const tokens = await Promise.all(
      [{ resource: files }, { resource: mail }, {}].map((fields) => server.session(server.service, fields)),
    );
    const seen = await Promise.all(tokens.map(({ access_token: token }) => ask({ token }, own)));
    assert.deepEqual(
      seen.map((answer) => jsonOf(answer).active),
      [true, false, false],
    );
    assert.equal(seen[1]?.body, '{"active":false}');
  });

  it('[7662-5-1] introspection names no name, mail address or role of a user', async () => {
    const { access_token } = await server.session();
    const told = await server.introspect(access_token);
    assert.deepEqual(
      Object.keys(told).filter((name) => /name|mail|role/.test(name)),
      [],
    );
  });

  it('[7662-2.1-1] an introspection without a token is invalid_request', async () => {
    assert.equal(errorOf(await ask({})), '400 invalid_request');
    assert.equal(errorOf(await ask({ token: '' })), '400 invalid_request');
  });

  it('[7662-2.1-2] a wrong or unknown hint changes nothing at the introspection endpoint', async () => {
    const { access_token, refresh_token } = await server.session();
    for (const token of [access_token, refresh_token]) {
      for (const token_type_hint of ['access_token', 'refresh_token', 'pizza', '']) {
        assert.equal(jsonOf(await ask({ token, token_type_hint })).active, true);
      }
    }
  });

  it('[7662-2.1-3] introspection is for authenticated clients only', async () => {
    const { access_token: token } = await server.session();
    const native = await server.app({ type: 'native', redirectUris: ['app:/callback'] });
    const { id, secret = '' } = resourceServer;
    for (const [fields, headers] of [
      [{ token }, {}],
      [{ token, client_id: id }, {}],
      [{ token, client_id: native.id }, {}],
      [{ token }, basic(id, `${secret}x`)],
      [{ token }, { authorization: `Bearer ${token}` }],
    ] as const) {
      const answer = await postForm(at.introspection, fields as Record<string, string>, headers);
      assert.equal(errorOf(answer), '401 invalid_client');
    }
  });

  it('[7662-4-8] a client without the permission to introspect is refused', async () => {
    const { access_token: token } = await server.session();
    const checker = await server.app({ type: 'resource_server' });
    assert.equal(errorOf(await ask({ token }, checker)), '400 unauthorized_client');
    assert.equal(errorOf(await ask({ token }, server.service)), '400 unauthorized_client');
  });

  it('[7662-2.2-2] of everything that is not alive introspection says this and no more', async () => {
    await using other = await openOAuth();
    const used = await server.session();
    const next = tokenOf(await server.refresh(server.service, used.refresh_token));
    await server.admin('POST', '/tenants', { id: 'elsewhere', name: 'Elsewhere' });
    const foreign = await server.app({ type: 'service', tenant: 'elsewhere' });
    const checker = await server.app({ type: 'resource_server', permissions: ['introspect'] });
    const foreignToken = tokenOf(await server.token(foreign, { grant_type: 'client_credentials' })).access_token;
    assert.equal((await server.introspect(next.access_token)).active, true);
    for (const token of [
      'x',
      '.',
      '虎',
      'x'.repeat(20_000),
      used.refresh_token,
      (await other.session()).access_token,
    ]) {
      assert.equal((await ask({ token })).body, '{"active":false}', token.slice(0, 20));
    }
    assert.equal((await ask({ token: foreignToken }, checker)).body, '{"active":false}');
  });

  it('[7662-4-10] a token in a query is never introspected', async () => {
    const { access_token } = await server.session();
    const target = `/oauth2/introspect?token=${access_token}`;
    const headers = { host: new URL(server.url).host, ...header(resourceServer) };
    const got = await exchange(server.url, { method: 'GET', target, headers, body: undefined });
    assert.equal(errorOf(got), '405 invalid_request');
    const posted = await postForm(`${at.introspection}?token=${access_token}`, {}, header(resourceServer));
    assert.equal(errorOf(posted), '400 invalid_request');
  });

  it('is for no cache', async () => {
    const { headers } = await ask({ token: 'x' });
    assert.deepEqual([headers['cache-control'], headers['content-type']], ['no-store', 'application/json']);
  });
});
