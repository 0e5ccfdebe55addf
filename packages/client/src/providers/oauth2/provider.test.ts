import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import { suite, test } from 'node:test';
import { lostAnswer, type Reply, type SentRequest, type WrittenAnswer, wire } from '../../core/context.sample.ts';
import { createTokenSource } from '../../core/create.ts';
import { isTokenError, type TokenError } from '../../core/errors.ts';
import { refusedWith } from '../../core/source.sample.ts';
import type { Provider } from '../../core/types.ts';
import { isOAuth2Error, oauth2ClientCredentials, oauth2Code, oauth2Login } from './index.ts';

const issuer = 'https://issuer.example';
const metadata = {
  token_endpoint: `${issuer}/token`,
  authorization_endpoint: `${issuer}/authorize?tenant=a`,
  revocation_endpoint: `${issuer}/revoke`,
};
const discovered: WrittenAnswer = { body: { issuer, ...metadata } };
const answer = (number: number, more: object = {}): WrittenAnswer => ({
  body: { access_token: `access-${number}`, token_type: 'bearer', expires_in: 600, ...more },
});
const refusal = (status: number, error: string): WrittenAnswer => ({ status, body: { error, error_description: 'x' } });

function opened(provider: Provider, replies: readonly Reply[]) {
  const open = wire(replies);
  const { fetch, clock } = open;
  return { ...open, source: createTokenSource({ provider, fetch, clock, policy: { jitterShare: 0, retries: 0 } }) };
}

const formOf = ({ body }: SentRequest): Record<string, string> => Object.fromEntries(new URLSearchParams(body));

async function refused(call: Promise<unknown>): Promise<TokenError> {
  const error = await call.then(
    () => assert.fail('it was not refused'),
    (thrown: unknown) => thrown,
  );
  assert.ok(isTokenError(error), String(error));
  return error;
}

suite('client credentials', () => {
  test('metadata are found below the issuer, once an hour, and the secret goes by Basic', async () => {
    const provider = oauth2ClientCredentials({
      issuer,
      clientId: 'a:b',
      clientSecret: 's c',
      scope: 'read',
      resource: 'urn:r',
    });
    const more = { scope: 'read', custom: 1 };
    const { source, sent, clock } = opened(provider, [discovered, answer(1, more), answer(2), discovered, answer(3)]);
    const token = await source.getToken();
    assert.deepEqual(
      [token.token, token.type, token.scope, token.extra],
      ['access-1', 'Bearer', 'read', { custom: 1 }],
    );
    assert.equal(token.expiresInMs(), 600_000);
    await clock.advance(600_000);
    assert.equal((await source.getToken()).token, 'access-2');
    await clock.advance(3_000_000);
    assert.equal((await source.getToken()).token, 'access-3');
    assert.deepEqual(
      sent.map(({ url }) => url),
      [
        `${issuer}/.well-known/oauth-authorization-server`,
        metadata.token_endpoint,
        metadata.token_endpoint,
        `${issuer}/.well-known/oauth-authorization-server`,
        metadata.token_endpoint,
      ],
    );
    const [, request] = sent;
    assert.ok(request);
    assert.deepEqual(formOf(request), { scope: 'read', resource: 'urn:r', grant_type: 'client_credentials' });
    assert.equal(request.headers.authorization, `Basic ${btoa('a%3Ab:s+c')}`);
  });

  test('an issuer with a path, and one of OpenID Connect', async () => {
    for (const [discovery, path] of [
      ['oauth2', '/.well-known/oauth-authorization-server/tenant'],
      ['oidc', '/tenant/.well-known/openid-configuration'],
    ] as const) {
      const own = `${issuer}/tenant`;
      const replies = [{ body: { issuer: own, ...metadata } }, answer(1)];
      const { source, sent } = opened(oauth2ClientCredentials({ issuer: own, clientId: 'a', discovery }), replies);
      await source.getToken();
      assert.equal(sent[0]?.url, issuer + path);
    }
  });

  test('endpoints can be given in place of discovery, and the secret in the form', async () => {
    const options = {
      issuer,
      metadata,
      clientId: 'a',
      clientSecret: 's',
      authentication: 'client_secret_post',
    } as const;
    const { source, sent } = opened(oauth2ClientCredentials(options), [answer(1)]);
    await source.getToken();
    const [request] = sent;
    assert.ok(request);
    assert.deepEqual(formOf(request), { client_id: 'a', client_secret: 's', grant_type: 'client_credentials' });
    assert.equal(request.headers.authorization, undefined);
  });

  test('a server on this machine may speak plain http, another may not', async () => {
    const own = 'http://127.0.0.1:8420';
    const provider = oauth2ClientCredentials({ issuer: own, clientId: 'a' });
    const replies = [{ body: { issuer: own, token_endpoint: `${own}/token` } }, answer(1)];
    assert.equal((await opened(provider, replies).source.getToken()).token, 'access-1');
    assert.throws(() => oauth2ClientCredentials({ issuer: 'http://issuer.example', clientId: 'a' }), /plain http/);
    // An https server that sends secrets over plain http.
    const mixed = { ...metadata, token_endpoint: 'http://issuer.example/token' };
    const { source, sent } = opened(oauth2ClientCredentials({ issuer, metadata: mixed, clientId: 'a' }), []);
    assert.equal((await refused(source.getToken())).code, 'config');
    assert.equal(sent.length, 0);
  });

  for (const [algorithm, make] of [
    ['ES256', () => generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['RS256', () => generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['PS256', () => generateKeyPairSync('rsa', { modulusLength: 2048 })],
  ] as const) {
    test(`private_key_jwt with ${algorithm}: signed by the key, for the issuer`, async () => {
      const { privateKey, publicKey } = make();
      const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
      const options = { issuer, metadata, clientId: 'a', privateKeyPem, keyAlgorithm: algorithm, keyId: 'k1' };
      const { source, sent } = opened(oauth2ClientCredentials(options), [answer(1)]);
      await source.getToken();
      const [request] = sent;
      assert.ok(request);
      const { client_assertion = '', ...form } = formOf(request);
      assert.equal(form.client_assertion_type, 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
      const [header = '', payload = '', signature = ''] = client_assertion.split('.');
      const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
      assert.deepEqual(read(header), { alg: algorithm, kid: 'k1' });
      const { iss, sub, aud } = read(payload);
      assert.deepEqual([iss, sub, aud], ['a', 'a', issuer]);
      const padding = algorithm === 'PS256' ? { padding: 6, saltLength: 32 } : {};
      const key = { key: publicKey, dsaEncoding: 'ieee-p1363', ...padding } as const;
      assert.ok(verify('SHA256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url')));
    });
  }

  test('an assertion of the wrong time is made again by the time that the refusal tells', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const headers = { date: new Date(Date.UTC(2026, 10, 22, 1)).toUTCString() };
    const provider = oauth2ClientCredentials({ issuer, metadata, clientId: 'a', privateKeyPem });
    const { source, sent } = opened(provider, [{ ...refusal(401, 'invalid_client'), headers }, answer(1)]);
    await source.getToken();
    const [first = 0, second = 0] = sent.map((request) => {
      const [, payload = ''] = formOf(request).client_assertion?.split('.') ?? [];
      return JSON.parse(Buffer.from(payload, 'base64url').toString()).exp;
    });
    assert.ok(Math.abs(second - first - 3600) <= 2, `${second - first}`);
  });

  for (const [status, error, code] of [
    [400, 'invalid_grant', 'invalid_grant'],
    [401, 'invalid_client', 'invalid_client'],
    [400, 'unauthorized_client', 'invalid_client'],
    [400, 'invalid_scope', 'config'],
    [400, 'invalid_target', 'config'],
    [503, 'temporarily_unavailable', 'server_error'],
    [400, 'temporarily_unavailable', 'server_error'],
    [429, 'slow_down', 'rate_limited'],
  ] as const) {
    test(`${status} ${error} is ${code}`, async () => {
      const provider = oauth2ClientCredentials({ issuer, metadata, clientId: 'a', clientSecret: 's' });
      const error_ = await refused(opened(provider, [refusal(status, error)]).source.getToken());
      assert.deepEqual([error_.code, error_.vendorCode], [code, error]);
      assert.equal(error_.message, `client_credentials: the server refused with ${status} (${error})`);
      if (error !== 'slow_down') assert.ok(isOAuth2Error(error_, error));
    });
  }

  for (const [rule, body] of [
    ['no JSON', '<html>'],
    ['no access token', { token_type: 'bearer' }],
    ['no token type', { access_token: 'secret-token' }],
    ['an unknown token type', { access_token: 'secret-token', token_type: 'mac' }],
    ['a lifetime that is none', { access_token: 'secret-token', token_type: 'bearer', expires_in: 'soon' }],
  ] as const) {
    test(`200 with ${rule}: told without anything of it`, async () => {
      const provider = oauth2ClientCredentials({ issuer, metadata, clientId: 'a' });
      const error = await refused(opened(provider, [{ body }]).source.getToken());
      assert.equal(error.code, 'malformed_response');
      assert.match(
        error.message,
        /^client_credentials: the answer is not what OAuth wants \((?:OAUTH_[A-Z_]+|unknown)\)$/,
      );
      assert.equal(error.cause, undefined);
    });
  }

  test('metadata of another issuer are refused, and those of an error', async () => {
    const other = { body: { issuer: 'https://evil.example', ...metadata } };
    const provider = () => oauth2ClientCredentials({ issuer, clientId: 'a' });
    assert.equal((await refused(opened(provider(), [other]).source.getToken())).code, 'malformed_response');
    assert.equal((await refused(opened(provider(), [{ status: 404 }]).source.getToken())).code, 'config');
  });

  for (const [rule, options, message] of [
    ['no issuer', { clientId: 'a' }, /^issuer is empty/],
    ['no client', { issuer }, /^clientId is empty/],
    ['a secret that is not set', { issuer, clientId: 'a', clientSecret: undefined }, /^clientSecret is empty/],
    [
      'a secret and a key',
      { issuer, clientId: 'a', clientSecret: 's', privateKeyPem: 'p' },
      /or privateKeyPem, not both/,
    ],
    ['an unknown name', { issuer, clientId: 'a', client_secret: 's' }, /no client_secret, but .*clientSecret/],
  ] as const) {
    test(`${rule}: refused where it is written`, () =>
      assert.throws(() => oauth2ClientCredentials(options as never), { code: 'config', message }));
  }
});

suite('sessions of users', () => {
  const client = { issuer, metadata, clientId: 'app', redirectUri: 'http://127.0.0.1:3000/back' };
  const session = { token: { token: 'access-1', lifetimeMs: 600_000 }, refreshToken: 'refresh-1' };

  test('the login goes with PKCE, state and everything that was asked for', async () => {
    let url = new URL('https://nowhere.invalid');
    const authorize = async (to: string): Promise<string> => {
      url = new URL(to);
      return `http://127.0.0.1:3000/back?code=c0de&state=${url.searchParams.get('state')}`;
    };
    const options = { ...client, authorize, scope: 'a b', authorizationParameters: { prompt: 'login' } };
    const { source, sent } = opened(oauth2Code(options), [answer(1, { refresh_token: 'refresh-1' })]);
    await assert.rejects(source.getToken(), refusedWith('interaction_required'));
    assert.equal((await source.getToken({ interactive: true })).token, 'access-1');

    const { state = '', code_challenge, ...query } = Object.fromEntries(url.searchParams);
    assert.deepEqual(query, {
      tenant: 'a',
      scope: 'a b',
      prompt: 'login',
      response_type: 'code',
      client_id: 'app',
      redirect_uri: client.redirectUri,
      code_challenge_method: 'S256',
    });
    assert.match(state, /^[0-9a-f]{64}$/);
    const [request] = sent;
    assert.ok(request);
    const { code_verifier = '', ...form } = formOf(request);
    assert.deepEqual(form, {
      redirect_uri: client.redirectUri,
      code: 'c0de',
      client_id: 'app',
      grant_type: 'authorization_code',
    });
    assert.equal(createHash('sha256').update(code_verifier).digest('base64url'), code_challenge);
  });

  test('a server keeps what it began, and completes it in another request', async () => {
    const { fetch, clock, sent } = wire([discovered, answer(1, { refresh_token: 'refresh-1' })]);
    const login = oauth2Login({ issuer, clientId: 'app', clientSecret: 's', redirectUri: 'https://b', fetch, clock });
    const { url, ...pending } = await login.begin();
    assert.ok(!url.includes(pending.codeVerifier ?? ''));
    const grant = await login.complete(`?code=c&state=${pending.state}`, pending);
    assert.deepEqual([grant.token.token, grant.refreshToken], ['access-1', 'refresh-1']);
    assert.equal(sent[1]?.headers.authorization, `Basic ${btoa('app:s')}`);
  });

  test('a refresh keeps a refresh token that was not replaced, and replaces one that was', async () => {
    const { source, sent, clock } = opened(oauth2Code(client), [
      answer(2),
      answer(3, { refresh_token: 'refresh-2' }),
      answer(4),
    ]);
    await source.adopt(session);
    for (const expected of ['access-2', 'access-3', 'access-4']) {
      await clock.advance(600_000);
      assert.equal((await source.getToken()).token, expected);
    }
    const spent = sent.map((request) => formOf(request).refresh_token);
    assert.deepEqual(spent, ['refresh-1', 'refresh-1', 'refresh-2']);
    assert.equal(sent[0]?.headers['idempotency-key'], undefined);
  });

  test('a server that replays gets the name of the attempt, the same again after a lost answer', async () => {
    const { fetch, clock, sent } = wire([lostAnswer(), answer(2)]);
    const provider = oauth2Code({ ...client, replayWindowMs: 60_000 });
    const source = createTokenSource({ provider, fetch, clock, policy: { jitterShare: 0 } });
    await source.adopt(session);
    const refreshing = source.getToken({ forceRefresh: true });
    await clock.advance(10_000);
    assert.equal((await refreshing).token, 'access-2');
    const [first, second] = sent.map(({ headers }) => headers['idempotency-key']);
    assert.match(first ?? '', /^[0-9a-f]{32}$/);
    assert.equal(second, first);
  });

  test('discovery that fails spends no refresh token', async () => {
    const { metadata: _, ...discovering } = client;
    const { source, sent } = opened(oauth2Code(discovering), [lostAnswer()]);
    await source.adopt(session);
    const error = await refused(source.getToken({ forceRefresh: true }));
    assert.deepEqual([error.code, error.uncertain], ['network', false]);
    assert.equal(sent.length, 1);
  });

  test('a session that is over needs a person', async () => {
    const { source } = opened(oauth2Code(client), [refusal(400, 'invalid_grant')]);
    await source.adopt(session);
    await assert.rejects(source.getToken({ forceRefresh: true }), refusedWith('invalid_grant'));
    assert.equal(source.status().state, 'dead');
  });

  test('logs out by the refresh token', async () => {
    const { source, sent } = opened(oauth2Code(client), [{ body: '' }]);
    await source.adopt(session);
    assert.deepEqual(await source.logout(), { revoked: true });
    const [request] = sent;
    assert.ok(request);
    assert.equal(request.url, metadata.revocation_endpoint);
    assert.deepEqual(formOf(request), { token: 'refresh-1', client_id: 'app' });
  });

  for (const [rule, callback, code] of [
    ['of another login', () => '?code=c&state=other', 'malformed_response'],
    ['of another server', (state: string) => `?code=c&state=${state}&iss=https://evil.example`, 'malformed_response'],
    ['of a user who declined', (state: string) => `?error=access_denied&state=${state}`, 'invalid_grant'],
    ['with two codes', (state: string) => `?code=a&code=b&state=${state}`, 'malformed_response'],
    ['without a code', (state: string) => `?state=${state}`, 'malformed_response'],
  ] as const) {
    test(`a callback ${rule} gives nothing, and nothing is sent`, async () => {
      const { fetch, clock, sent } = wire([]);
      const login = oauth2Login({ ...client, fetch, clock });
      const pending = await login.begin();
      const error = await refused(login.complete(callback(pending.state), pending));
      assert.equal(error.code, code);
      assert.equal(sent.length, 0);
    });
  }

  test('issuers, clients, scopes and users have sessions of their own; secrets do not count', () => {
    const key = (options: object) => oauth2Code({ ...client, ...options }).key();
    const others = [
      {},
      { issuer: 'https://b' },
      { clientId: 'b' },
      { scope: 'b' },
      { resource: 'b' },
      { identity: 'b' },
    ];
    assert.equal(new Set(others.map(key)).size, others.length);
    assert.equal(key({ clientSecret: 's' }), key({}));
  });
});
