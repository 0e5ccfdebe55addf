import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clientAssertionType, grantTypes, paths } from '@hufu/wire/oauth';
import type { Command } from '../../core/command.ts';
import { basicHeader, samplePost, sampleSpeech } from './request.sample.ts';
import { parse } from './request.ts';

type Fields = string | Readonly<Record<string, string>>;

const token = (fields: Fields, headers = {}) => parse(samplePost(paths.token, fields, headers), sampleSpeech);
const commandOf = (parsed: ReturnType<typeof parse>): Omit<Command, 'speech'> => {
  assert.ok(parsed.ok, parsed.ok ? '' : JSON.stringify(parsed.reason));
  const { speech, ...command } = parsed.command;
  assert.equal(speech, sampleSpeech);
  return command;
};
const problemOf = (parsed: ReturnType<typeof parse>): string => {
  if (parsed.ok) return 'ok';
  const { reason } = parsed;
  return reason.code === 'request_malformed' ? `${reason.problem}: ${reason.message}` : reason.code;
};

const app = { client_id: 'app' };
const named = { tenant: undefined, clientTypes: undefined, client: { kind: 'client_name', clientId: 'app' } };
const secret = { kind: 'client_secret', clientId: 'app', clientSecret: 's' };
const authorization = basicHeader('app', 's');
const verifier = 'v'.repeat(43);

describe('the token endpoint', () => {
  it('reads a code', () => {
    const fields = { ...app, grant_type: grantTypes.authorizationCode, code: 'c' };
    const common = { do: 'redeem', operation: 'authorization_code', ...named, code: 'c' };
    const nothing = { redirectUri: undefined, codeVerifier: undefined, resource: undefined };
    assert.deepEqual(commandOf(token(fields)), { ...common, ...nothing });
    const more = { redirect_uri: 'https://a/cb', code_verifier: verifier, resource: 'https://api' };
    assert.deepEqual(commandOf(token({ ...fields, ...more })), {
      ...common,
      redirectUri: 'https://a/cb',
      codeVerifier: verifier,
      resource: 'https://api',
    });
  });

  it('reads a refresh token, with the name of the attempt', () => {
    const fields = { ...app, grant_type: grantTypes.refreshToken, refresh_token: 'r', scope: 'a b', resource: 'urn:x' };
    assert.deepEqual(commandOf(token(fields, { 'idempotency-key': 'k' })), {
      do: 'refresh',
      operation: 'refresh_token',
      ...named,
      refreshToken: 'r',
      idempotencyKey: 'k',
      scope: 'a b',
      resource: 'urn:x',
    });
  });

  it('reads the credentials of a client', () => {
    assert.deepEqual(commandOf(token({ grant_type: grantTypes.clientCredentials, scope: 'a' }, { authorization })), {
      do: 'client_credentials',
      operation: 'client_credentials',
      ...named,
      client: secret,
      scope: 'a',
      resource: undefined,
    });
  });

  it('reads an assertion for a user, beside one of the client', () => {
    const client = { client_assertion: 'c.c.c', client_assertion_type: clientAssertionType };
    assert.deepEqual(commandOf(token({ ...client, grant_type: grantTypes.jwtBearer, assertion: 'a.b.c' })), {
      do: 'assert',
      operation: 'jwt_bearer',
      ...named,
      client: { kind: 'client_assertion', clientId: undefined, assertion: 'c.c.c' },
      assertion: 'a.b.c',
      scope: undefined,
      resource: undefined,
    });
  });

  for (const [name, fields, problem] of [
    ['no grant type', app, 'invalid_request: parameter grant_type is missing'],
    ['an empty grant type', { ...app, grant_type: '' }, 'invalid_request: parameter grant_type is missing'],
    ['the password grant', { ...app, grant_type: 'password' }, 'unsupported_grant_type: grant_type is not supported'],
    ['no code', { ...app, grant_type: 'authorization_code' }, 'invalid_request: parameter code is missing'],
    [
      'no refresh token',
      { ...app, grant_type: 'refresh_token' },
      'invalid_request: parameter refresh_token is missing',
    ],
    ['no assertion', { ...app, grant_type: grantTypes.jwtBearer }, 'invalid_request: parameter assertion is missing'],
    ['no client', { grant_type: 'refresh_token' }, 'invalid_client: client authentication is missing'],
    [
      'client credentials of a client that only names itself',
      { ...app, grant_type: 'client_credentials' },
      'invalid_client: client authentication is missing',
    ],
  ] as const) {
    it(`refuses ${name}`, () => assert.equal(problemOf(token(fields)), problem));
  }

  it('takes a verifier of 43 to 128 unreserved characters (RFC 7636, section 4.1)', () => {
    const redeem = (code_verifier: string) =>
      problemOf(token({ ...app, grant_type: 'authorization_code', code: 'c', code_verifier }));
    for (const good of ['v'.repeat(43), 'v'.repeat(128), `${'v'.repeat(40)}-._~`]) assert.equal(redeem(good), 'ok');
    for (const bad of ['v'.repeat(42), 'v'.repeat(129), `${'v'.repeat(43)}+`, `${'v'.repeat(43)}\n`, 'é'.repeat(43)]) {
      assert.match(redeem(bad), /^invalid_request: code_verifier/);
    }
  });

  it('takes a scope of words, and a resource that is an absolute URI without a fragment', () => {
    const ask = (fields: Record<string, string>) =>
      problemOf(token({ grant_type: 'client_credentials', ...fields }, { authorization }));
    for (const scope of ['a', 'a b', 'a:b/c', 'x'.repeat(1024)]) assert.equal(ask({ scope }), 'ok');
    for (const scope of [' a', 'a  b', 'a"b', 'a\\b', 'a\tb', '虎', 'x'.repeat(1025)]) {
      assert.equal(ask({ scope }), 'invalid_scope: scope is malformed');
    }
    const longest = `https://a/${'x'.repeat(1014)}`;
    for (const resource of ['https://api.example.com', 'urn:x', longest]) assert.equal(ask({ resource }), 'ok');
    for (const resource of ['api', '/api', 'https://a#b', 'https://a b', 'https:', `${longest}x`]) {
      assert.match(ask({ resource }), /^invalid_target/);
    }
  });

  it('looks at an idempotency key of a refresh only', () => {
    const headers = { 'idempotency-key': 'k'.repeat(256) };
    assert.match(problemOf(token({ ...app, grant_type: 'refresh_token', refresh_token: 'r' }, headers)), /idempotency/);
    assert.equal(problemOf(token({ ...app, grant_type: 'authorization_code', code: 'c' }, headers)), 'ok');
  });

  it('ignores what it does not know, and whatever stands in the query', () => {
    const request = samplePost(paths.token, { ...app, grant_type: 'refresh_token', refresh_token: 'r', foo: 'bar' });
    const parsed = parse({ ...request, query: 'client_secret=s&grant_type=password' }, sampleSpeech);
    assert.equal(commandOf(parsed).do, 'refresh');
  });
});

describe('introspection and revocation', () => {
  const at = (path: '/oauth2/introspect' | '/oauth2/revoke', fields: Fields, headers = {}) =>
    parse(samplePost(path, fields, headers), sampleSpeech);

  it('read a token and who asks; a hint is not looked at', () => {
    const fields = { token: 't', token_type_hint: 'anything' };
    const common = { ...named, client: secret, token: 't' };
    assert.deepEqual(commandOf(at('/oauth2/introspect', fields, { authorization })), {
      do: 'introspect',
      operation: 'introspect',
      ...common,
    });
    assert.deepEqual(commandOf(at('/oauth2/revoke', fields, { authorization })), {
      do: 'end',
      operation: 'revoke',
      ...common,
      mustBeAlive: false,
    });
  });

  it('need a token', () => {
    for (const path of ['/oauth2/introspect', '/oauth2/revoke'] as const) {
      const missing = 'invalid_request: parameter token is missing';
      assert.equal(problemOf(at(path, {}, { authorization })), missing);
      const inQuery = { ...samplePost(path, {}, { authorization }), query: 'token=t' };
      assert.equal(problemOf(parse(inQuery, sampleSpeech)), missing);
    }
  });

  it('let a client that only names itself revoke, and not introspect', () => {
    assert.equal(problemOf(at('/oauth2/revoke', { ...app, token: 't' })), 'ok');
    const problem = problemOf(at('/oauth2/introspect', { ...app, token: 't' }));
    assert.equal(problem, 'invalid_client: client authentication is missing');
  });
});
