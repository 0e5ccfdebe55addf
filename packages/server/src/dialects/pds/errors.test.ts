import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { paths } from '@hufu/wire/pds';
import type { AssertionProblem, Reason } from '../../core/reasons.ts';
import type { TransportProblem } from '../dialect.ts';
import { sampleContext } from './call.sample.ts';
import { createPdsDialect } from './index.ts';

const dialect = createPdsDialect();

function refused(reason: Reason, path: string = paths.token): { status: number; code: string; message: string } {
  const { status, body } = dialect.refuse(reason, sampleContext(path));
  const { code, message } = JSON.parse(body);
  return { status, code, message };
}

const clientId = 'a';
const grantId = 'g';
const tenant = 't';
const token = 'InvalidParameter.RefreshToken';

suite('reasons', () => {
  for (const [reason, status, code, message] of [
    [{ code: 'client_unknown', clientId }, 404, 'NotFound.App', 'The resource app cannot be found. Please check.'],
    [
      { code: 'client_authentication_failed', clientId },
      400,
      'InvalidParameter.ClientSecret',
      'The input parameter client_secret is not valid. ',
    ],
    [
      { code: 'grant_type_not_allowed', clientId, grantType: 'x' },
      400,
      'InvalidParameterNotSupported.GrantType',
      'The input parameter grant_type is not supported.',
    ],
    [
      { code: 'code_challenge_missing', clientId },
      400,
      'InvalidParameterMissing.CodeChallenge',
      'The input parameter code_challenge is missing.',
    ],
    [{ code: 'tenant_disabled', tenant }, 403, 'Forbidden', 'User not authorized to operate on the specified APIs.'],
    [{ code: 'code_unknown', clientId }, 400, 'InvalidParameter.Code', 'The input parameter code is not valid. '],
    [{ code: 'code_replayed', grantId }, 400, 'InvalidParameter.Code', 'The input parameter code is not valid. '],
    [{ code: 'code_expired', clientId }, 400, 'InvalidParameterExpired.Code', 'The input parameter code is expired.'],
    [
      { code: 'code_mismatch', clientId, problem: 'client' },
      400,
      'InvalidParameter.Code',
      'The input parameter code is not valid. ',
    ],
    [
      { code: 'code_mismatch', clientId, problem: 'redirect_uri' },
      400,
      'InvalidParameterNotMatch.RedirectUri',
      "The input parameter redirect_uri doesn't match.",
    ],
    [
      { code: 'code_mismatch', clientId, problem: 'code_verifier' },
      400,
      'InvalidParameterNotMatch.CodeVerifier',
      "The input parameter code_verifier doesn't match.",
    ],
    [
      { code: 'redirect_uri_not_registered', clientId },
      400,
      'InvalidParameterNotMatch.RedirectUri',
      "The input parameter redirect_uri doesn't match.",
    ],
    [
      { code: 'assertion_replayed', clientId, proves: 'grant' },
      400,
      'InvalidParameter.Jti',
      'The input parameter jti is not valid. ',
    ],
    [{ code: 'user_unknown', tenant }, 404, 'NotFound.User', 'The resource user cannot be found. Please check.'],
    [{ code: 'account_disabled', tenant }, 403, 'Forbidden', 'User not authorized to operate on the specified APIs.'],
    [{ code: 'grant_suspended', grantId }, 403, 'Forbidden', 'User not authorized to operate on the specified APIs.'],
    [
      { code: 'scope_not_allowed', clientId },
      400,
      'InvalidParameter.Scope',
      'The input parameter scope is not valid. ',
    ],
    [
      { code: 'target_not_allowed', clientId },
      400,
      'InvalidParameter.SubdomainId',
      'The input parameter subdomain_id is not valid. ',
    ],
    [{ code: 'login_blocked', tenant, retryAtMs: 0, isLocked: true }, 429, 'TooManyRequests', 'Too many requests'],
    [{ code: 'rate_limited', accessKeyId: 'k' }, 429, 'TooManyRequests', 'Too many requests'],
    [
      { code: 'temporarily_unavailable', detail: 'd' },
      503,
      'ServiceUnavailable',
      'The request has failed due to a temporary failure of the server.',
    ],
    [{ code: 'timed_out' }, 504, 'D504TO', 'timeout'],
    [{ code: 'internal', detail: 'd' }, 500, 'InternalError', 'The request has been failed due to some unknown error.'],
  ] as const) {
    const problem = 'problem' in reason ? ` (${reason.problem})` : '';
    test(`${reason.code}${problem}: ${status} ${code}`, () =>
      assert.deepEqual(refused(reason), { status, code, message }));
  }

  test('a refresh token that is not taken is told in one way, whatever the reason', () => {
    const reasons: readonly Reason[] = [
      { code: 'credential_invalid', detail: 'd' },
      { code: 'credential_expired' },
      { code: 'grant_unknown', grantId },
      { code: 'grant_foreign', grantId },
      { code: 'grant_revoked', grantId },
      { code: 'grant_expired', grantId },
      { code: 'renewal_over', grantId },
      { code: 'refresh_replayed', grantId },
      { code: 'refresh_forged', grantId },
      { code: 'binding_mismatch', grantId },
    ];
    const answers = new Set(reasons.map((reason) => JSON.stringify(dialect.refuse(reason, sampleContext()))));
    assert.equal(answers.size, 1);
    assert.deepEqual(refused({ code: 'refresh_replayed', grantId }), {
      status: 400,
      code: token,
      message: 'The input parameter refresh_token is not valid. ',
    });
  });

  test('where no secret can be sent, an application that needs one is forbidden to call', () => {
    for (const path of [paths.accountToken, paths.accountRevoke]) {
      assert.equal(refused({ code: 'client_authentication_failed', clientId }, path).code, 'Forbidden');
    }
  });

  test('what was found at parsing is told as it was found', () => {
    const reason = { code: 'request_malformed', problem: 'UnsupportedMediaType', detail: 'd', message: 'm' } as const;
    assert.deepEqual(refused(reason), { status: 415, code: 'UnsupportedMediaType', message: 'm' });
  });
});

suite('assertions', () => {
  const codes: Record<AssertionProblem, string> = {
    form: 'InvalidParameterWrongFormat.Assertion',
    alg: 'InvalidParameterNotSupported.Alg',
    key: 'InvalidParameter.Assertion',
    signature: 'InvalidParameter.Assertion',
    iss: 'InvalidParameterNotMatch.Iss',
    sub: 'InvalidParameter.Sub',
    sub_type: 'InvalidParameterNotSupported.SubType',
    aud: 'InvalidParameterNotMatch.Aud',
    jti: 'InvalidParameterOutOfRange.Jti',
    exp: 'InvalidParameterExpired.Exp',
    iat: 'InvalidParameterOutOfRange.Iat',
    nbf: 'InvalidParameterOutOfRange.Nbf',
    auto_create: 'InvalidParameter.AutoCreate',
    lifetime: 'InvalidParameterOutOfRange.Exp',
  };
  for (const [problem, code] of Object.entries(codes)) {
    test(`${problem}: 400 ${code}`, () => {
      const answer = refused({
        code: 'assertion_refused',
        clientId,
        proves: 'grant',
        problem: problem as AssertionProblem,
      });
      assert.equal(answer.status, 400);
      assert.equal(answer.code, code);
    });
  }
});

suite('transport', () => {
  const codes: Record<TransportProblem, readonly [status: number, code: string, message: string]> = {
    not_found: [404, 'I404NF', 'API not found with `GET /v2/user/abc`'],
    method_not_allowed: [405, 'MethodNotAllowed', 'Method GET is not allowed.'],
    body_too_large: [413, 'RequestBodyTooLarge', 'The request body is too large.'],
    unreadable_content_type: [415, 'UnsupportedMediaType', 'Content-Type cannot be read.'],
    headers_too_large: [431, 'RequestHeaderTooLarge', 'The request header is too large.'],
    malformed_http: [400, 'InvalidParameter', 'The request is not valid HTTP.'],
    timed_out: [504, 'D504TO', 'timeout'],
  };
  for (const [problem, [status, code, message]] of Object.entries(codes)) {
    test(`${problem}: ${status} ${code}`, () => {
      const context = sampleContext('/v2/user/abc', 'GET');
      const answer = dialect.refuseTransport(problem as TransportProblem, context);
      const { requestId } = context;
      assert.deepEqual([answer.status, JSON.parse(answer.body)], [status, { code, message, requestId }]);
    });
  }

  test('a path cannot put a line into the headers', () => {
    const answer = dialect.refuseTransport('not_found', sampleContext('/a\r\nset-cookie:x\u00e9', 'GET'));
    assert.ok(answer.headers.every((text) => /^[\x20-\x7e]*$/.test(text)));
  });
});
