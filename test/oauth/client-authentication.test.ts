/** How clients prove who they are, at every endpoint that asks. */

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { assertionClaims, assertionKey, makeAssertionKey, signAssertion } from '../harness/assertion.ts';
import type { Answer } from '../harness/exchange.ts';
import { basic, postForm } from '../harness/oauth.ts';
import { type App, clientAssertionType, errorOf, jwtBearer, openOAuth } from '../harness/oauth-server.ts';

const server = await openOAuth();
after(() => server[Symbol.asyncDispose]());

const { at } = server;
const clientCredentials = { grant_type: 'client_credentials' };
const key = assertionKey('ES256');
const signer = await server.app({ type: 'service', authentication: 'private_key_jwt', key });
const checker = await server.app({
  type: 'resource_server',
  authentication: 'private_key_jwt',
  key,
  permissions: ['introspect'],
});

const signed = (assertion: string): Record<string, string> => ({
  client_assertion: assertion,
  client_assertion_type: clientAssertionType,
});
/** Asks for a token of the client itself with what is sent in the body alone. */
const ask = (fields: Record<string, string>, headers = {}): Promise<Answer> =>
  postForm(at.token, { ...clientCredentials, ...fields }, headers);

describe('a secret', () => {
  const { id, secret = '' } = server.service;

  it('[6749-2.3.1-1] a client secret is taken by HTTP Basic, form-encoded', async () => {
    assert.equal((await ask({}, basic(id, secret))).status, 200);
    const everything = [...`${id}:${secret}`].map((character) => {
      return character === ':' ? ':' : `%${character.charCodeAt(0).toString(16)}`;
    });
    const authorization = `Basic ${Buffer.from(everything.join('')).toString('base64')}`;
    assert.equal((await ask({}, { authorization })).status, 200);
  });

  it('[6749-2.3.1-2] a client secret is taken in the body', async () => {
    assert.equal((await ask({ client_id: id, client_secret: secret })).status, 200);
    assert.equal(errorOf(await ask({ client_id: id, client_secret: `${secret}x` })), '401 invalid_client');
  });

  it('[6749-2.3.1-4] a secret in the query proves nobody', async () => {
    const query = new URLSearchParams({ client_id: id, client_secret: secret });
    assert.equal(errorOf(await postForm(`${at.token}?${query}`, clientCredentials)), '401 invalid_client');
  });

  it('[6749-2.3.1-6] a client secret is made by the server from 256 random bits', async () => {
    const secrets = await Promise.all([1, 2, 3].map(async () => (await server.app({ type: 'service' })).secret ?? ''));
    assert.equal(new Set(secrets).size, 3);
    for (const made of secrets) assert.match(made, /^[\w-]{43}$/);
  });

  it('[6749-2.3-2] two ways of client authentication in one request are refused', async () => {
    const header = basic(id, secret);
    for (const [fields, headers] of [
      [{ client_id: id, client_secret: secret }, header],
      [signed(server.assertion(signer)), header],
      [{ client_id: signer.id, client_secret: 'x', ...signed(server.assertion(signer)) }, {}],
    ] as const) {
      assert.equal(errorOf(await ask(fields as Record<string, string>, headers)), '400 invalid_request');
    }
  });

  it('[6749-5.2-3] a failed Authorization header is 401 with WWW-Authenticate', async () => {
    for (const authorization of [
      basic(id, 'wrong').authorization,
      basic('nobody', secret).authorization,
      'Basic %%%',
      'Bearer abc',
    ]) {
      for (const endpoint of [at.token, at.introspection, at.revocation]) {
        const answer = await postForm(endpoint, { ...clientCredentials, token: 't' }, { authorization });
        assert.equal(errorOf(answer), '401 invalid_client');
        assert.equal(answer.headers['www-authenticate'], 'Basic realm="hufu", charset="UTF-8"');
      }
    }
  });

  it('is another one from the moment on at which the operator renews it', async () => {
    const app = await server.app({ type: 'service' });
    const { secret: renewed } = await server.admin('POST', `/clients/${app.id}/secret`);
    assert.equal(errorOf(await server.token(app, clientCredentials)), '401 invalid_client');
    assert.equal((await server.token({ ...app, secret: String(renewed) }, clientCredentials)).status, 200);
  });
});

describe('a client', () => {
  it('[9700-2.5-1] a confidential client gets nothing without its authentication', async () => {
    const web = await server.app({ type: 'web', redirectUris: ['https://app.example.com/callback'] });
    const session = await server.session();
    for (const { id } of [server.service, signer, web]) {
      for (const fields of [
        { grant_type: 'refresh_token', refresh_token: session.refresh_token },
        { grant_type: 'authorization_code', code: 'x' },
        { grant_type: jwtBearer, assertion: server.assertion(signer, { sub: server.userId }) },
        clientCredentials,
      ]) {
        assert.equal(errorOf(await postForm(at.token, { ...fields, client_id: id })), '401 invalid_client');
        assert.equal(errorOf(await postForm(at.token, fields)), '401 invalid_client');
      }
      const revoked = await postForm(at.revocation, { token: session.refresh_token, client_id: id });
      assert.equal(errorOf(revoked), '401 invalid_client');
    }
    assert.equal((await server.refresh(server.service, session.refresh_token)).status, 200);
  });

  it('[6749-10.1-1] a public client has no secret, and none is taken from it', async () => {
    const native = await server.app({ type: 'native', redirectUris: ['app:/callback'] });
    assert.equal(native.secret, undefined);
    const fields = { grant_type: 'refresh_token', refresh_token: 'x' };
    for (const headers of [basic(native.id, 'x'), basic(native.id, native.id)]) {
      assert.equal(errorOf(await postForm(at.token, fields, headers)), '401 invalid_client');
    }
    const named = { ...fields, client_id: native.id };
    assert.equal(errorOf(await postForm(at.token, { ...named, client_secret: 'x' })), '401 invalid_client');
    assert.equal(errorOf(await postForm(at.token, named)), '400 invalid_grant');
  });

  it('[6749-3.2.1-2] a public client names itself in every token request', async () => {
    for (const fields of [
      { grant_type: 'authorization_code', code: 'x' },
      { grant_type: 'refresh_token', refresh_token: 'x' },
    ]) {
      assert.equal(errorOf(await postForm(at.token, fields)), '401 invalid_client');
    }
  });
});

describe('a client assertion', () => {
  const good = (app: App = signer): string => server.assertion(app);
  const failed = '401 invalid_client';

  it('[9700-2.5-2] a client proves itself with a signed assertion at every endpoint', async () => {
    assert.equal((await ask(signed(good()))).status, 200);
    const token = (await server.session()).access_token;
    assert.equal((await postForm(at.introspection, { token, ...signed(good(checker)) })).status, 200);
    assert.equal((await postForm(at.revocation, { token, ...signed(good(checker)) })).status, 200);
  });

  it('[7523-2.2-1] a client assertion is one JWT under its own type', async () => {
    const { client_assertion = '' } = signed(good());
    assert.equal(errorOf(await ask({ client_assertion })), '400 invalid_request');
    assert.equal(errorOf(await ask({ client_assertion, client_assertion_type: jwtBearer })), failed);
    assert.equal(errorOf(await ask(signed(`${good()} ${good()}`))), failed);
    assert.equal((await ask({ client_assertion, client_assertion_type: clientAssertionType })).status, 200);
  });

  it('[7523-3-3] a client assertion names its client as issuer and subject', async () => {
    for (const change of [{ sub: server.userId }, { sub: undefined }, { sub: server.service.id }, { iss: 'nobody' }]) {
      assert.equal(errorOf(await ask(signed(server.assertion(signer, change)))), failed, JSON.stringify(change));
    }
  });

  it('[7521-4.2-1] a client assertion beside another client_id is refused', async () => {
    assert.equal(errorOf(await ask({ ...signed(good()), client_id: server.service.id })), failed);
    assert.equal((await ask({ ...signed(good()), client_id: signer.id })).status, 200);
  });

  it('[7523-3.2-1] a bad client assertion is invalid_client, and says no more', async () => {
    const now = Math.floor(server.nowMs() / 1000);
    const used = good();
    assert.equal((await ask(signed(used))).status, 200);
    const bodies = new Set<string>();
    for (const assertion of [
      used,
      'x',
      server.assertion(signer, { exp: now - 3600 }),
      server.assertion(signer, { aud: 'https://other.example' }),
      server.assertion(signer, { jti: undefined }),
      signAssertion(
        makeAssertionKey('ES256'),
        assertionClaims({ issuer: signer.id, audience: at.issuer }, server.nowMs()),
      ),
      server.assertion({ ...signer, id: 'nobody' }),
      server.assertion({ ...server.service, key }),
    ]) {
      const answer = await ask(signed(assertion));
      assert.equal(errorOf(answer), failed);
      bodies.add(answer.body);
    }
    assert.equal(bodies.size, 1);
  });

  it('proves one request only, of any number at once', async () => {
    const assertion = good();
    const answers = await Promise.all(Array.from({ length: 16 }, () => ask(signed(assertion))));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  });
});
