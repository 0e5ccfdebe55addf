import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operations } from '@hufu/wire/scnet';
import type { Reason } from '../../core/reasons.ts';
import type { TransportProblem } from '../dialect.ts';
import { sampleContext, sampleNowMs } from './call.sample.ts';
import { createScnetDialect } from './index.ts';

const dialect = createScnetDialect();
const accessKeyId = 'k';
const grantId = 'g';
const tenant = 't';

function refused(reason: Reason, path: string) {
  const { status, headers, body } = dialect.refuse(reason, sampleContext(path));
  return { status, headers, body: JSON.parse(body) };
}

const login = operations.accessKeyLogin.path;
const renew = operations.renew.path;
const password = operations.passwordLogin.path;

describe('a refusal in the envelope', () => {
  for (const [reason, path, code, msg, data = null] of [
    [{ code: 'access_key_unknown', accessKeyId }, login, '10009', 'AccessKey不存在'],
    [{ code: 'access_key_foreign', accessKeyId }, login, '10009', 'AccessKey非本人所有'],
    [{ code: 'login_name_unknown', accessKeyId }, login, '10009', '用户不存在'],
    [{ code: 'signature_mismatch', accessKeyId }, login, '10009', 'AK/SK签名校验失败'],
    [{ code: 'access_key_disabled', accessKeyId }, login, '10009', 'AK/SK签名校验失败'],
    [{ code: 'user_disabled', accessKeyId }, login, '10009', 'AK/SK签名校验失败'],
    [{ code: 'tenant_disabled', tenant }, login, '10009', 'AK/SK签名校验失败'],
    [{ code: 'security_token_invalid', accessKeyId }, login, '10009', 'AK/SK签名校验失败'],
    [{ code: 'request_time_skewed', requestTime: '1', serverTimeMs: 2 }, login, '10009', '时间戳已失效'],
    [{ code: 'signature_replayed', accessKeyId }, login, '10009', '请求已使用'],
    [{ code: 'client_unknown', clientId: 'c' }, password, '10008', 'auth_fail'],
    [{ code: 'user_unknown', tenant }, password, '10008', 'auth_fail'],
    [{ code: 'password_wrong', tenant }, password, '10008', 'auth_fail'],
    [{ code: 'account_disabled', tenant }, password, '10008', 'auth_fail'],
    [{ code: 'credential_invalid', detail: 'd' }, renew, '10008', 'auth_fail', 'token is invalid'],
    [{ code: 'credential_expired' }, renew, '10008', 'auth_fail', 'token is invalid'],
    [{ code: 'grant_revoked', grantId }, renew, '10008', 'auth_fail', 'token is invalid'],
    [{ code: 'grant_suspended', grantId }, renew, '10008', 'auth_fail', 'token is invalid'],
    [{ code: 'region_not_allowed', grantId }, renew, '10008', 'auth_fail', 'token is invalid'],
    [{ code: 'refresh_replayed', grantId }, renew, '10008', 'auth_fail', 'token is invalid'],
    [{ code: 'platform_token', grantId }, operations.center.path, '10001', 'internal_error'],
    [{ code: 'internal', detail: 'd' }, renew, '10001', 'internal_error'],
    [{ code: 'internal', detail: 'd' }, login, '10001', '内部错误'],
  ] as ReadonlyArray<readonly [Reason, string, string, string, string?]>) {
    it(`has HTTP 200 and the words of its service: ${reason.code} at ${path}`, () => {
      const { status, body } = refused(reason, path);
      assert.equal(status, 200);
      assert.deepEqual(body, { msg, code, data });
      assert.deepEqual(Object.keys(body), ['msg', 'code', 'data']);
    });
  }

  for (const [problem, ac, api] of [
    ['10003', 'param_incomplete', '参数不全'],
    ['10004', 'param_invalid', '参数无效'],
  ] as const) {
    it(`speaks as the service does that is asked: ${problem}`, () => {
      const reason: Reason = { code: 'request_malformed', problem, detail: 'd', message: '' };
      for (const [path, msg] of [
        [password, ac],
        [renew, ac],
        [operations.state.path, ac],
        [login, api],
      ] as const) {
        assert.deepEqual(refused(reason, path).body, { msg, code: problem, data: null });
      }
    });
  }
});

describe('a refusal of the gateway', () => {
  for (const [reason, status, retryAfter] of [
    [{ code: 'temporarily_unavailable', detail: 'd' }, 503, '1'],
    [{ code: 'timed_out' }, 504, undefined],
    [{ code: 'rate_limited', accessKeyId }, 429, '1'],
    [{ code: 'login_blocked', tenant, retryAtMs: sampleNowMs + 2001, isLocked: true }, 429, '3'],
    [{ code: 'login_blocked', tenant, retryAtMs: sampleNowMs, isLocked: false }, 429, '1'],
  ] as ReadonlyArray<readonly [Reason, number, string?]>) {
    it(`is no envelope, so that nobody takes it for a token that does not hold: ${reason.code}`, () => {
      const answer = refused(reason, renew);
      assert.equal(answer.status, status);
      assert.deepEqual(Object.keys(answer.body), ['timestamp', 'status', 'error', 'path']);
      assert.equal(answer.body.path, '/v2/tokens/next');
      const at = answer.headers.indexOf('retry-after');
      assert.equal(at < 0 ? undefined : answer.headers[at + 1], retryAfter);
    });
  }

  it('has the status that HTTP has for what the transport noticed', () => {
    const statuses: Readonly<Record<TransportProblem, number>> = {
      not_found: 404,
      method_not_allowed: 405,
      body_too_large: 413,
      unreadable_content_type: 415,
      headers_too_large: 431,
      malformed_http: 400,
      timed_out: 504,
    };
    for (const [problem, status] of Object.entries(statuses) as [TransportProblem, number][]) {
      const answer = dialect.refuseTransport(problem, sampleContext(renew));
      assert.equal(answer.status, status);
      const { timestamp, error: _error, ...rest } = JSON.parse(answer.body);
      assert.deepEqual(rest, { status, path: '/v2/tokens/next' });
      assert.equal(timestamp, '2025-12-01T13:59:51.789+0000');
    }
  });

  it('names the method that is served, and cuts a long path off', () => {
    for (const { method, path } of Object.values(operations)) {
      const { headers } = dialect.refuseTransport('method_not_allowed', sampleContext(path));
      assert.equal(headers[headers.indexOf('allow') + 1], method);
    }
    const { body } = dialect.refuseTransport('not_found', sampleContext(`/ac/openapi/${'x'.repeat(10_000)}`));
    assert.ok(body.length < 400);
  });
});

it('no word of what a caller sent is repeated, but for the path', () => {
  const headers = { token: 'my token', password: 'my password', user: 'my user', signature: 'my signature' };
  for (const reason of [
    { code: 'credential_invalid', detail: 'not a scnet_token' },
    { code: 'password_wrong', tenant },
    { code: 'request_malformed', problem: '10004', detail: 'header signature', message: '' },
  ] as const) {
    for (const { path } of Object.values(operations)) {
      const answer = dialect.refuse(reason, sampleContext(path, headers));
      assert.doesNotMatch(JSON.stringify(answer), /my (?:token|password|user|signature)/);
    }
  }
});
