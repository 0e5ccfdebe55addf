/** The token endpoint: its form, its answers and its refusals, whatever the grant. */

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { exchange } from '../harness/exchange.ts';
import { basic, jsonOf, postForm } from '../harness/oauth.ts';
import { errorOf, jwtBearer, openOAuth, partsOf, tokenOf } from '../harness/oauth-server.ts';

const server = await openOAuth();
after(() => server[Symbol.asyncDispose]());

const clientCredentials = { grant_type: 'client_credentials' };
const caseOf = (error: string, fields: object): string => `${error} for ${JSON.stringify(fields)}`;

describe('a token request', () => {
  it('[6749-3.2-3] the token endpoint takes POST only', async () => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const headers = { host: new URL(server.url).host, ...basic(server.service.id, server.service.secret ?? '') };
      const target = '/oauth2/token?grant_type=client_credentials';
      const answer = await exchange(server.url, { method, target, headers, body: undefined });
      assert.equal(errorOf(answer), '405 invalid_request');
      assert.equal(answer.headers.allow, 'POST');
    }
  });

  it('[6749-3.2-4] a parameter without a value counts as left out of a token request', async () => {
    const { scope } = tokenOf(await server.token(server.service, { ...clientCredentials, scope: '', resource: '' }));
    assert.equal(scope, undefined);
    assert.equal(errorOf(await server.token(server.service, { grant_type: '' })), '400 invalid_request');
  });

  it('[6749-3.2-5] unknown parameters of a token request are ignored', async () => {
    tokenOf(await server.token(server.service, { ...clientCredentials, audience: 'x', foo: '', 'a[b]': '1' }));
  });

  it('[6749-3.2-6] a parameter given twice in a token request is refused', async () => {
    for (const name of ['grant_type', 'scope', 'foo', 'client_id']) {
      const twice = [
        ['grant_type', 'client_credentials'],
        [name, 'x'],
        [name, 'x'],
      ] as const;
      const answer = await server.token(server.service, twice);
      assert.equal(errorOf(answer), '400 invalid_request', name);
    }
  });

  it('[6749-B-1] forms are read as UTF-8', async () => {
    const headers = {
      ...basic(server.service.id, server.service.secret ?? ''),
      'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
      host: new URL(server.url).host,
    };
    const post = (body: string, type = headers['content-type']) =>
      exchange(server.url, {
        method: 'POST',
        target: '/oauth2/token',
        headers: { ...headers, 'content-type': type },
        body,
      });
    assert.equal((await post('grant_type=client_credentials&foo=%E8%99%8E')).status, 200);
    assert.equal(errorOf(await post('grant_type=client_credentials&foo=%FF')), '400 invalid_request');
    assert.equal(errorOf(await post('grant_type=client_credentials&foo=%E8')), '400 invalid_request');
    const latin = 'application/x-www-form-urlencoded; charset=iso-8859-1';
    assert.equal(errorOf(await post('grant_type=client_credentials', latin)), '400 invalid_request');
    assert.equal(errorOf(await post('{"grant_type":"client_credentials"}', 'application/json')), '400 invalid_request');
  });

  it('[7009-5-1] a form above its limit is refused at every endpoint', async () => {
    await using server = await openOAuth({ config: { 'oauth.bodyLimitBytes': '4096' } });
    const { id, secret = '' } = server.resourceServer;
    for (const endpoint of [server.at.token, server.at.introspection, server.at.revocation]) {
      const send = async (bytes: number) => {
        const start = 'grant_type=x&token=t&pad=';
        return postForm(
          endpoint,
          { grant_type: 'x', token: 't', pad: 'x'.repeat(bytes - start.length) },
          basic(id, secret),
        );
      };
      assert.notEqual((await send(4096)).status, 413);
      assert.equal(errorOf(await send(4097)), '413 invalid_request');
    }
  });
});

describe('an answer of the token endpoint', () => {
  it('[6749-5.1-1] a token answer is JSON with access_token, token_type and expires_in', async () => {
    const answer = await server.token(server.service, {
      grant_type: jwtBearer,
      assertion: server.assertion(server.service, { sub: server.userId }),
    });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['content-type'], 'application/json');
    const { access_token, refresh_token, ...rest } = jsonOf(answer);
    assert.deepEqual(rest, { token_type: 'Bearer', expires_in: 600 });
    assert.match(String(access_token), /^[\w-]+\.[\w-]+\.[\w-]+$/);
    assert.match(String(refresh_token), /^[\w-]{60}$/);
  });

  it('[6749-5.1-4] no answer of the token endpoint may be cached', async () => {
    const good = await server.token(server.service, clientCredentials);
    const bad = await server.token(server.service, { grant_type: 'password' });
    const unknown = await postForm(server.at.token, clientCredentials);
    for (const [answer, status] of [
      [good, 200],
      [bad, 400],
      [unknown, 401],
    ] as const) {
      assert.equal(answer.status, status);
      assert.deepEqual([answer.headers['cache-control'], answer.headers.pragma], ['no-store', 'no-cache']);
    }
  });

  for (const [fields, error] of [
    [{}, 'invalid_request'],
    [{ grant_type: 'authorization_code' }, 'invalid_request'],
    [{ grant_type: 'refresh_token' }, 'invalid_request'],
    [{ grant_type: jwtBearer }, 'invalid_request'],
    [{ grant_type: 'refresh_token', refresh_token: 'x' }, 'invalid_grant'],
    [{ grant_type: jwtBearer, assertion: 'x' }, 'invalid_grant'],
    [{ grant_type: 'client_credentials', scope: 'a  b' }, 'invalid_scope'],
    [{ grant_type: 'client_credentials', resource: 'https://nobody.example' }, 'invalid_target'],
    [{ grant_type: 'authorization_code', code: 'x' }, 'unauthorized_client'],
    [{ grant_type: 'urn:ietf:params:oauth:grant-type:device_code' }, 'unsupported_grant_type'],
  ] as const) {
    it(`[6749-5.2-2] a refusal of the token endpoint is 400 with its code: ${caseOf(error, fields)}`, async () => {
      assert.equal(errorOf(await server.token(server.service, fields)), `400 ${error}`);
    });
  }

  it('[9700-2.4-1] the password grant is refused as unsupported', async () => {
    const { userName: username, password } = server.emulator.description.oauth.user;
    const answer = await server.token(server.service, { grant_type: 'password', username, password });
    assert.equal(errorOf(answer), '400 unsupported_grant_type');
  });

  it('repeats nothing that was sent, in no refusal', async () => {
    const marker = 'M4RK"\\\r\nx: y';
    for (const [fields, headers] of [
      [{ grant_type: marker }, {}],
      [{ grant_type: 'refresh_token', refresh_token: marker, client_id: marker }, {}],
      [{ ...clientCredentials, client_id: 'a', client_secret: marker }, {}],
      [{ ...clientCredentials, scope: marker }, basic(server.service.id, server.service.secret ?? '')],
      [{ ...clientCredentials, resource: marker }, basic(server.service.id, server.service.secret ?? '')],
      [{ [marker]: marker, ...clientCredentials }, basic(marker, marker)],
    ] as const) {
      const answer = await postForm(
        server.at.token,
        fields as Record<string, string>,
        headers as Record<string, string>,
      );
      assert.ok(answer.status >= 400 && answer.status < 500);
      assert.ok(!JSON.stringify([answer.rawHeaders, answer.body]).includes('M4RK'));
      assert.match(String(jsonOf(answer).error_description), /^[\x20\x21\x23-\x5b\x5d-\x7e]+$/);
    }
  });

  it('names its request in a header, and so does the audit log', async () => {
    const answer = await server.token(server.service, { grant_type: 'refresh_token', refresh_token: 'x' });
    const requestId = String(answer.headers['x-request-id']);
    assert.match(requestId, /^[0-9A-F]{24}$/);
    const { rows } = await server.admin('GET', `/audit?requestId=${requestId}`);
    assert.deepEqual(
      (rows as Record<string, unknown>[]).map(({ reason, operation, actor }) => [reason, operation, actor]),
      [['credential_invalid', 'refresh_token', server.service.id]],
    );
  });
});

describe('client credentials', () => {
  it('[6749-4.4.2-1] a client gets a token of its own by client_credentials', async () => {
    const { access_token } = tokenOf(await server.token(server.service, clientCredentials));
    const { sub, client_id } = partsOf(access_token).claims;
    assert.deepEqual([sub, client_id], [server.service.id, server.service.id]);
    assert.equal((await server.introspect(access_token)).active, true);
  });

  it('[6749-4.4.3-1] client_credentials gives no refresh token', async () => {
    assert.deepEqual(Object.keys(jsonOf(await server.token(server.service, clientCredentials))), [
      'access_token',
      'token_type',
      'expires_in',
    ]);
  });

  it('[6749-4.4-1] a public client gets no token by client_credentials', async () => {
    const native = await server.app({ type: 'native', redirectUris: ['app:/callback'] });
    assert.equal(errorOf(await server.token(native, clientCredentials)), '401 invalid_client');
  });

  it('ends with the client: a disabled one gets nothing, and its token is inactive', async () => {
    const app = await server.app({ type: 'service' });
    const { access_token } = tokenOf(await server.token(app, clientCredentials));
    await server.admin('PATCH', `/clients/${app.id}`, { status: 'disabled' });
    assert.equal(errorOf(await server.token(app, clientCredentials)), '401 invalid_client');
    assert.deepEqual(await server.introspect(access_token), { active: false });
  });
});

describe('scopes', () => {
  const scopes = ['read', 'write'];

  it('[9700-2.3-1] an access token has no scope beyond what was asked for and allowed', async () => {
    const app = await server.app({ type: 'service', scopes });
    const ask = (scope: string) => server.token(app, { ...clientCredentials, scope });
    assert.equal(tokenOf(await ask('read')).scope, 'read');
    assert.equal(partsOf(tokenOf(await ask('read')).access_token).claims.scope, 'read');
    assert.equal(errorOf(await ask('read admin')), '400 invalid_scope');
    assert.equal(errorOf(await ask('READ')), '400 invalid_scope');
  });

  it('[6749-3.3-1] a token answer names its scope where it is not the one that was asked for', async () => {
    const app = await server.app({ type: 'service', scopes });
    assert.equal(tokenOf(await server.token(app, { ...clientCredentials, scope: 'read read' })).scope, 'read');
    assert.equal(tokenOf(await server.token(app, clientCredentials)).scope, 'read write');
  });

  it('[6749-3.3-2] a request without a scope gets the default scope of its client', async () => {
    const app = await server.app({ type: 'service', scopes });
    const { access_token } = tokenOf(await server.token(app, clientCredentials));
    assert.equal(partsOf(access_token).claims.scope, 'read write');
    const { access_token: unscoped } = tokenOf(await server.token(server.service, clientCredentials));
    assert.equal('scope' in partsOf(unscoped).claims, false);
  });
});

describe('a page of another origin', () => {
  const preflight = (url: string) =>
    fetch(url, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://spa.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,idempotency-key',
      },
    });

  it('may call the token and the revocation endpoint, and read their refusals', async () => {
    for (const endpoint of [server.at.token, server.at.revocation]) {
      const answer = await preflight(endpoint);
      assert.deepEqual([answer.status, await answer.text()], [204, '']);
      assert.equal(answer.headers.get('access-control-allow-origin'), '*');
      assert.equal(answer.headers.get('access-control-allow-methods'), 'POST');
      assert.match(
        answer.headers.get('access-control-allow-headers') ?? '',
        /authorization, content-type, idempotency-key/,
      );
      assert.equal(answer.headers.get('access-control-allow-credentials'), null);
      const refused = await postForm(endpoint, {}, { origin: 'https://spa.example' });
      assert.equal(refused.headers['access-control-allow-origin'], '*');
    }
  });

  it('may not introspect', async () => {
    const answer = await preflight(server.at.introspection);
    assert.equal(answer.status, 405);
    assert.equal(answer.headers.get('access-control-allow-origin'), null);
  });
});
