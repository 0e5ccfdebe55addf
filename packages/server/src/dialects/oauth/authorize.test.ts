import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AuthorizationRequest } from '../../core/authorization-request.ts';
import type { Reason } from '../../core/reasons.ts';
import { createAuthorizationCodec } from './authorize.ts';
import { sampleGet, sampleIssuer, sampleSpeech } from './request.sample.ts';

const speech = { session: sampleSpeech, codeLifetimeSeconds: 60, clientTypes: undefined };
const codec = createAuthorizationCodec(speech, () => sampleIssuer);
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const sound = { client_id: 'app', response_type: 'code', code_challenge: challenge, code_challenge_method: 'S256' };

const parse = (query: string | Record<string, string>) =>
  codec.parse(sampleGet(typeof query === 'string' ? query : new URLSearchParams(query).toString()));
const askOf = (query: string | Record<string, string>): AuthorizationRequest => {
  const parsed = parse(query);
  assert.ok(parsed.ok);
  return parsed.ask;
};
const wordsOf = (reason: Reason | undefined): string =>
  reason?.code === 'request_malformed' ? `${reason.problem}: ${reason.message}` : String(reason?.code);
const problemOf = (query: string | Record<string, string>): string => wordsOf(askOf(query).problem);

describe('an authorization request', () => {
  it('is read as it stands', () => {
    const state = 'a&b=c 虎+%';
    const more = { redirect_uri: 'https://a/cb?x=1', scope: 'a b', resource: 'https://api', state };
    assert.deepEqual(askOf({ ...sound, ...more, prompt: 'login consent', login_hint: 'alice', foo: 'bar' }), {
      operation: 'authorize',
      clientId: 'app',
      tenant: undefined,
      redirectUri: 'https://a/cb?x=1',
      scope: 'a b',
      resource: 'https://api',
      state,
      codeChallenge: challenge,
      prompts: ['login', 'consent'],
      loginHint: 'alice',
      problem: undefined,
    });
  });

  it('needs a client, and one place for the answer: else nobody is told but the user', () => {
    for (const query of [
      '',
      'response_type=code',
      'client_id=&response_type=code',
      'client_id=a&client_id=a',
      'client_id=a&client_id=b',
      'client_id=a&redirect_uri=https://a&redirect_uri=https://b',
      'client_id=%00',
      `client_id=${'a'.repeat(257)}`,
      'client_id=a&state=%ff',
      'client_id=a&state=%',
    ]) {
      const parsed = parse(query);
      assert.equal(parsed.ok ? 'ok' : wordsOf(parsed.reason).split(':')[0], 'invalid_request', query);
    }
  });

  it('keeps its state beside a problem, except where there are two of it', () => {
    assert.equal(askOf({ client_id: 'app', response_type: 'token', state: 's' }).state, 's');
    const twice = askOf(`${new URLSearchParams(sound)}&state=a&state=b`);
    assert.equal(twice.state, undefined);
    assert.equal(wordsOf(twice.problem), 'invalid_request: a parameter is given twice');
  });

  it('asks for nothing beside a problem', () => {
    const { scope, resource, codeChallenge } = askOf({
      ...sound,
      scope: 'a',
      resource: 'urn:x',
      response_type: 'token',
    });
    assert.deepEqual([scope, resource, codeChallenge], [undefined, undefined, undefined]);
  });

  it('bothers nobody where it asks for that, beside a problem too', () => {
    const { prompts, problem } = askOf({ ...sound, prompt: 'none', response_type: 'token' });
    assert.deepEqual(prompts, ['none']);
    assert.match(wordsOf(problem), /^unsupported_response_type/);
  });

  for (const [name, change, problem] of [
    ['no response type', { response_type: '' }, 'invalid_request: parameter response_type is missing'],
    ['the implicit grant', { response_type: 'token' }, 'unsupported_response_type: response_type must be code'],
    ['a hybrid grant', { response_type: 'code token' }, 'unsupported_response_type: response_type must be code'],
    ['an answer in the fragment', { response_mode: 'fragment' }, 'invalid_request: response_mode must be query'],
    ['a request object', { request: 'a.b.c' }, 'request_not_supported: parameter request is not supported'],
    [
      'a request object by reference',
      { request_uri: 'https://a' },
      'request_uri_not_supported: parameter request_uri is not supported',
    ],
    ['a bad scope', { scope: 'a  b' }, 'invalid_scope: scope is malformed'],
    ['a relative resource', { resource: 'api' }, 'invalid_target: resource must be an absolute URI without a fragment'],
  ] as const) {
    it(`tells the client of ${name}`, () => assert.equal(problemOf({ ...sound, ...change }), problem));
  }

  it('takes one resource at a time', () => {
    const query = `${new URLSearchParams(sound)}&resource=https://a&resource=https://b`;
    assert.equal(problemOf(query), 'invalid_target: one resource at a time');
  });

  it('has its answer in the query', () => {
    assert.equal(askOf({ ...sound, response_mode: 'query' }).problem, undefined);
  });

  it('has a challenge of SHA-256 in base64url, with the method named (RFC 7636, section 4.3)', () => {
    const ask = (code_challenge: string, code_challenge_method: string) =>
      problemOf({ client_id: 'app', response_type: 'code', code_challenge, code_challenge_method });
    assert.equal(ask(challenge, 'S256'), 'undefined');
    assert.equal(ask('', ''), 'undefined');
    for (const method of ['', 'plain', 's256', 'S512']) {
      assert.equal(ask(challenge, method), 'invalid_request: code_challenge_method must be S256');
    }
    for (const bad of ['', challenge.slice(1), `${challenge}A`, `${challenge.slice(1)}=`, `${challenge.slice(1)}+`]) {
      assert.equal(ask(bad, 'S256'), 'invalid_request: code_challenge must be a SHA-256 in base64url');
    }
  });

  it('knows three prompts, of which none stands alone', () => {
    assert.deepEqual(askOf(sound).prompts, []);
    for (const prompt of ['none', 'login', 'consent', 'consent login', 'login login']) {
      assert.deepEqual(askOf({ ...sound, prompt }).prompts, [...new Set(prompt.split(' '))], prompt);
    }
    for (const prompt of ['none login', 'select_account', 'login select_account', ' ', 'login  consent', 'NONE']) {
      assert.match(problemOf({ ...sound, prompt }), /^invalid_request: prompt/, prompt);
    }
  });

  it('has a login hint as far as one is to be believed', () => {
    assert.equal(askOf({ ...sound, login_hint: 'a'.repeat(320) }).loginHint?.length, 320);
    assert.equal(askOf({ ...sound, login_hint: 'a'.repeat(321) }).loginHint, undefined);
  });
});

describe('the answer at the redirect URI', () => {
  it('names the issuer beside the code and the state (RFC 9207)', () => {
    assert.deepEqual(codec.redirect({ did: 'code', code: 'c', state: 's' }), [
      ['code', 'c'],
      ['state', 's'],
      ['iss', sampleIssuer],
    ]);
    assert.deepEqual(codec.redirect({ did: 'code', code: 'c', state: undefined }), [
      ['code', 'c'],
      ['iss', sampleIssuer],
    ]);
  });

  it('names the issuer beside a refusal too', () => {
    const reason: Reason = { code: 'consent_denied', clientId: 'app' };
    assert.deepEqual(codec.redirect({ did: 'refused', reason, state: 's' }), [
      ['error', 'access_denied'],
      ['error_description', 'the user did not allow it'],
      ['state', 's'],
      ['iss', sampleIssuer],
    ]);
  });
});
