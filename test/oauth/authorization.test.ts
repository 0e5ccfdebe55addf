/** Authorization requests: what they may ask, and what goes to the redirect URI, or does not. */

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { answerTo, redirectApp, requestOf } from '../harness/authorization.ts';
import { createBrowser } from '../harness/browser.ts';
import { logIn } from '../harness/login.ts';
import { addressOf, type Fields, get, jsonOf, pkce } from '../harness/oauth.ts';
import { openOAuth } from '../harness/oauth-server.ts';

const server = await openOAuth();
after(() => server[Symbol.asyncDispose]());

const { authorization } = server.at;
const { user } = server.emulator.description.oauth;
const proof = pkce();
const native = await redirectApp(server, { type: 'native' }, 'com.example.app:/callback');
const web = await redirectApp(server, { type: 'web', scopes: ['read', 'write'] });

/** Who is logged in already: requests are answered at once. */
const signedIn = createBrowser({ nowMs: server.nowMs });
await answerTo(server, requestOf(native, proof), signedIn);

type Change = Readonly<Record<string, string | undefined>>;
const parametersFor = async (change: Change, app = native): Promise<Readonly<Record<string, string>>> =>
  (await answerTo(server, requestOf(app, proof, change), signedIn)).parameters;
const errorFor = async (change: Change, app = native): Promise<string | undefined> =>
  (await parametersFor(change, app)).error;
const caseOf = (error: string, change: object): string => `${error} for ${JSON.stringify(change)}`;
/** For requests that must not lead anywhere. */
async function pageFor(fields: Fields) {
  const visit = await signedIn.open(addressOf(authorization, fields));
  assert.equal(visit.kind, 'page', visit.kind === 'departure' ? visit.location : '');
  assert.equal(visit.trail.length, 1);
  assert.equal(visit.answer.headers.location, undefined);
  return visit.answer;
}

describe('an authorization request', () => {
  it('[6749-3.1-4] an authorization request comes by GET', async () => {
    const { code, state, iss } = await parametersFor({ state: 's' });
    assert.match(code ?? '', /^[\w-]{43}$/);
    assert.deepEqual([state, iss], ['s', server.at.issuer]);
  });

  it('[6749-3.1-5] a parameter without a value counts as left out of an authorization request', async () => {
    assert.ok((await parametersFor({ scope: '', resource: '', prompt: '', state: '' })).code);
    assert.equal(await errorFor({ response_type: '' }), 'invalid_request');
    assert.equal(await errorFor({ code_challenge: '' }), 'invalid_request');
  });

  it('[6749-3.1-6] unknown parameters of an authorization request are ignored', async () => {
    assert.ok((await parametersFor({ nonce: 'x', audience: 'y', 'a[b]': '1', ui_locales: 'zh' })).code);
  });

  it('[6749-3.1-7] a parameter given twice in an authorization request is refused', async () => {
    for (const name of ['scope', 'response_type', 'code_challenge', 'state', 'foo']) {
      const twice = [...Object.entries(requestOf(native, proof)), [name, 'a'] as const, [name, 'b'] as const];
      const { parameters } = await answerTo(server, twice, signedIn);
      assert.equal(parameters.error, 'invalid_request', name);
    }
    for (const name of ['client_id', 'redirect_uri']) {
      const twice = [...Object.entries(requestOf(native, proof)), [name, native.id] as const];
      assert.equal((await pageFor(twice)).status, 400, name);
    }
  });

  it('[6749-3.1.1-2] a missing response type is invalid_request, an unknown one unsupported_response_type', async () => {
    assert.equal(await errorFor({ response_type: undefined }), 'invalid_request');
    for (const response_type of ['foo', 'CODE', 'code foo', 'none']) {
      assert.equal(await errorFor({ response_type }), 'unsupported_response_type', response_type);
    }
  });

  it('[9700-2.1.2-1] no response type gives an access token', async () => {
    for (const response_type of ['token', 'id_token', 'id_token token', 'code token', 'code id_token']) {
      const answer = await parametersFor({ response_type });
      assert.deepEqual([answer.error, answer.access_token], ['unsupported_response_type', undefined], response_type);
    }
  });

  it('[6749-4.1.1-2] an authorization request without a client gets an error page', async () => {
    assert.equal((await pageFor({ response_type: 'code', redirect_uri: native.redirectUri })).status, 400);
  });

  it('[6749-4.1.2.1-1] an unknown client gets an error page and no redirect', async () => {
    const gone = await redirectApp(server, { type: 'native' });
    await server.admin('DELETE', `/clients/${gone.id}`);
    for (const app of [gone, { ...native, id: 'nobody' }, { ...native, id: server.service.id }]) {
      assert.equal((await pageFor(requestOf(app, proof))).status, 400);
    }
  });

  it('[6749-3.1.2.4-1] an unregistered redirect URI gets an error page and no redirect', async () => {
    for (const redirect_uri of ['https://evil.example/callback', 'javascript:alert(1)', '//evil.example', 'x']) {
      assert.equal((await pageFor(requestOf(native, proof, { redirect_uri }))).status, 400);
    }
  });

  it('[9700-2.1-1] a redirect URI is compared character by character', async () => {
    const app = await redirectApp(server, { type: 'web' }, 'https://app.example.com/call/back?x=1');
    assert.ok((await parametersFor({}, app)).code);
    for (const redirect_uri of [
      'https://app.example.com/call/back',
      'https://app.example.com/call/back?x=1&y=2',
      'https://app.example.com/call/back?x=1/',
      'https://app.example.com/call/./back?x=1',
      'https://app.example.com/call%2Fback?x=1',
      'https://APP.example.com/call/back?x=1',
      'https://app.example.com:443/call/back?x=1',
      'http://app.example.com/call/back?x=1',
      'https://app.example.com/call/back?x=1#',
      'https://user@app.example.com/call/back?x=1',
      'https://app.example.com.evil.example/call/back?x=1',
      ' https://app.example.com/call/back?x=1',
    ]) {
      assert.equal((await pageFor(requestOf(app, proof, { redirect_uri }))).status, 400, redirect_uri);
    }
  });

  it('[9700-4.1.3-2] a loopback redirect URI matches on any port, and differs in nothing else', async () => {
    const app = await redirectApp(server, { type: 'native' }, 'http://127.0.0.1/callback');
    for (const redirect_uri of ['http://127.0.0.1:49152/callback', 'http://127.0.0.1:1/callback']) {
      const answer = await answerTo(server, requestOf(app, proof, { redirect_uri }), signedIn);
      assert.equal(answer.redirectUri, redirect_uri);
      assert.ok(answer.parameters.code);
    }
    for (const redirect_uri of [
      'http://127.0.0.1:49152/other',
      'http://127.0.0.2:49152/callback',
      'http://localhost:49152/callback',
      'http://[::1]:49152/callback',
      'https://127.0.0.1:49152/callback',
      'http://127.0.0.1:49152@evil.example/callback',
      'http://127.0.0.1.evil.example/callback',
    ]) {
      assert.equal((await pageFor(requestOf(app, proof, { redirect_uri }))).status, 400, redirect_uri);
    }
  });

  it('[6749-3.1.2.3-3] a redirect URI may be left out only where one alone is registered', async () => {
    const answer = await answerTo(server, requestOf(native, proof, { redirect_uri: undefined }), signedIn);
    assert.equal(answer.redirectUri, native.redirectUri);
    const redirectUris = ['https://app.example.com/one', 'https://app.example.com/two'];
    const two = { ...(await server.app({ type: 'web', redirectUris })), redirectUri: redirectUris[0] ?? '' };
    assert.equal((await pageFor(requestOf(two, proof, { redirect_uri: undefined }))).status, 400);
  });

  it('[6749-3.1.2-2] the query of a redirect URI is kept', async () => {
    const app = await redirectApp(server, { type: 'web' }, 'https://app.example.com/callback?tenant=%2F1&x=');
    const visit = await signedIn.open(addressOf(authorization, requestOf(app, proof)));
    assert.equal(visit.kind, 'departure');
    assert.ok(visit.kind === 'departure' && visit.location.startsWith(`${app.redirectUri}&code=`));
  });

  it('[9700-2.6-7] the authorization endpoint allows no other origin', async () => {
    const origin = { origin: 'https://spa.example' };
    const answers = [
      await get(addressOf(authorization, requestOf(native, proof)), origin),
      await get(authorization, origin),
    ];
    for (const { headers } of answers) {
      assert.deepEqual(
        Object.keys(headers).filter((name) => name.startsWith('access-control-')),
        [],
      );
    }
    const preflight = await fetch(authorization, {
      method: 'OPTIONS',
      headers: { ...origin, 'access-control-request-method': 'GET' },
    });
    assert.equal(preflight.headers.get('access-control-allow-origin'), null);
    assert.ok(preflight.status >= 400);
  });
});

describe('PKCE', () => {
  const without = { code_challenge: undefined, code_challenge_method: undefined };

  it('[9700-2.1.1-1] a public client gets no code without a code challenge', async () => {
    assert.equal(await errorFor(without), 'invalid_request');
  });

  it('[9700-2.1.1-2] a confidential client gets no code without a code challenge', async () => {
    assert.equal(await errorFor(without, web), 'invalid_request');
  });

  it('[7636-4.4.1-2] a missing code challenge is invalid_request, and the answer says so', async () => {
    const { error, error_description } = await parametersFor(without);
    assert.equal(error, 'invalid_request');
    assert.match(error_description ?? '', /code_challenge/);
  });

  it('[9700-2.1.1-3] S256 is the only challenge method, and no other one is the default', async () => {
    assert.equal(await errorFor({ code_challenge_method: undefined }), 'invalid_request');
    assert.equal(await errorFor({ code_challenge_method: 'plain' }), 'invalid_request');
    assert.equal(await errorFor({ code_challenge_method: 'plain', code_challenge: proof.verifier }), 'invalid_request');
    assert.ok((await parametersFor({})).code);
  });

  it('[7636-4.4.1-4] an unknown challenge method is invalid_request, and the answer says so', async () => {
    const { error, error_description } = await parametersFor({ code_challenge_method: 'S512' });
    assert.equal(error, 'invalid_request');
    assert.match(error_description ?? '', /code_challenge_method must be S256/);
  });

  it('[7636-4.3-1] a code challenge that is no SHA-256 in base64url is refused', async () => {
    const { challenge } = proof;
    for (const code_challenge of [
      'x',
      challenge.slice(1),
      `${challenge}A`,
      `${challenge}=`,
      `+${challenge.slice(1)}`,
    ]) {
      assert.equal(await errorFor({ code_challenge }), 'invalid_request', code_challenge);
    }
  });
});

describe('the answer to an authorization request', () => {
  it('[9207-2-1] every answer to a client names the issuer, a refusal too', async () => {
    for (const change of [{}, { response_type: 'token' }, { scope: 'a  b' }, { prompt: 'none login' }]) {
      assert.equal((await parametersFor(change)).iss, server.at.issuer);
    }
  });

  it('[9207-2.3-2] the metadata has the issuer of the answers, and says that answers have one', async () => {
    const metadata = jsonOf(await get(`${server.url}/.well-known/oauth-authorization-server`));
    assert.equal(metadata.authorization_response_iss_parameter_supported, true);
    assert.equal((await parametersFor({})).iss, metadata.issuer);
  });

  it('[6749-4.1.2-7] the state comes back as it was sent, with a refusal too', async () => {
    for (const state of ['s', 'a b+c%20&=#?/', '虎符', '"<script>\\', 'x'.repeat(2000), '0']) {
      assert.equal((await parametersFor({ state })).state, state);
      assert.equal((await parametersFor({ state, response_type: 'token' })).state, state);
    }
    assert.equal('state' in (await parametersFor({})), false);
  });

  for (const [change, error] of [
    [{ response_type: undefined }, 'invalid_request'],
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ response_mode: 'fragment' }, 'invalid_request'],
    [{ prompt: 'select_account' }, 'invalid_request'],
    [{ scope: 'a  b' }, 'invalid_scope'],
    [{ resource: 'x' }, 'invalid_target'],
    [{ resource: 'https://nobody.example' }, 'invalid_target'],
    [{ request: 'x' }, 'request_not_supported'],
    [{ request_uri: 'https://x' }, 'request_uri_not_supported'],
  ] as const) {
    it(`[6749-4.1.2.1-2] a refusal goes to the client with its code: ${caseOf(error, change)}`, async () => {
      assert.equal(await errorFor(change), error);
    });
  }

  it('has the scopes that the client may have, or says that it may not', async () => {
    assert.equal(await errorFor({ scope: 'read admin' }, web), 'invalid_scope');
    assert.ok((await parametersFor({ scope: 'read' }, web)).code);
  });

  it('[6749-4.1.2.1-4] error texts are printable ASCII without quote and backslash, whatever was sent', async () => {
    const hostile = '虎"\\\r\nset-cookie: x=y';
    for (const name of [
      'response_type',
      'scope',
      'resource',
      'prompt',
      'code_challenge',
      'code_challenge_method',
      hostile,
    ]) {
      const { error, error_description } = await parametersFor({ [name]: hostile, response_type: 'x' });
      for (const text of [error, error_description]) assert.match(text ?? '', /^[\x20\x21\x23-\x5b\x5d-\x7e]+$/);
      assert.ok(!error_description?.includes('set-cookie'));
    }
  });

  it('is for who was asked: a silent request gets login_required, and no page, with whatever else is wrong', async () => {
    const silent = { prompt: 'none', state: 's' };
    for (const [change, error] of [
      [silent, 'login_required'],
      [{ ...silent, response_type: 'token' }, 'unsupported_response_type'],
    ] as const) {
      const { parameters } = await answerTo(server, requestOf(native, proof, change));
      assert.deepEqual([parameters.error, parameters.state], [error, 's']);
    }
    assert.ok((await parametersFor(silent, web)).code);
    // Any program could take its scheme: nobody but the user can tell.
    assert.equal(await errorFor(silent), 'consent_required');
  });

  it('comes after a login that a hint has filled in', async () => {
    const browser = createBrowser({ nowMs: server.nowMs });
    const page = await browser.open(addressOf(authorization, requestOf(native, proof, { login_hint: user.userName })));
    assert.ok(page.kind === 'page' && page.answer.body.includes(`value="${user.userName}"`));
    const visit = await logIn(browser, page, user);
    assert.equal(visit.kind, 'departure');
  });
});
