/** Assertions as a grant (RFC 7523, section 2.1): who may ask for whose session. */

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import {
  type AssertionClaims,
  assertionClaims,
  assertionKey,
  makeAssertionKey,
  signAssertion,
} from '../harness/assertion.ts';
import type { Answer } from '../harness/exchange.ts';
import { basic, postForm } from '../harness/oauth.ts';
import { type App, errorOf, jwtBearer, openOAuth, partsOf, tokenOf } from '../harness/oauth-server.ts';

const server = await openOAuth();
after(() => server[Symbol.asyncDispose]());

const { service, userId, at } = server;
const nowSeconds = Math.floor(server.nowMs() / 1000);
const forUser = { sub: userId };
const refused = '400 invalid_grant';

const present = (assertion: string, app: App = service): Promise<Answer> =>
  server.token(app, { grant_type: jwtBearer, assertion });
const ask = (change: AssertionClaims = {}, header?: Record<string, unknown>): Promise<Answer> =>
  present(server.assertion(service, { ...forUser, ...change }, header));

describe('an assertion for a user', () => {
  it('[7523-2.1-1] an assertion for a user opens a session', async () => {
    const { access_token, refresh_token } = tokenOf(await ask());
    const { sub, client_id } = partsOf(access_token).claims;
    assert.deepEqual([sub, client_id], [userId, service.id]);
    assert.equal((await server.refresh(service, refresh_token)).status, 200);
  });

  it('[7523-3-1] an assertion of another issuer is refused, and one of none', async () => {
    for (const iss of ['nobody', '', undefined, 7, [service.id], server.resourceServer.id]) {
      assert.equal(errorOf(await ask({ iss })), refused, JSON.stringify(iss));
    }
  });

  it('[7523-3-2] an assertion without a subject is refused, and one for a user who is not there', async () => {
    for (const sub of [undefined, '', 7, 'nobody', service.id]) {
      assert.equal(errorOf(await ask({ sub })), refused, JSON.stringify(sub));
    }
  });

  it('[7523-3-4] an assertion for another audience is refused', async () => {
    for (const aud of [undefined, '', 'https://other.example', `${at.issuer}/`, at.issuer.toUpperCase(), [], [7]]) {
      assert.equal(errorOf(await ask({ aud })), refused, JSON.stringify(aud));
    }
    for (const aud of [at.issuer, at.token, ['https://other.example', at.token]]) {
      assert.equal((await ask({ aud })).status, 200, JSON.stringify(aud));
    }
  });

  it('[7523-3-5] an assertion is over at its end and the leeway behind it', async () => {
    for (const [exp, status] of [
      [nowSeconds - 61, 400],
      [nowSeconds - 60, 400],
      [nowSeconds - 59, 200],
    ] as const) {
      assert.equal((await ask({ exp })).status, status, String(exp - nowSeconds));
    }
    for (const exp of [undefined, '1', null]) assert.equal(errorOf(await ask({ exp })), refused);
  });

  it('[7523-3-6] an assertion is not good before its nbf and the leeway ahead of it', async () => {
    for (const claim of ['nbf', 'iat'] as const) {
      for (const [ahead, status] of [
        [59, 200],
        [60, 200],
        [61, 400],
      ] as const) {
        assert.equal((await ask({ [claim]: nowSeconds + ahead })).status, status, `${claim} ${ahead}`);
      }
    }
  });

  it('[7523-3-7] an assertion that lives too long is refused', async () => {
    for (const [ahead, status] of [
      [3659, 200],
      [3660, 200],
      [3661, 400],
    ] as const) {
      assert.equal((await ask({ exp: nowSeconds + ahead })).status, status, String(ahead));
    }
  });

  it('[7523-3-8] an assertion is taken once, by any number of callers', async () => {
    const assertion = server.assertion(service, forUser);
    const answers = await Promise.all(Array.from({ length: 16 }, () => present(assertion)));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    for (const answer of answers) if (answer.status !== 200) assert.equal(errorOf(answer), refused);
    assert.equal(errorOf(await present(assertion)), refused);
    const jti = 'the-same-id';
    assert.equal((await ask({ jti })).status, 200);
    assert.equal(errorOf(await ask({ jti, exp: nowSeconds + 200 })), refused);
    assert.equal(errorOf(await ask({ jti: undefined })), refused);
  });

  it('[7523-3-9] an assertion that is unsigned, forged or signed for another algorithm is refused', async () => {
    const claims = assertionClaims({ issuer: service.id, subject: userId, audience: at.issuer }, server.nowMs());
    const unsigned = `${encode({ alg: 'none' })}.${encode(claims)}.`;
    const good = server.assertion(service, forUser);
    const [header = '', , signature = ''] = good.split('.');
    for (const assertion of [
      unsigned,
      `${unsigned}x`,
      signAssertion(makeAssertionKey('ES256'), claims),
      signAssertion(assertionKey('RS256'), claims),
      `${header}.${encode({ ...claims, sub: 'admin' })}.${signature}`,
      server.assertion(service, forUser, { alg: 'RS256' }),
      server.assertion(service, forUser, { alg: 'HS256' }),
      server.assertion(service, forUser, { alg: 'ES384' }),
      server.assertion(service, forUser, { alg: 'none' }),
      good.slice(0, -2),
    ]) {
      assert.equal(errorOf(await present(assertion)), refused);
    }
  });

  it('[7523-3-10] what is no JWT to the letter is refused', async () => {
    const good = server.assertion(service, forUser);
    const [header = '', claims = '', signature = ''] = good.split('.');
    for (const assertion of [
      'x',
      '..',
      `${good}.`,
      `${good}=`,
      ` ${good}`,
      `${header}.${claims}`,
      `${header}.${Buffer.from('[]').toString('base64url')}.${signature}`,
      server.assertion(service, forUser, { crit: ['exp'] }),
      server.assertion(service, { ...forUser, jti: 'x'.repeat(257) }),
    ]) {
      assert.equal(errorOf(await present(assertion)), refused);
    }
    assert.equal((await present(good)).status, 200);
  });

  it('[7523-3.1-1] client authentication beside an assertion is checked', async () => {
    const assertion = server.assertion(service, forUser);
    const fields = { grant_type: jwtBearer, assertion };
    assert.equal(errorOf(await postForm(at.token, fields, basic(service.id, 'wrong'))), '401 invalid_client');
    const other = await server.app({ type: 'service', key: assertionKey('ES256') });
    assert.equal(errorOf(await present(assertion, other)), refused);
    assert.equal((await present(assertion)).status, 200);
  });

  it('[7523-5-1] assertions signed with RS256 and with ES256 are taken', async () => {
    const app = await server.app({ type: 'service', key: assertionKey('RS256') });
    assert.equal((await present(server.assertion(app, forUser), app)).status, 200);
    assert.equal((await ask()).status, 200);
  });

  it('is not used up by a mistake beside it', async () => {
    const assertion = server.assertion(service, forUser);
    const wrong = { grant_type: jwtBearer, assertion, resource: 'https://nobody.example' };
    assert.equal(errorOf(await server.token(service, wrong)), '400 invalid_target');
    assert.equal((await present(assertion)).status, 200);
  });

  it('gives nothing to a disabled user, who cannot be told from one who is not there', async () => {
    const user = `/users/${server.tenant}/${userId}`;
    await server.admin('PATCH', user, { status: 'disabled' });
    const disabled = await ask();
    await server.admin('PATCH', user, { status: 'enabled' });
    assert.deepEqual([disabled.status, disabled.body], [400, (await ask({ sub: 'nobody' })).body]);
    assert.equal((await ask()).status, 200);
  });
});

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
