import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { lostAnswer, type WrittenAnswer, wire } from '../../core/context.sample.ts';
import { isTokenError, type TokenError } from '../../core/errors.ts';
import { pdsClient } from './client.ts';
import { isAuthFailure, isPdsError } from './errors.ts';
import { pdsGrant } from './token-info.ts';

const printed = {
  access_token: 'access',
  refresh_token: 'refresh',
  expires_in: 7200,
  token_type: 'Bearer',
  user_id: '4b14',
  user_name: '用户1',
  default_drive_id: '1',
  role: 'user',
  status: 'enabled',
  expire_time: '2022-02-16T07:59:14Z',
  is_first_login: false,
  domain_id: 'daily21453',
};

const refreshed = (answer: WrittenAnswer | Error) => {
  const { fetch, clock } = wire([answer]);
  return pdsClient({ domainId: 'bj29', fetch, clock }).refreshToken({ client_id: 'a', refresh_token: 'r' });
};

const refused = async (answer: WrittenAnswer | Error): Promise<TokenError> => {
  const error = await refreshed(answer).then(
    () => assert.fail('it was not refused'),
    (thrown: unknown) => thrown,
  );
  assert.ok(isTokenError(error), String(error));
  return error;
};

suite('answers of PDS', () => {
  test('the printed one is given as it is', async () => assert.deepEqual(await refreshed({ body: printed }), printed));

  test('expires_in is a number, also where it comes as the text of the document', async () => {
    assert.equal((await refreshed({ body: { ...printed, expires_in: '7200' } })).expires_in, 7200);
    assert.equal((await refreshed({ body: { ...printed, expires_in: 'soon' } })).expires_in, undefined);
  });

  test('the grant has tokens, both ends, the user, and everything else by its own name', () => {
    const { user_id, user_name, default_drive_id, role, status, is_first_login, domain_id } = printed;
    assert.deepEqual(pdsGrant(printed), {
      token: {
        token: 'access',
        type: 'Bearer',
        lifetimeMs: 7_200_000,
        expiresAtMs: Date.UTC(2022, 1, 16, 7, 59, 14),
        subject: '4b14',
        extra: { user_name, default_drive_id, role, status, is_first_login, domain_id, user_id },
      },
      refreshToken: 'refresh',
    });
  });

  test('an application that may not refresh has no refresh token', () => {
    assert.equal('refreshToken' in pdsGrant({ ...printed, refresh_token: '' }), false);
    assert.deepEqual(pdsGrant({ access_token: 'a' }), { token: { token: 'a', extra: {} } });
  });

  for (const body of ['', '<html>', 'null', {}, { access_token: '' }]) {
    test(`200 with ${JSON.stringify(body)}: what was sent may be spent`, async () => {
      const error = await refused({ body });
      assert.deepEqual([error.code, error.uncertain, error.retryable], ['malformed_response', true, false]);
    });
  }

  for (const [status, vendorCode, code, reauthRequired] of [
    [400, 'InvalidParameter.RefreshToken', 'invalid_grant', true],
    [401, 'RefreshTokenExpired', 'invalid_grant', true],
    [401, 'AccessTokenInvalid', 'invalid_grant', true],
    [404, 'NotFound.User', 'invalid_grant', true],
    [400, 'InvalidParameter.Code', 'invalid_grant', true],
    [400, 'InvalidParameterExpired.Code', 'invalid_grant', true],
    [400, 'InvalidParameterNotMatch.CodeVerifier', 'invalid_grant', true],
    [400, 'InvalidParameter.Jti', 'invalid_grant', true],
    [400, 'InvalidParameter.ClientId', 'invalid_client', true],
    [400, 'InvalidParameter.ClientSecret', 'invalid_client', true],
    [404, 'NotFound.App', 'invalid_client', true],
    [400, 'InvalidParameter.Assertion', 'invalid_client', true],
    [400, 'InvalidParameterExpired.Exp', 'clock_skew', false],
    [400, 'InvalidParameterOutOfRange.Iat', 'clock_skew', false],
    // The user may be enabled again, and the session goes on.
    [403, 'Forbidden', 'invalid_grant', false],
    [400, 'InvalidParameterMissing.GrantType', 'config', false],
    [404, 'I404NF', 'config', false],
    [429, 'TooManyRequests', 'rate_limited', false],
    [500, 'InternalError', 'server_error', false],
    [503, 'ServiceUnavailable', 'server_error', false],
  ] as const) {
    test(`${status} ${vendorCode} is ${code}`, async () => {
      const error = await refused({ status, body: { code: vendorCode, message: 'secret-looking', requestId: null } });
      assert.deepEqual([error.code, error.vendorCode, error.reauthRequired], [code, vendorCode, reauthRequired]);
      assert.equal(error.message, `refreshToken: the server refused with ${status} (${vendorCode})`);
      assert.ok(isPdsError(error, vendorCode));
    });
  }

  test('a code without its suffix stands for all of them', async () => {
    const error = await refused({ status: 400, body: { code: 'InvalidParameter.RefreshToken', message: '' } });
    assert.ok(isPdsError(error, 'InvalidParameter'));
    assert.ok(!isPdsError(error, 'InvalidParameterMissing'));
    assert.ok(!isPdsError(new Error('InvalidParameter'), 'InvalidParameter'));
  });

  test("the gateway's code stands in a header, and its body is empty", async () => {
    const error = await refused({ status: 504, headers: { 'x-ca-error-code': 'D504TO' } });
    assert.deepEqual([error.code, error.vendorCode, error.uncertain], ['server_error', 'D504TO', true]);
  });

  test('a lost answer is uncertain, a refused connection is not', async () => {
    assert.equal((await refused(lostAnswer())).uncertain, true);
    const unsent = new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
    assert.equal((await refused(unsent)).uncertain, false);
  });

  test('a redirect is not followed: it would carry the refresh token away', async () => {
    const error = await refused({ status: 307, headers: { location: 'https://elsewhere.example' } });
    assert.equal(error.code, 'malformed_response');
  });
});

suite('an access token that no longer holds', () => {
  const headers = new Headers();
  for (const [status, code, is] of [
    [401, 'AccessTokenInvalid', true],
    [401, 'TokenExpired', true],
    [401, 'AccessTokenExpired', true],
    [401, 'ShareLinkTokenInvalid', false],
    [403, 'AccessTokenInvalid', false],
    [401, 'Forbidden', false],
  ] as const) {
    test(`${status} ${code}: ${is}`, () => assert.equal(isAuthFailure({ status, headers }, { code }), is));
  }

  test('a body that is none says nothing', () => {
    assert.equal(isAuthFailure({ status: 401, headers }, undefined), false);
    assert.equal(isAuthFailure({ status: 401, headers }, 'AccessTokenInvalid'), false);
  });
});
