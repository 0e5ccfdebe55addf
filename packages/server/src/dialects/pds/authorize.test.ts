import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { loginTypes, paths } from '@hufu/wire/pds';
import type { AuthorizationRequest } from '../../core/authorization-request.ts';
import type { Reason } from '../../core/reasons.ts';
import type { AuthorizationCodec } from '../dialect.ts';
import { sampleRequest } from './call.sample.ts';
import { createPdsDialect, type PdsOptions } from './index.ts';

function codec(options: Partial<PdsOptions> = {}): AuthorizationCodec {
  const { authorization } = createPdsDialect(options);
  assert.ok(authorization);
  return authorization;
}

const base = { client_id: '25dzX3vbYqktVxyX', redirect_uri: 'https://app.example/cb?a=1', response_type: 'code' };
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

/** @param query members, or the text as it stands in the address. */
function parse(query: Record<string, string> | string, headers: Record<string, string> = {}) {
  const text = typeof query === 'string' ? query : new URLSearchParams(query).toString();
  return codec().parse(sampleRequest({ path: paths.authorize, query: text, headers }));
}

function ask(query: Record<string, string> | string, headers?: Record<string, string>): AuthorizationRequest {
  const parsed = parse(query, headers);
  if (!parsed.ok) throw new Error(`refused: ${JSON.stringify(parsed.reason)}`);
  return parsed.ask;
}

const problemOf = (reason: Reason | undefined): string | undefined =>
  reason?.code === 'request_malformed' ? reason.problem : reason?.code;

/** Told at the redirect URI. */
const told = (query: Record<string, string>): string | undefined => problemOf(ask({ ...base, ...query }).problem);

/** Told to the person at the browser: there is nowhere else to send it. */
function refused(query: Record<string, string> | string): string | undefined {
  const parsed = parse(query);
  return parsed.ok ? undefined : problemOf(parsed.reason);
}

suite('an authorization request', () => {
  test('is read with all its documented parameters', () => {
    const query = {
      ...base,
      login_type: 'default',
      scope: 'all',
      state: 'x y/+=',
      hide_consent: 'true',
      domain_id: 'bj29',
    };
    assert.deepEqual(ask(query), {
      operation: 'Authorize',
      clientId: base.client_id,
      tenant: 'bj29',
      redirectUri: base.redirect_uri,
      scope: undefined,
      resource: undefined,
      state: 'x y/+=',
      codeChallenge: undefined,
      prompts: [],
      loginHint: undefined,
      problem: undefined,
    });
  });

  test('needs only the application, the redirect URI and the response type', () => {
    assert.equal(ask(base).problem, undefined);
    assert.equal(ask(base, { host: 'bj29.api.aliyunpds.com' }).tenant, 'bj29');
  });

  for (const [rule, query, problem] of [
    ['no application', { ...base, client_id: '' }, 'InvalidParameterEmpty.ClientId'],
    ['no redirect URI', { client_id: 'a', response_type: 'code' }, 'InvalidParameterMissing.RedirectUri'],
    ['a parameter twice', `${new URLSearchParams(base)}&client_id=b`, 'InvalidParameter.ClientId'],
    ['an escape that is none', `${new URLSearchParams(base)}&state=%ff`, 'InvalidParameterWrongFormat.Query'],
    ['nothing at all', '', 'InvalidParameterMissing.ClientId'],
    ['too many parameters', `${new URLSearchParams(base)}${'&x=1'.repeat(30)}`, 'InvalidParameterOutOfRange.Query'],
  ] as const) {
    test(`${rule}: ${problem}, and nothing goes to a redirect URI`, () => assert.equal(refused(query), problem));
  }

  test('a host that contradicts domain_id is refused', () => {
    const parsed = parse({ ...base, domain_id: 'hz1' }, { host: 'bj29.api.aliyunpds.com' });
    assert.equal(parsed.ok, false);
  });

  test('unknown parameters mean nothing, even twice', () => {
    assert.equal(ask(`${new URLSearchParams(base)}&UserCode=1&UserCode=2&lang=zh`).problem, undefined);
  });

  for (const [rule, query, problem] of [
    ['no response type', { response_type: '' }, 'InvalidParameterEmpty.ResponseType'],
    ['the implicit flow', { response_type: 'token' }, 'InvalidParameterNotSupported.ResponseType'],
    [
      'the implicit flow as the table prints it',
      { response_type: 'access_token' },
      'InvalidParameterNotSupported.ResponseType',
    ],
    ['hide_consent that is no boolean', { hide_consent: 'yes' }, 'InvalidParameter.HideConsent'],
    ['a prompt that nobody knows', { prompt: 'admin_consent' }, 'InvalidParameterNotSupported.Prompt'],
    ['a prompt that contradicts itself', { prompt: 'none login' }, 'InvalidParameterNotSupported.Prompt'],
    [
      'a challenge without a method, which would be plain',
      { code_challenge: challenge },
      'InvalidParameterNotSupported.CodeChallengeMethod',
    ],
    [
      'a plain challenge',
      { code_challenge: challenge, code_challenge_method: 'plain' },
      'InvalidParameterNotSupported.CodeChallengeMethod',
    ],
    ['a method without a challenge', { code_challenge_method: 'S256' }, 'InvalidParameterMissing.CodeChallenge'],
    [
      'a challenge of 42 characters',
      { code_challenge: challenge.slice(1), code_challenge_method: 'S256' },
      'InvalidParameterWrongFormat.CodeChallenge',
    ],
    [
      'a challenge of 44 characters',
      { code_challenge: `${challenge}A`, code_challenge_method: 'S256' },
      'InvalidParameterWrongFormat.CodeChallenge',
    ],
  ] as const) {
    test(`${rule}: the application is told ${problem}`, () => assert.equal(told(query), problem));
  }

  for (const type of [...loginTypes, 'other']) {
    test(`login_type ${type}`, () => {
      const problem = type === 'default' ? undefined : 'InvalidParameterNotSupported.LoginType';
      assert.equal(told({ login_type: type }), problem);
    });
  }

  test('a challenge by S256 is kept', () => {
    const query = { ...base, code_challenge: challenge, code_challenge_method: 'S256' };
    assert.equal(ask(query).codeChallenge, challenge);
  });

  for (const [scope, read] of [
    ['', undefined],
    ['all', undefined],
    ['FILE.ALL all', undefined],
    ['FILE.ALL,DRIVE.ALL', 'FILE.ALL DRIVE.ALL'],
    [' FILE.ALL  DRIVE.ALL ', 'FILE.ALL DRIVE.ALL'],
  ] as const) {
    test(`scope "${scope}" asks for ${read ?? 'everything'}`, () => assert.equal(ask({ ...base, scope }).scope, read));
  }

  for (const [query, prompts] of [
    [{ hide_consent: 'true' }, []],
    [{ hide_consent: 'false' }, ['consent']],
    [{ hide_consent: 'false', prompt: 'consent' }, ['consent']],
    [{ hide_consent: 'false', prompt: 'login' }, ['login', 'consent']],
    [{ hide_consent: 'false', prompt: 'none' }, ['none']],
    [{ prompt: 'none' }, ['none']],
    [{ prompt: 'login consent' }, ['login', 'consent']],
  ] as const) {
    test(`${JSON.stringify(query)} prompts ${JSON.stringify(prompts)}`, () => {
      assert.deepEqual(ask({ ...base, ...query }).prompts, prompts);
    });
  }
});

test('a silent request stays silent beside a problem', () => {
  assert.deepEqual(ask({ ...base, prompt: 'none', response_type: 'token' }).prompts, ['none']);
});

suite('what goes to the redirect URI', () => {
  const { redirect } = codec();

  test('the code and the state as it came', () => {
    assert.deepEqual(redirect({ did: 'code', code: 'c', state: 's' }), [
      ['code', 'c'],
      ['state', 's'],
    ]);
  });
  test('no state where none came, an empty one where it was empty', () => {
    assert.deepEqual(redirect({ did: 'code', code: 'c', state: undefined }), [['code', 'c']]);
    assert.deepEqual(redirect({ did: 'code', code: 'c', state: '' }), [
      ['code', 'c'],
      ['state', ''],
    ]);
  });

  const clientId = 'a';
  for (const [reason, error, description] of [
    [{ code: 'consent_denied', clientId }, 'access_denied', 'Forbidden'],
    [{ code: 'login_required', clientId }, 'login_required', 'Forbidden'],
    [{ code: 'consent_required', clientId }, 'consent_required', 'Forbidden'],
    [{ code: 'scope_not_allowed', clientId }, 'invalid_scope', 'InvalidParameter.Scope'],
    [{ code: 'grant_type_not_allowed', clientId, grantType: 'x' }, 'unauthorized_client', 'Forbidden'],
    [{ code: 'temporarily_unavailable', detail: 'd' }, 'temporarily_unavailable', 'ServiceUnavailable'],
    [{ code: 'internal', detail: 'd' }, 'server_error', 'InternalError'],
    [{ code: 'code_challenge_missing', clientId }, 'invalid_request', 'InvalidParameterMissing.CodeChallenge'],
    [{ code: 'tenant_disabled', tenant: 't' }, 'access_denied', 'Forbidden'],
    [{ code: 'account_disabled', tenant: 't' }, 'access_denied', 'Forbidden'],
  ] as const) {
    test(`${reason.code} as ${error}`, () => {
      assert.deepEqual(redirect({ did: 'refused', reason, state: 's' }), [
        ['error', error],
        ['error_description', description],
        ['state', 's'],
      ]);
    });
  }

  for (const [query, error, description] of [
    [{ response_type: 'token' }, 'unsupported_response_type', 'InvalidParameterNotSupported.ResponseType'],
    [{ login_type: 'ding' }, 'invalid_request', 'InvalidParameterNotSupported.LoginType'],
  ] as const) {
    test(`${JSON.stringify(query)} as ${error}`, () => {
      const reason = ask({ ...base, ...query }).problem;
      assert.ok(reason);
      assert.deepEqual(redirect({ did: 'refused', reason, state: undefined }), [
        ['error', error],
        ['error_description', description],
      ]);
    });
  }
});

test('codes live as long as the option says, and are for applications with users at a browser', () => {
  const { speech, path } = codec({ codeLifetimeSeconds: 77 });
  assert.equal(path, '/v2/oauth/authorize');
  assert.equal(speech.codeLifetimeSeconds, 77);
  assert.equal(codec().speech.codeLifetimeSeconds, 300);
  assert.deepEqual(speech.clientTypes, ['WebServer', 'WebBrowser', 'Native']);
});
