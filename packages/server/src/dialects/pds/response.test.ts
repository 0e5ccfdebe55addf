import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import golden from '../../../../wire/src/pds/golden/token.json' with { type: 'json' };
import type { SessionOutcome } from '../../core/outcome.ts';
import { sampleClient, sampleContext, sampleGrant, sampleNowMs, sampleUser } from './call.sample.ts';
import { createPdsDialect } from './index.ts';

const dialect = createPdsDialect();

const session: SessionOutcome = {
  did: 'session',
  accessToken: 'a.b.c',
  accessTokenExpiresAtMs: Math.floor(sampleNowMs / 1000) * 1000 + 7_200_000,
  expiresInSeconds: 7200,
  refreshToken: 'r-1',
  scope: undefined,
  grant: sampleGrant,
  client: sampleClient,
  user: sampleUser,
  isFirstLogin: false,
};

const headers = [
  ...['cache-control', 'no-store', 'access-control-allow-origin', '*'],
  ...['access-control-expose-headers', 'x-ca-request-id', 'x-ca-request-id', sampleContext().requestId],
];
const jsonHeaders = ['content-type', 'application/json', ...headers];
const answer = (change: Partial<SessionOutcome> = {}) =>
  dialect.answer('Token', { ...session, ...change }, sampleContext());
const body = (change: Partial<SessionOutcome> = {}) => JSON.parse(answer(change).body);

suite('a token answer', () => {
  test('is this text, to the byte', () => {
    assert.deepEqual(answer(), {
      status: 200,
      headers: jsonHeaders,
      body:
        '{"default_sbox_drive_id":"","role":"user","device_id":"","user_name":"用户1","need_link":false,' +
        '"expire_time":"2022-03-21T08:33:21Z","pin_setup":false,"need_rp_verify":false,"avatar":"","user_data":{},' +
        '"token_type":"Bearer","access_token":"a.b.c","default_drive_id":"","domain_id":"bj29","refresh_token":"r-1",' +
        '"is_first_login":false,"user_id":"u-1","nick_name":"用户1","exist_link":[],"state":"","expires_in":7200,' +
        '"status":"enabled"}',
    });
  });

  test('has the members of a live answer in their order', () => {
    assert.deepEqual(Object.keys(body()), golden.observed.memberOrder);
  });

  test('tells what the directory knows of the user', () => {
    const profile = { nickName: '小明', avatar: 'https://a/b', driveId: '1', sandboxDriveId: '2', data: '{"k":1}' };
    const user = { ...sampleUser, profile, loginName: 'ming', role: 'admin' };
    const told = body({ user, isFirstLogin: true });
    assert.equal(told.nick_name, '小明');
    assert.equal(told.user_name, 'ming');
    assert.equal(told.avatar, 'https://a/b');
    assert.equal(told.default_drive_id, '1');
    assert.equal(told.default_sbox_drive_id, '2');
    assert.deepEqual(told.user_data, { k: 1 });
    assert.equal(told.role, 'admin');
    assert.equal(told.is_first_login, true);
  });

  for (const data of ['', '{', '[]', 'null', '"x"', '1']) {
    test(`user_data that is no object (${data}) is told as an empty one`, () => {
      const user = { ...sampleUser, profile: { ...sampleUser.profile, data } };
      assert.deepEqual(body({ user }).user_data, {});
    });
  }

  test('repeats the subdomain that the session was opened for, and has no such member else', () => {
    assert.equal(body({ grant: { ...sampleGrant, audience: 'sub 1' } }).subdomain_id, 'sub 1');
    assert.equal('subdomain_id' in body(), false);
  });

  test('has an empty refresh token where the application may not refresh', () => {
    assert.equal(body({ refreshToken: undefined }).refresh_token, '');
  });
});

suite('the other answers', () => {
  test('revoke: 204, without a body and its type', () => {
    assert.deepEqual(dialect.answer('AccountRevoke', { did: 'ended' }, sampleContext()), {
      status: 204,
      headers,
      body: '',
    });
  });

  test('get_public_key', () => {
    const publicKeyPem = '-----BEGIN PUBLIC KEY-----\nAA==\n-----END PUBLIC KEY-----\n';
    const outcome = { did: 'client_key', client: sampleClient, publicKeyPem, keyId: 'k1' } as const;
    const { status, headers: sent, body: text } = dialect.answer('GetPublicKey', outcome, sampleContext());
    assert.equal(status, 200);
    assert.deepEqual(sent, jsonHeaders);
    assert.equal(
      text,
      '{"app_id":"25dzX3vbYqktVxyX","public_key":"-----BEGIN PUBLIC KEY-----\\nAA==\\n-----END PUBLIC KEY-----\\n","key_pair_id":"k1"}',
    );
  });

  test('a refusal: the observed body with our request id, which stands in the header too', () => {
    const reason = { code: 'credential_invalid', detail: 'd' } as const;
    assert.deepEqual(dialect.refuse(reason, sampleContext()), {
      status: 400,
      headers: jsonHeaders,
      body: '{"code":"InvalidParameter.RefreshToken","message":"The input parameter refresh_token is not valid. ","requestId":"62383131A0B1C2D3E4F50617"}',
    });
  });

  test('the codes of the gateway stand in its headers too', () => {
    const refused = dialect.refuseTransport('timed_out', sampleContext());
    assert.equal(refused.status, 504);
    assert.deepEqual(refused.headers, [...jsonHeaders, 'x-ca-error-code', 'D504TO', 'x-ca-error-message', 'timeout']);
  });

  test('who may try again soon is told so, and which method is served', () => {
    const busy = dialect.refuse({ code: 'temporarily_unavailable', detail: 'd' }, sampleContext());
    assert.deepEqual(busy.headers, [...jsonHeaders, 'retry-after', '1']);
    const refused = dialect.refuseTransport('method_not_allowed', sampleContext());
    assert.deepEqual(refused.headers, [...jsonHeaders, 'allow', 'POST']);
  });

  test('what PDS never asks for is a mistake of ours', () => {
    assert.throws(() => dialect.answer('Token', { did: 'token', token: 't' }, sampleContext()));
  });
});
