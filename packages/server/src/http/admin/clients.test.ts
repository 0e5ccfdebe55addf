import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { describe, it, type TestContext } from 'node:test';
import { type Json, type SampleServer, sampleServer } from '../../cli/server.sample.ts';

const resourceServer = { tenant: '*', name: 'rs', permissions: ['introspect'] };
const web = {
  tenant: '100',
  name: 'Shop',
  type: 'web',
  redirectUris: ['https://shop.example/callback'],
};
const jwt = { tenant: '100', name: 'Machine', dialect: 'pds', type: 'JWT' };

const rows = (body: Json): Json[] => body.rows as Json[];

async function withTenant(t: TestContext): Promise<SampleServer> {
  const sample = await sampleServer(t);
  await sample.call('POST', '/tenants', { id: '100', name: 'one' });
  return sample;
}

const publicKeyOf = (privateKeyPem: unknown) => createPublicKey(String(privateKeyPem));

describe('clients', () => {
  it('may introspect where they were allowed to, until they are disabled', async (t) => {
    const { server, call } = await sampleServer(t);
    const introspect = async ({ id, secret }: Json): Promise<number> => {
      const basic = Buffer.from(`${id}:${secret}`).toString('base64');
      const headers = { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' };
      const ask = { method: 'POST', url: '/oauth2/introspect', headers, payload: 'token=x' } as const;
      return (await server.app.inject(ask)).statusCode;
    };
    const { body } = await call('POST', '/clients', resourceServer);
    assert.match(String(body.id), /^app-[A-Z0-9]{20}$/);
    assert.equal(await introspect(body), 200);
    const other = (await call('POST', '/clients', { ...resourceServer, permissions: ['revoke'] })).body;
    assert.equal(await introspect(other), 400);
    assert.equal((await call('PATCH', `/clients/${body.id}`, { status: 'disabled' })).body.status, 'disabled');
    assert.equal(await introspect(body), 401);
    for (const path of ['/clients', `/clients/${body.id}`, '/audit']) {
      assert.ok(!JSON.stringify((await call('GET', path)).body).includes(String(body.secret)), path);
    }
  });

  it('belong to a tenant that is there, or to all', async (t) => {
    const { call } = await sampleServer(t);
    assert.equal((await call('POST', '/clients', { ...resourceServer, tenant: 'nobody' })).status, 404);
    assert.equal((await call('POST', '/clients', resourceServer)).status, 201);
    const twice = { ...resourceServer, permissions: ['introspect', 'introspect'] };
    assert.equal((await call('POST', '/clients', twice)).status, 400);
  });

  it('show all that they are, and their secret this once', async (t) => {
    const { call } = await withTenant(t);
    const { status, body } = await call('POST', '/clients', { ...web, id: 'shop', scopes: ['read', 'write'] });
    assert.equal(status, 201);
    const { secret, privateKeyPem, createdAt: _createdAt, ...rest } = body;
    assert.match(String(secret), /^\w{43}$/);
    assert.equal(privateKeyPem, null);
    assert.deepEqual(rest, {
      id: 'shop',
      tenant: '100',
      name: 'Shop',
      status: 'enabled',
      permissions: [],
      dialect: 'oauth',
      type: 'web',
      authentication: 'client_secret',
      grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'],
      keys: [],
      redirectUris: ['https://shop.example/callback'],
      requiresPkce: true,
      scopes: ['read', 'write'],
      thirdParty: false,
      resources: [],
      rotation: { rotates: true, retryWindowSeconds: null },
    });
    const { secret: _secret, privateKeyPem: _privateKeyPem, ...shown } = body;
    assert.deepEqual((await call('GET', '/clients/shop')).body, shown);
  });

  it('get a pair of keys whose private half is shown this once', async (t) => {
    const { call } = await withTenant(t);
    const { body } = await call('POST', '/clients', jwt);
    assert.equal(body.secret, null);
    const { n } = publicKeyOf(body.privateKeyPem).export({ format: 'jwk' });
    const [key] = body.keys as [{ id: string; jwk: Json }];
    assert.equal(key.jwk.n, n);
    assert.equal(key.jwk.d, undefined);
    for (const path of ['/clients', `/clients/${body.id}`, '/audit']) {
      assert.doesNotMatch(JSON.stringify((await call('GET', path)).body), /PRIVATE/, path);
    }
  });

  it('take a public key in PEM, as a JWK, and as the text of one', async (t) => {
    const { call } = await withTenant(t);
    const key = publicKeyOf((await call('POST', '/clients', jwt)).body.privateKeyPem);
    const ids = new Set<unknown>();
    const jwk = key.export({ format: 'jwk' });
    for (const publicKey of [
      key.export({ type: 'spki', format: 'pem' }),
      key.export({ type: 'pkcs1', format: 'pem' }),
      jwk,
      JSON.stringify(jwk),
    ]) {
      const { status, body } = await call('POST', '/clients', { ...jwt, publicKey });
      assert.equal(status, 201);
      assert.equal(body.privateKeyPem, null);
      ids.add((body.keys as Json[])[0]?.id);
    }
    assert.equal(ids.size, 1);
  });

  const refused: readonly (readonly [what: string, body: object, message: RegExp])[] = [
    ['no key at all', { ...jwt, publicKey: 'key' }, /^body\.publicKey: allowed: a public key in PEM or a JWK$/],
    ['an unknown type', { ...web, type: 'mobile' }, /^there is no type mobile of oauth; allowed: /],
    ['another way to authenticate', { ...web, authentication: 'none' }, /^authentication of web: client_secret or/],
    ['no redirect URI', { ...web, redirectUris: [] }, /^an application of type web needs a redirect URI$/],
    ['a redirect URI without TLS', { ...web, redirectUris: ['http://shop.example/'] }, /^redirect URI: must use https/],
    ['a redirect URI that runs', { ...web, redirectUris: ['javascript:alert(1)'] }, /^redirect URI: must not use/],
    ['a scope of two words', { ...web, scopes: ['a b'] }, /^a scope has no blanks/],
    ['a chosen secret', { ...web, secret: 'chosen' }, /unknown member secret/],
    ['a member of another name', { ...web, isThirdParty: true }, /unknown member isThirdParty/],
  ];
  for (const [what, body, message] of refused) {
    it(`are refused with ${what}`, async (t) => {
      const { call } = await withTenant(t);
      const answer = await call('POST', '/clients', body);
      assert.deepEqual([answer.status, answer.body.error], [400, 'invalid_request']);
      assert.match(String(answer.body.message), message);
    });
  }

  it('are refused with a private key, which no answer repeats', async (t) => {
    const { call } = await withTenant(t);
    const { privateKeyPem } = (await call('POST', '/clients', jwt)).body;
    const { status, body } = await call('POST', '/clients', { ...jwt, publicKey: privateKeyPem });
    assert.equal(status, 400);
    assert.equal(body.message, 'body.publicKey: this is a private key');
  });

  for (const [seconds, status] of [
    [-1, 400],
    [0, 200],
    [600, 200],
    [601, 400],
    [1.5, 400],
    [null, 200],
  ] as const) {
    it(`answer ${status} for a retry window of ${seconds} s`, async (t) => {
      const { call } = await withTenant(t);
      await call('POST', '/clients', { ...web, id: 'shop', rotation: { retryWindowSeconds: 60 } });
      const answer = await call('PATCH', '/clients/shop', { rotation: { retryWindowSeconds: seconds } });
      assert.equal(answer.status, status);
      const expected = { rotates: true, retryWindowSeconds: status === 200 ? seconds : 60 };
      assert.deepEqual((await call('GET', '/clients/shop')).body.rotation, expected);
    });
  }

  it('change in what is named, by a change only', async (t) => {
    const { call } = await withTenant(t);
    await call('POST', '/clients', { ...web, id: 'shop' });
    const before = (await call('GET', '/clients/shop')).body;
    const change = {
      name: 'Other',
      redirectUris: ['https://other.example/callback', 'http://127.0.0.1/callback'],
      scopes: ['read'],
      thirdParty: true,
      resources: ['https://files.example'],
      rotation: { rotates: false },
      permissions: ['introspect'],
    };
    const { body } = await call('PATCH', '/clients/shop', change);
    assert.deepEqual(body, { ...before, ...change, rotation: { rotates: false, retryWindowSeconds: null } });
    assert.equal((await call('PATCH', '/clients/shop', {})).status, 400);
    assert.equal((await call('PATCH', '/clients/nobody', { name: 'a' })).status, 404);
  });

  it('keep their refresh tokens from rotating where they have a secret, and only there', async (t) => {
    const { call } = await withTenant(t);
    const rotation = { rotates: false };
    assert.equal((await call('POST', '/clients', { ...web, rotation })).status, 201);
    const { status, body } = await call('POST', '/clients', { ...web, type: 'native', rotation });
    assert.deepEqual([status, body.message], [400, 'the refresh tokens of a public client rotate']);
  });

  it('get another secret or another key, shown this once', async (t) => {
    const { call } = await withTenant(t);
    const shop = (await call('POST', '/clients', { ...web, id: 'shop' })).body;
    const renewed = (await call('POST', '/clients/shop/secret')).body;
    assert.match(String(renewed.secret), /^\w{43}$/);
    assert.notEqual(renewed.secret, shop.secret);
    const machine = (await call('POST', '/clients', jwt)).body;
    const { body } = await call('POST', `/clients/${machine.id}/key`);
    assert.notEqual(body.privateKeyPem, machine.privateKeyPem);
    const { n } = publicKeyOf(body.privateKeyPem).export({ format: 'jwk' });
    assert.deepEqual(
      (body.keys as { jwk: Json }[]).map((key) => key.jwk.n),
      [n],
    );
    assert.equal((await call('POST', `/clients/${machine.id}/secret`)).status, 404);
  });

  it('are listed by tenant and dialect, page by page', async (t) => {
    const { call } = await withTenant(t);
    for (const [id, body] of Object.entries({ a: web, b: jwt, c: resourceServer, d: web })) {
      await call('POST', '/clients', { ...body, id });
    }
    const ids = async (query: string): Promise<unknown[]> =>
      rows((await call('GET', `/clients?${query}`)).body).map(({ id }) => id);
    assert.deepEqual(await ids(''), ['a', 'b', 'c', 'd']);
    assert.deepEqual(await ids('tenant=100'), ['a', 'b', 'd']);
    assert.deepEqual(await ids('dialect=pds'), ['b']);
    assert.deepEqual(await ids('tenant=*'), ['c']);
    const seen = [];
    for (let after: unknown = ''; after !== null; ) {
      const { body } = await call('GET', `/clients?limit=1${after === '' ? '' : `&after=${after}`}`);
      seen.push(...rows(body).map(({ id }) => id));
      after = body.next;
    }
    assert.deepEqual(seen, ['a', 'b', 'c', 'd']);
  });

  it('are gone once deleted', async (t) => {
    const { call } = await withTenant(t);
    await call('POST', '/clients', { ...web, id: 'shop' });
    assert.deepEqual((await call('DELETE', '/clients/shop')).body, { id: 'shop', result: 'deleted' });
    assert.equal((await call('DELETE', '/clients/shop')).status, 404);
    assert.equal((await call('GET', '/clients/shop')).status, 404);
  });
});
