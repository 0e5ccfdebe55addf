/** Authorization codes at the token endpoint: whose they are, how often they count, and for how long. */

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { codeFor, redeem, redirectApp } from '../harness/authorization.ts';
import { pkce, postForm } from '../harness/oauth.ts';
import { errorOf, openOAuth, partsOf, tokenOf } from '../harness/oauth-server.ts';

const server = await openOAuth();
after(() => server[Symbol.asyncDispose]());

const refused = '400 invalid_grant';
const web = await redirectApp(server, { type: 'web' });
const native = await redirectApp(server, { type: 'native' }, 'com.example.app:/callback');

describe('a code', () => {
  it('[7636-4.6-2] the verifier of the challenge redeems the code', async () => {
    for (const app of [web, native]) {
      const tokens = tokenOf(await redeem(server, app, await codeFor(server, app, { scope: 'read' })));
      const { sub, client_id, scope } = partsOf(tokens.access_token).claims;
      assert.deepEqual([sub, client_id, scope], [server.userId, app.id, 'read']);
      assert.equal((await server.refresh(app, tokens.refresh_token)).status, 200);
    }
  });

  it('[7636-4.6-3] another verifier is invalid_grant', async () => {
    const given = await codeFor(server, native);
    const other = { ...given, verifier: pkce().verifier };
    assert.equal(errorOf(await redeem(server, native, other)), refused);
  });

  it('[9700-2.1.1-5] a code is not redeemed without its verifier', async () => {
    for (const app of [web, native]) {
      const { code } = await codeFor(server, app);
      const fields = { grant_type: 'authorization_code', code, redirect_uri: app.redirectUri };
      assert.equal(errorOf(await server.token(app, fields)), refused);
    }
  });

  it('[7636-4.1-1] a verifier of 43 to 128 unreserved characters is taken, no other, though its hash fits', async () => {
    for (const [verifier, status] of [
      ['v'.repeat(42), 400],
      ['v'.repeat(43), 200],
      [`${'v'.repeat(124)}-._~`, 200],
      ['v'.repeat(129), 400],
      [`${'v'.repeat(43)}+`, 400],
      [`${'v'.repeat(43)} `, 400],
    ] as const) {
      const { challenge } = pkce(verifier);
      const { code } = await codeFor(server, native, { code_challenge: challenge });
      assert.equal((await redeem(server, native, { code, verifier })).status, status, verifier);
    }
  });

  it('[7636-4.4-2] a code tells nothing of its challenge', async () => {
    const { challenge } = pkce('v'.repeat(43));
    const codes = await Promise.all([1, 2].map(() => codeFor(server, native, { code_challenge: challenge })));
    const [one, other] = codes.map(({ code }) => code);
    assert.notEqual(one, other);
    for (const code of [one, other]) assert.match(code ?? '', /^[\w-]{43}$/);
  });

  it('[6749-4.1.3-3] a code is redeemed by its own client only', async () => {
    const other = await redirectApp(server, { type: 'web' });
    const given = await codeFor(server, native);
    for (const thief of [web, other]) assert.equal(errorOf(await redeem(server, thief, given)), refused);
    assert.equal((await redeem(server, native, given)).status, 200);
  });

  it('[6749-4.1.3-4] a code that was not issued here is invalid_grant', async () => {
    const { verifier } = pkce();
    for (const code of ['x', 'A'.repeat(43), 'x'.repeat(8000), '虎']) {
      assert.equal(errorOf(await redeem(server, native, { code, verifier })), refused);
    }
  });

  it('[6749-4.1.3-5] a redirect URI in a token request is the one of the authorization request', async () => {
    const app = await redirectApp(server, { type: 'native' }, 'http://127.0.0.1/callback');
    const redirect_uri = 'http://127.0.0.1:49152/callback';
    for (const [asked, status] of [
      [{ redirect_uri }, 200],
      [{}, 200],
      [{ redirect_uri: 'http://127.0.0.1:49153/callback' }, 400],
      [{ redirect_uri: app.redirectUri }, 400],
    ] as const) {
      const given = await codeFor(server, app, { redirect_uri });
      assert.equal((await redeem(server, app, given, asked)).status, status, JSON.stringify(asked));
    }
  });

  it('[6749-4.1.2-4] a code is redeemed once, however many ask at once', async () => {
    const given = await codeFor(server, native);
    const answers = await Promise.all(Array.from({ length: 32 }, () => redeem(server, native, given)));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    for (const answer of answers) if (answer.status !== 200) assert.equal(errorOf(answer), refused);
  });

  it('[6749-4.1.2-5] a code that comes back ends the session that came from it', async () => {
    const given = await codeFor(server, native);
    const first = tokenOf(await redeem(server, native, given));
    const next = tokenOf(await server.refresh(native, first.refresh_token));
    assert.equal(errorOf(await redeem(server, native, given)), refused);
    for (const token of [first.access_token, next.access_token, next.refresh_token]) {
      assert.deepEqual(await server.introspect(token), { active: false });
    }
    assert.equal(errorOf(await server.refresh(native, next.refresh_token)), refused);
  });

  it('ends nothing when somebody else brings it back', async () => {
    const given = await codeFor(server, native);
    const { access_token } = tokenOf(await redeem(server, native, given));
    assert.equal(errorOf(await redeem(server, web, given)), refused);
    assert.equal((await server.introspect(access_token)).active, true);
  });

  it('[6749-4.1.2-2] a code is over at the end of its lifetime', async () => {
    await using own = await openOAuth();
    const app = await redirectApp(own, { type: 'native' });
    for (const [afterMs, status] of [
      [59_999, 200],
      [60_000, 400],
      [60_001, 400],
    ] as const) {
      const given = await codeFor(own, app);
      own.emulator.clock.set(own.nowMs() + afterMs);
      assert.equal((await redeem(own, app, given)).status, status, String(afterMs));
    }
  });

  it('[6749-4.1.2-3] the lifetime of a code can be set to ten minutes, not beyond', async () => {
    await using own = await openOAuth({ config: { 'oauth.codeLifetimeSeconds': '600' } });
    const app = await redirectApp(own, { type: 'native' });
    const given = await codeFor(own, app);
    own.emulator.clock.set(own.nowMs() + 599_999);
    assert.equal((await redeem(own, app, given)).status, 200);
    await assert.rejects(openOAuth({ config: { 'oauth.codeLifetimeSeconds': '601' } }), /codeLifetimeSeconds/);
  });

  it('[8707-2.2-1] a code and a refresh token give access to their own resource only', async () => {
    const resource = 'https://files.example.com';
    for (const id of [resource, 'https://mail.example.com']) {
      await server.admin('POST', '/resources', { tenant: server.tenant, id, name: 'API' });
    }
    const given = await codeFor(server, native, { resource });
    const wrong = await redeem(server, native, given, { resource: 'https://mail.example.com' });
    assert.equal(errorOf(wrong), '400 invalid_target');
    const tokens = tokenOf(await redeem(server, native, given, { resource }));
    assert.equal(partsOf(tokens.access_token).claims.aud, resource);
    const refresh = (fields = {}) => server.refresh(native, tokens.refresh_token, fields);
    assert.equal(errorOf(await refresh({ resource: 'https://mail.example.com' })), '400 invalid_target');
    assert.equal(partsOf(tokenOf(await refresh()).access_token).claims.aud, resource);
  });

  it('[9700-2.2.2-1] a refresh gives a public client another refresh token, whatever is registered', async () => {
    const first = tokenOf(await redeem(server, native, await codeFor(server, native)));
    const second = tokenOf(await server.refresh(native, first.refresh_token));
    assert.notEqual(second.refresh_token, first.refresh_token);
    const still = { type: 'native', redirectUris: ['app:/cb'], rotation: { rotates: false } } as const;
    await assert.rejects(server.app(still), /the refresh tokens of a public client rotate/);
  });

  it('[6749-10.10-2] no code, secret or opaque token repeats or is shorter than 128 random bits', async () => {
    const id = 'https://opaque.example.com';
    const resource = { tenant: server.tenant, id, name: 'API', accessTokens: 'opaque' };
    await server.admin('POST', '/resources', resource);
    const made = { codes: new Set<string>(), secrets: new Set<string>(), tags: new Set<string>() };
    for (let round = 0; round < 4; round++) {
      made.codes.add((await codeFor(server, native)).code);
      made.secrets.add((await server.app({ type: 'service' })).secret ?? '');
      const { access_token } = await server.session(server.service, { resource: id });
      made.tags.add(access_token.split('.').at(-1) ?? '');
    }
    for (const texts of Object.values(made)) {
      assert.equal(texts.size, 4);
      // 43 characters of base64url hold 256 bits.
      for (const text of texts) assert.match(text, /^[\w-]{43}$/);
    }
  });

  it('is redeemed by a public client that names itself, and by nobody who does not', async () => {
    const given = await codeFor(server, native);
    const fields = { grant_type: 'authorization_code', code: given.code, code_verifier: given.verifier };
    assert.equal(errorOf(await postForm(server.at.token, fields)), '401 invalid_client');
    assert.equal((await postForm(server.at.token, { ...fields, client_id: native.id })).status, 200);
  });
});
