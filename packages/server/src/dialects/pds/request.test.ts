import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { grantTypes, paths } from '@hufu/wire/pds';
import { recordedRequest, recordedRequests } from '../../../../wire/src/pds/golden/recorded.ts';
import { commandOf, form, json, problemOf, refusalOf, speechOf } from './call.sample.ts';

const token = (body: string, headers: Record<string, string> = {}) => ({
  path: paths.token,
  body,
  headers: { ...form, ...headers },
});
const account = (body: unknown, path: string = paths.accountToken) => ({
  path,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  headers: json,
});
const id = '25dzX3vbYqktVxyX';
const codeTypes = ['WebServer', 'WebBrowser', 'Native'];
const redirect_uri = 'http://127.0.0.1:3000/callback?a=1&b=x y';

/** What each recorded request asks for; what is the same in all of them is left out. */
const asked: Record<string, object> = {
  ...Object.fromEntries(
    ['user', 'user-pkcs1', 'user-options', 'user-empty-subdomain', 'user-without-id', 'user-ec', 'service']
      .concat('service-subdomain')
      .map((name) => [
        name,
        { do: 'assert', clientTypes: ['JWT'], assertion: recordedRequest(name).values.assertion, scope: undefined },
      ]),
  ),
  ...Object.fromEntries(
    ['code', 'code-native', 'code-undefined', 'code-grant-overwritten', 'code-verifier', 'code-encoding'].map(
      (name) => [
        name,
        {
          do: 'redeem',
          clientTypes: codeTypes,
          code: '0045157fa8e24f4f9a0d9e3ff158c1e0',
          redirectUri: redirect_uri,
          codeVerifier: recordedRequest(name).values.code_verifier,
        },
      ],
    ),
  ),
};

suite('recorded requests', () => {
  for (const { id: name, rule, path, headers, body, values } of recordedRequests) {
    const call = { path, body, headers };
    if (name.startsWith('code-redirect-url')) {
      test(`${name}, ${rule}: refused, redirect_uri is missing`, () => {
        assert.equal(problemOf(call), 'InvalidParameterMissing.RedirectUri');
      });
      continue;
    }
    if (name === 'account-undefined') {
      test(`${name}, ${rule}: refused, app_id is missing`, () => {
        assert.equal(problemOf(call), 'InvalidParameterMissing.AppId');
      });
      continue;
    }
    test(`${name}, ${rule}: becomes its command`, () => {
      const isAccount = path === paths.accountToken;
      const refresh = {
        do: 'refresh',
        clientTypes: isAccount ? ['JWT'] : codeTypes,
        refreshToken: values.refresh_token,
        idempotencyKey: undefined,
        scope: undefined,
      };
      const secret = values.client_secret;
      assert.deepEqual(commandOf(call), {
        ...(asked[name] ?? refresh),
        operation: isAccount ? 'AccountToken' : 'Token',
        client: secret
          ? { kind: 'client_secret', clientId: id, clientSecret: secret }
          : { kind: 'client_name', clientId: id },
        tenant: undefined,
        resource: undefined,
      });
    });
  }

  test('a secret that the SDK wrote as undefined is the secret "undefined"', () => {
    const { client } = commandOf({ ...recordedRequest('code-undefined') });
    assert.deepEqual(client, { kind: 'client_secret', clientId: id, clientSecret: 'undefined' });
  });

  for (const [name, subdomain] of [
    ['user', undefined],
    ['user-empty-subdomain', undefined],
    ['user-options', 'sub 1'],
    ['service-subdomain', 's1'],
  ] as const) {
    test(`${name}: the session is opened for ${subdomain ?? 'the domain itself'}`, () => {
      const speech = speechOf({ ...recordedRequest(name) });
      assert.ok('defaultAudience' in speech);
      assert.equal(speech.defaultAudience(), subdomain);
    });
  }
});

suite('the body of /v2/oauth/token', () => {
  const refresh = `grant_type=refresh_token&client_id=${id}&refresh_token=r`;

  for (const type of [
    'application/x-www-form-urlencoded; charset=utf-8',
    'application/x-www-form-urlencoded;charset=UTF-8',
    'APPLICATION/X-WWW-FORM-URLENCODED',
  ]) {
    test(`${type} is a form`, () => assert.equal(commandOf(token(refresh, { 'content-type': type })).do, 'refresh'));
  }

  for (const type of [
    '',
    'text/plain',
    'application/x-www-form-urlencodedx',
    'multipart/form-data',
    'application/json',
  ]) {
    test(`"${type}" is no form`, () => {
      assert.equal(problemOf(token(refresh, { 'content-type': type })), 'UnsupportedMediaType');
    });
  }

  test('JSON is taken where the option says so', () => {
    const body = { grant_type: 'refresh_token', client_id: id, refresh_token: 'r', client_secret: 's' };
    const call = { path: paths.token, body: JSON.stringify(body), headers: json };
    assert.equal(problemOf(call), 'UnsupportedMediaType');
    assert.equal(commandOf(call, { tokenAcceptsJson: true }).refreshToken, 'r');
  });

  for (const [rule, body, problem] of [
    ['no grant type', `client_id=${id}`, 'InvalidParameterMissing.GrantType'],
    ['an empty grant type', `client_id=${id}&grant_type=`, 'InvalidParameterEmpty.GrantType'],
    ['another grant type', `client_id=${id}&grant_type=password`, 'InvalidParameterNotSupported.GrantType'],
    ['no client', 'grant_type=refresh_token&refresh_token=r', 'InvalidParameterMissing.ClientId'],
    ['an empty client', 'grant_type=refresh_token&client_id=', 'InvalidParameterEmpty.ClientId'],
    ['a client of 129 characters', `grant_type=code&client_id=${'a'.repeat(129)}`, 'InvalidParameter.ClientId'],
    ['a client with a blank', 'grant_type=code&client_id=a%20b', 'InvalidParameter.ClientId'],
    ['no code', `grant_type=code&client_id=${id}&redirect_uri=u`, 'InvalidParameterMissing.Code'],
    ['no redirect_uri', `grant_type=code&client_id=${id}&code=c`, 'InvalidParameterMissing.RedirectUri'],
    ['no refresh token', `grant_type=refresh_token&client_id=${id}`, 'InvalidParameterMissing.RefreshToken'],
    [
      'no assertion',
      `grant_type=${encodeURIComponent(grantTypes.jwtBearer)}&client_id=${id}`,
      'InvalidParameterMissing.Assertion',
    ],
    ['a member twice', `${refresh}&client_id=${id}`, 'InvalidParameter.ClientId'],
    ['an unknown member twice', `${refresh}&x=1&x=2`, 'InvalidParameter.Body'],
    ['a piece without a name', `${refresh}&=1`, 'InvalidParameterWrongFormat.Body'],
    ['an empty body', '', 'InvalidParameterMissing.ClientId'],
    [
      'a verifier of 42 characters',
      `grant_type=code&client_id=${id}&code=c&redirect_uri=u&code_verifier=${'v'.repeat(42)}`,
      'InvalidParameterWrongFormat.CodeVerifier',
    ],
    [
      'a verifier of 129 characters',
      `grant_type=code&client_id=${id}&code=c&redirect_uri=u&code_verifier=${'v'.repeat(129)}`,
      'InvalidParameterWrongFormat.CodeVerifier',
    ],
  ] as const) {
    test(`${rule}: ${problem}`, () => assert.equal(problemOf(token(body)), problem));
  }

  test('bytes that are no UTF-8 are refused', () => {
    const call = { path: paths.token, body: Uint8Array.from([0x61, 0x3d, 0xff]), headers: form };
    assert.equal(problemOf(call), 'InvalidParameterWrongFormat.Body');
  });

  test('a verifier of 43 and of 128 characters is taken', () => {
    for (const length of [43, 128]) {
      const codeVerifier = 'v'.repeat(length);
      const body = `grant_type=code&client_id=${id}&code=c&redirect_uri=u&code_verifier=${codeVerifier}`;
      assert.equal(commandOf(token(body)).codeVerifier, codeVerifier);
    }
  });

  test('an empty secret is none', () => {
    assert.deepEqual(commandOf(token(`${refresh}&client_secret=`)).client, { kind: 'client_name', clientId: id });
  });

  test('as many members as allowed are taken, one more is refused', () => {
    assert.equal(commandOf(token(`${refresh}&a=1`), { maxFormMembers: 4 }).do, 'refresh');
    assert.equal(problemOf(token(`${refresh}&a=1&b=1`), { maxFormMembers: 4 }), 'InvalidParameterOutOfRange.Body');
  });

  test('a subdomain of 64 characters is taken, of 65 refused', () => {
    const body = (length: number) =>
      `grant_type=${grantTypes.jwtBearer}&client_id=${id}&assertion=a&subdomain_id=${'s'.repeat(length)}`;
    assert.equal(commandOf(token(body(64))).do, 'assert');
    assert.equal(problemOf(token(body(65))), 'InvalidParameterOutOfRange.SubdomainId');
    assert.equal(problemOf(token(`${body(1)}%0A`)), 'InvalidParameter.SubdomainId');
  });

  test('a header that is given twice is refused', () => {
    const call = { ...token(refresh), duplicateHeader: 'x-made-up' };
    assert.equal(problemOf(call), 'InvalidParameter.Header');
  });

  test('no refusal repeats a value of the caller', () => {
    for (const call of [
      token(`${refresh}&client_id=s3cret`),
      token('grant_type=s3cret&client_id=a'),
      token('s3cret'),
    ]) {
      assert.ok(!JSON.stringify(refusalOf(call)).includes('s3cret'));
    }
  });
});

suite('the domain', () => {
  const body = `grant_type=refresh_token&client_id=${id}&refresh_token=r`;

  for (const host of ['bj29.api.aliyunpds.com', 'bj29.auth.aliyunpds.com', 'BJ29.api.aliyunpds.com:443']) {
    test(`${host} names bj29`, () => assert.equal(commandOf(token(body, { host })).tenant, 'bj29'));
  }
  test('another host names none', () =>
    assert.equal(commandOf(token(body, { host: '127.0.0.1:8420' })).tenant, undefined));
  test('domain_id names it where the host does not', () => {
    assert.equal(commandOf(token(`${body}&domain_id=hz1`, { host: '127.0.0.1:8420' })).tenant, 'hz1');
  });
  test('both may say the same', () => {
    assert.equal(commandOf(token(`${body}&domain_id=bj29`, { host: 'bj29.api.aliyunpds.com' })).tenant, 'bj29');
  });
  test('they must not say different things', () => {
    const call = token(`${body}&domain_id=hz1`, { host: 'bj29.api.aliyunpds.com' });
    assert.equal(problemOf(call), 'InvalidParameterNotMatch.DomainId');
  });
  test('an id that cannot be one is refused', () => {
    assert.equal(problemOf(token(`${body}&domain_id=${'d'.repeat(129)}`)), 'InvalidParameter.DomainId');
  });
});

suite('refresh', () => {
  const body = { app_id: id, grant_type: 'refresh_token', refresh_token: 'r' };

  test('each kind of application refreshes at its own path, or at either where the option says so', () => {
    const oauth = token(`grant_type=refresh_token&client_id=${id}&refresh_token=r`);
    const either = { refreshPaths: 'either' } as const;
    assert.deepEqual(commandOf(oauth).clientTypes, codeTypes);
    assert.deepEqual(commandOf(account(body)).clientTypes, ['JWT']);
    assert.deepEqual(commandOf(oauth, either).clientTypes, [...codeTypes, 'JWT']);
    assert.deepEqual(commandOf(account(body), either).clientTypes, [...codeTypes, 'JWT']);
  });

  test('app_id may be missing where the option says so: the token names its application', () => {
    const { app_id: _app, ...rest } = body;
    const options = { accountTokenAppId: 'optional' } as const;
    for (const given of [rest, { ...rest, app_id: '' }, { ...rest, app_id: null }]) {
      assert.deepEqual(commandOf(account(given), options).client, { kind: 'client_of_token' });
    }
    assert.deepEqual(commandOf(account(body), options).client, { kind: 'client_name', clientId: id });
    assert.equal(problemOf(account(rest)), 'InvalidParameterMissing.AppId');
  });

  test('an idempotency key names the attempt', () => {
    const call = account(body);
    const keyed = (key: string) => ({ ...call, headers: { ...call.headers, 'idempotency-key': key } });
    assert.equal(commandOf(keyed('k'.repeat(255))).idempotencyKey, 'k'.repeat(255));
    assert.equal(problemOf(keyed('k'.repeat(256))), 'InvalidParameter.IdempotencyKey');
    assert.equal(problemOf(keyed('')), 'InvalidParameter.IdempotencyKey');
    assert.equal(problemOf(keyed('a b')), 'InvalidParameter.IdempotencyKey');
  });

  test('a secret has no meaning at /v2/account/token', () => {
    const call = account({ ...body, client_secret: 's' });
    assert.deepEqual(commandOf(call).client, { kind: 'client_name', clientId: id });
  });
});

suite('JSON bodies', () => {
  const body = { app_id: id, grant_type: 'refresh_token', refresh_token: 'r' };
  const missing = (name: string, path?: string) => account({ ...body, [name]: undefined }, path);

  for (const [rule, call, problem] of [
    ['no JSON', account('{'), 'InvalidRequestJSONFormat'],
    ['nothing', account(''), 'InvalidRequestJSONFormat'],
    ['an array', account('[]'), 'InvalidRequestJSONFormat'],
    ['null', account('null'), 'InvalidRequestJSONFormat'],
    ['a number', account('1'), 'InvalidRequestJSONFormat'],
    ['a member that is no text', account({ ...body, refresh_token: 1 }), 'InvalidParameterWrongFormat.RefreshToken'],
    ['an object in place of a text', account({ ...body, app_id: {} }), 'InvalidParameterWrongFormat.AppId'],
    ['no app_id', missing('app_id'), 'InvalidParameterMissing.AppId'],
    ['no grant_type', missing('grant_type'), 'InvalidParameterMissing.GrantType'],
    ['another grant_type', account({ ...body, grant_type: 'code' }), 'InvalidParameterNotSupported.GrantType'],
    ['no refresh_token', missing('refresh_token'), 'InvalidParameterMissing.RefreshToken'],
    ['revoke: no refresh_token', missing('refresh_token', paths.accountRevoke), 'InvalidParameterMissing.RefreshToken'],
    ['revoke: no app_id', missing('app_id', paths.accountRevoke), 'InvalidParameterMissing.AppId'],
    ['get_public_key: no app_id', account({}, paths.publicKey), 'InvalidParameterMissing.AppId'],
  ] as const) {
    test(`${rule}: ${problem}`, () => assert.equal(problemOf(call), problem));
  }

  test('bytes that are no UTF-8 are no JSON', () => {
    const call = { path: paths.accountToken, body: Uint8Array.from([0x22, 0xff, 0x22]), headers: json };
    assert.equal(problemOf(call), 'InvalidRequestJSONFormat');
  });

  test('members without a meaning are passed over, the documented addition_data among them', () => {
    const call = account({ ...body, addition_data: { a: 'b' }, __proto__: 1, other: [] });
    assert.equal(commandOf(call).refreshToken, 'r');
  });

  test('as many members as allowed are taken, one more is refused', () => {
    assert.equal(commandOf(account({ ...body, a: 1 }), { maxFormMembers: 4 }).do, 'refresh');
    const call = account({ ...body, a: 1, b: 1 });
    assert.equal(problemOf(call, { maxFormMembers: 4 }), 'InvalidParameterOutOfRange.Body');
  });

  test('a form is taken at /v2/account/token where the option says so, and never at the other two', () => {
    const body = `app_id=${id}&grant_type=refresh_token&refresh_token=r`;
    const call = (path: string) => ({ path, body, headers: form });
    assert.equal(problemOf(call(paths.accountToken)), 'UnsupportedMediaType');
    const options = { accountTokenAcceptsForm: true };
    assert.equal(commandOf(call(paths.accountToken), options).refreshToken, 'r');
    for (const path of [paths.accountRevoke, paths.publicKey]) {
      assert.equal(problemOf(call(path), options), 'UnsupportedMediaType');
    }
  });
});

suite('the other two calls', () => {
  test('revoke ends the session of a token that has to be alive', () => {
    assert.deepEqual(commandOf(account({ app_id: id, refresh_token: 'r' }, paths.accountRevoke)), {
      do: 'end',
      operation: 'AccountRevoke',
      client: { kind: 'client_name', clientId: id },
      tenant: undefined,
      clientTypes: undefined,
      token: 'r',
      mustBeAlive: true,
    });
  });

  test('get_public_key asks for the key of a JWT application', () => {
    const call = account({ app_id: id }, paths.publicKey);
    assert.deepEqual(commandOf({ ...call, headers: { ...json, host: 'bj29.api.aliyunpds.com' } }), {
      do: 'client_key',
      operation: 'GetPublicKey',
      client: { kind: 'client_name', clientId: id },
      tenant: 'bj29',
      clientTypes: ['JWT'],
    });
  });
});
