import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { suite, test } from 'node:test';
import { lostAnswer, type Reply, type SentRequest, type WrittenAnswer, wire } from '../../core/context.sample.ts';
import { createTokenSource } from '../../core/create.ts';
import { refusedWith } from '../../core/source.sample.ts';
import type { Provider } from '../../core/types.ts';
import { pdsJwt } from './jwt-application.ts';
import { pdsLogin } from './login.ts';
import { pdsOAuth } from './oauth-provider.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const jwt = { domainId: 'bj29', clientId: 'app', privateKeyPem };
const oauth = { domainId: 'bj29', clientId: 'app', redirectUri: 'https://app.example/back' };

const info = (number: number): WrittenAnswer => ({
  body: {
    access_token: `access-${number}`,
    refresh_token: `refresh-${number}`,
    expires_in: 7200,
    token_type: 'Bearer',
    user_id: 'u-1',
    default_drive_id: '7',
  },
});
const refusal = (status: number, code: string): WrittenAnswer => ({ status, body: { code, message: '' } });

function opened(provider: Provider, replies: readonly Reply[]) {
  const open = wire(replies);
  const { fetch, clock } = open;
  const source = createTokenSource({ provider, fetch, clock, policy: { jitterShare: 0 } });
  const refreshed = async (): Promise<string> => {
    const refreshing = source.getToken({ forceRefresh: true });
    // Longer than any pause between attempts.
    await clock.advance(30_000);
    return (await refreshing).token;
  };
  return { ...open, source, refreshed };
}

const paths = (sent: readonly SentRequest[]): string[] => sent.map(({ url }) => new URL(url).pathname);
const formOf = ({ body }: SentRequest): Record<string, string> => Object.fromEntries(new URLSearchParams(body));

suite('a JWT application', () => {
  test('signs in, and refreshes by itself at the path for it', async () => {
    const { source, sent, clock } = opened(pdsJwt({ ...jwt, userId: 'u-1' }), [info(1), info(2)]);
    const token = await source.getToken();
    assert.deepEqual([token.token, token.subject, token.extra.default_drive_id], ['access-1', 'u-1', '7']);
    await clock.advance(7_200_000);
    assert.equal((await source.getToken()).token, 'access-2');
    assert.deepEqual(
      sent.map(({ url }) => url),
      ['https://bj29.api.aliyunpds.com/v2/oauth/token', 'https://bj29.api.aliyunpds.com/v2/account/token'],
    );
    assert.equal(sent[1]?.body, '{"app_id":"app","refresh_token":"refresh-1","grant_type":"refresh_token"}');
    // The vendor gets what its own clients send, and nothing else.
    assert.equal(sent[1]?.headers['idempotency-key'], undefined);
  });

  test('a session that is over is followed by another, since no person is needed', async () => {
    const replies = [info(1), refusal(400, 'InvalidParameter.RefreshToken'), info(2)];
    const { source, sent } = opened(pdsJwt({ ...jwt, userId: 'u-1' }), replies);
    await source.getToken();
    assert.equal((await source.getToken({ forceRefresh: true })).token, 'access-2');
    assert.deepEqual(paths(sent), ['/v2/oauth/token', '/v2/account/token', '/v2/oauth/token']);
  });

  test('an answer that is lost is asked for again with the same refresh token', async () => {
    const replies = [info(1), lostAnswer(), info(2)];
    const { source, sent, refreshed } = opened(pdsJwt({ ...jwt, service: true }), replies);
    await source.getToken();
    assert.equal(await refreshed(), 'access-2');
    assert.equal(sent[1]?.body, sent[2]?.body);
    assert.equal(sent.length, 3);
  });

  test('names the attempt to another server than the vendor, the same for each repetition', async () => {
    const provider = pdsJwt({ ...jwt, endpoint: 'http://127.0.0.1:8420', userId: 'u-1' });
    const { source, sent, refreshed } = opened(provider, [info(1), lostAnswer(), info(2)]);
    await source.getToken();
    await refreshed();
    const keys = sent.map(({ headers }) => headers['idempotency-key']);
    assert.equal(keys[0], undefined);
    assert.match(keys[1] ?? '', /^[0-9a-f]{32}$/);
    assert.equal(keys[2], keys[1]);
  });

  test('where no replay is allowed for, a lost answer is not asked for again at once', async () => {
    const { source, sent, clock } = opened(pdsJwt({ ...jwt, userId: 'u-1', replayWindowMs: 0 }), [
      info(1),
      lostAnswer(),
    ]);
    await source.getToken();
    await clock.advance(7_200_000);
    await assert.rejects(source.getToken(), refusedWith('network'));
    assert.equal(sent.length, 2);
  });

  test('a clock that is an hour off is set by the first refusal, and the assertion made again', async () => {
    const nowMs = Date.UTC(2026, 10, 22);
    const headers = { date: new Date(nowMs + 3_600_000).toUTCString() };
    const off = { ...refusal(400, 'InvalidParameterExpired.Exp'), headers };
    const { source, sent } = opened(pdsJwt({ ...jwt, userId: 'u-1' }), [off, info(1)]);
    await source.getToken();
    const exps = sent.map((request) => {
      const [, payload = ''] = formOf(request).assertion?.split('.') ?? [];
      return JSON.parse(Buffer.from(payload, 'base64url').toString()).exp;
    });
    const exp = nowMs / 1000 + 300;
    assert.deepEqual(exps, [exp, exp + 3600]);
  });

  test('logs out at the server', async () => {
    const { source, sent } = opened(pdsJwt({ ...jwt, userId: 'u-1' }), [info(1), { status: 200 }]);
    await source.getToken();
    assert.deepEqual(await source.logout(), { revoked: true });
    assert.equal(paths(sent)[1], '/v2/account/revoke');
    assert.equal(sent[1]?.body, '{"app_id":"app","refresh_token":"refresh-1"}');
  });

  test('users, the service account, applications and domains have sessions of their own', async () => {
    const keys = [
      pdsJwt({ ...jwt, userId: 'u-1' }),
      pdsJwt({ ...jwt, userId: 'u-2' }),
      pdsJwt({ ...jwt, service: true }),
      pdsJwt({ ...jwt, userId: 'u-1', clientId: 'other' }),
      pdsJwt({ ...jwt, userId: 'u-1', domainId: 'other' }),
      pdsJwt({ ...jwt, userId: 'u-1', subdomainId: 's1' }),
      pdsJwt({ ...jwt, userId: 'u-1', endpoint: 'http://127.0.0.1:8420' }),
    ].map((provider) => provider.key());
    assert.equal(new Set(keys).size, keys.length);
    assert.equal(pdsJwt({ ...jwt, userId: 'u-1', privateKeyPem: 'rotated' }).key(), keys[0]);
  });
});

suite('an OAuth application', () => {
  test('sends the user to the login and back, with PKCE where it has no secret', async () => {
    let url = new URL('https://nowhere.invalid');
    const authorize = async (to: string): Promise<string> => {
      url = new URL(to);
      return `https://app.example/back?code=c0de&state=${url.searchParams.get('state')}`;
    };
    const { source, sent } = opened(pdsOAuth({ ...oauth, authorize, loginType: 'ding' }), [info(1)]);
    await assert.rejects(source.getToken(), refusedWith('interaction_required'));
    assert.equal((await source.getToken({ interactive: true })).token, 'access-1');

    assert.equal(url.origin + url.pathname, 'https://bj29.api.aliyunpds.com/v2/oauth/authorize');
    const { state, code_challenge, ...query } = Object.fromEntries(url.searchParams);
    assert.deepEqual(query, {
      client_id: 'app',
      redirect_uri: 'https://app.example/back',
      response_type: 'code',
      login_type: 'ding',
      code_challenge_method: 'S256',
    });
    assert.match(`${state} ${code_challenge}`, /^[0-9a-f]{64} [A-Za-z0-9_-]{43}$/);
    const [request] = sent;
    assert.ok(request);
    const { code_verifier = '', ...form } = formOf(request);
    const { redirectUri: redirect_uri } = oauth;
    assert.deepEqual(form, { client_id: 'app', redirect_uri, code: 'c0de', grant_type: 'code' });
    const digest = await crypto.subtle.digest('SHA-256', Buffer.from(code_verifier));
    assert.equal(Buffer.from(digest).toString('base64url'), code_challenge);
  });

  test('an application with a secret sends what the SDK sends, and refreshes at the path for it', async () => {
    const { fetch, clock, sent } = wire([info(1)]);
    const login = pdsLogin({ ...oauth, clientSecret: 's3cret', fetch, clock });
    const { url, ...pending } = login.begin();
    assert.ok(!url.includes('code_challenge') && !url.includes('s3cret'));
    const grant = await login.complete(`?code=c0de&state=${pending.state}`, pending);
    const encoded = 'https%3A%2F%2Fapp.example%2Fback';
    const form = `client_id=app&client_secret=s3cret&redirect_uri=${encoded}`;
    assert.equal(sent[0]?.body, `${form}&code=c0de&grant_type=code`);

    const open = opened(pdsOAuth({ ...oauth, clientSecret: 's3cret' }), [info(2)]);
    assert.equal((await open.source.adopt(grant)).token, 'access-1');
    assert.equal((await open.source.getToken({ forceRefresh: true })).token, 'access-2');
    assert.deepEqual(paths(open.sent), ['/v2/oauth/token']);
    assert.equal(open.sent[0]?.body, `${form}&refresh_token=refresh-1&grant_type=refresh_token`);
  });

  test('a session that is over needs a person', async () => {
    const { source } = opened(pdsOAuth(oauth), [refusal(400, 'InvalidParameter.RefreshToken')]);
    await source.adopt({ token: { token: 'a', lifetimeMs: 60_000 }, refreshToken: 'r' });
    await assert.rejects(source.getToken({ forceRefresh: true }), refusedWith('invalid_grant'));
    assert.equal(source.status().state, 'dead');
  });

  test('a disabled user is not a session that is over', async () => {
    const { source, clock } = opened(pdsOAuth(oauth), [refusal(403, 'Forbidden'), info(2)]);
    await source.adopt({ token: { token: 'a', lifetimeMs: 60_000 }, refreshToken: 'r' });
    await assert.rejects(source.getToken({ forceRefresh: true }), refusedWith('invalid_grant'));
    assert.notEqual(source.status().state, 'dead');
    await clock.advance(60_000);
    assert.equal((await source.getToken()).token, 'access-2');
  });

  test('a session without a refresh token ends with its token', async () => {
    const { source, clock } = opened(pdsOAuth(oauth), []);
    await source.adopt({ token: { token: 'a', lifetimeMs: 60_000 } });
    await clock.advance(60_000);
    await assert.rejects(source.getToken(), refusedWith('reauth_required'));
  });

  for (const [rule, callback, code] of [
    ['of another login', () => 'https://b?code=c&state=other', 'malformed_response'],
    ['without a state', () => 'https://b?code=c', 'malformed_response'],
    ['without a query', () => 'https://b', 'malformed_response'],
    ['of a user who declined', (state: string) => `https://b?error=access_denied&state=${state}`, 'invalid_grant'],
    ['without a code', (state: string) => `https://b?state=${state}`, 'invalid_grant'],
    ['with two codes', (state: string) => `https://b?code=a&code=b&state=${state}`, 'invalid_grant'],
    ['with its code in the fragment', (state: string) => `https://b?state=${state}#code=c`, 'invalid_grant'],
  ] as const) {
    test(`a callback ${rule} gives nothing, and nothing is sent`, async () => {
      const { fetch, clock, sent } = wire([]);
      const login = pdsLogin({ ...oauth, fetch, clock });
      const pending = login.begin();
      await assert.rejects(login.complete(callback(pending.state), pending), refusedWith(code));
      assert.equal(sent.length, 0);
    });
  }

  test('schemes of native applications and bare queries are read as well', async () => {
    for (const start of ['pdshz001://callback/', 'http://[::1]:3000/', '']) {
      const { fetch, clock } = wire([info(1)]);
      const login = pdsLogin({ ...oauth, fetch, clock });
      const pending = login.begin();
      const grant = await login.complete(`${start}?code=c&state=${pending.state}`, pending);
      assert.equal(grant.token.token, 'access-1');
    }
  });
});
