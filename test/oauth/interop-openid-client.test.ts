/** `openid-client` 6 from npm, unchanged: discovery, every grant, both kinds of authentication, introspection, revocation. */

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import * as client from 'openid-client';
import { assertionKey } from '../harness/assertion.ts';
import { createBrowser } from '../harness/browser.ts';
import { authorize } from '../harness/login.ts';
import { type App, jwtBearer, openOAuth, partsOf } from '../harness/oauth-server.ts';

// The library signs by the clock of the machine.
const server = await openOAuth({ clock: undefined });
after(() => server[Symbol.asyncDispose]());

const key = assertionKey('ES256');
const privateKey = key.privateKey.toCryptoKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
const signer = await server.app({ type: 'service', authentication: 'private_key_jwt', key });

const configure = (app: App, authentication?: client.ClientAuth): Promise<client.Configuration> =>
  client.discovery(new URL(server.at.issuer), app.id, app.secret, authentication, {
    algorithm: 'oauth2',
    execute: [client.allowInsecureRequests],
  });

describe('openid-client', () => {
  it('finds everything by the issuer', async () => {
    const metadata = (await configure(server.service)).serverMetadata();
    assert.equal(metadata.issuer, server.at.issuer);
    assert.equal(metadata.supportsPKCE(), true);
    assert.equal(metadata.token_endpoint, server.at.token);
  });

  for (const [name, way] of [
    ['client_secret_basic', client.ClientSecretBasic],
    ['client_secret_post', client.ClientSecretPost],
  ] as const) {
    it(`gets a token of its own by ${name}`, async () => {
      const config = await configure(server.service, way(server.service.secret));
      const tokens = await client.clientCredentialsGrant(config, { scope: 'read' });
      assert.deepEqual([tokens.token_type, tokens.scope, tokens.expires_in], ['bearer', 'read', 600]);
      assert.equal(partsOf(tokens.access_token).claims.sub, server.service.id);
    });
  }

  for (const name of ['issuer', 'token endpoint'] as const) {
    it(`gets a token of its own by private_key_jwt, meant for the ${name}`, async () => {
      const audience = name === 'issuer' ? server.at.issuer : server.at.token;
      const authentication = client.PrivateKeyJwt(
        { key: privateKey, kid: key.id },
        { [client.modifyAssertion]: (_header, payload) => Object.assign(payload, { aud: audience }) },
      );
      const tokens = await client.clientCredentialsGrant(await configure(signer, authentication));
      assert.equal(partsOf(tokens.access_token).claims.client_id, signer.id);
    });
  }

  it('opens a session by an assertion, refreshes it, has it introspected and revokes it', async () => {
    const config = await configure(signer, client.PrivateKeyJwt({ key: privateKey, kid: key.id }));
    const assertion = server.assertion(signer, { sub: server.userId });
    const first = await client.genericGrantRequest(config, jwtBearer, { assertion, scope: 'read write' });
    const second = await client.refreshTokenGrant(config, first.refresh_token ?? '', { scope: 'read' });
    assert.notEqual(second.refresh_token, first.refresh_token);
    assert.equal(second.scope, 'read');

    const checker = await configure(server.resourceServer);
    const introspect = (token: string) => client.tokenIntrospection(checker, token);
    const { active, sub, scope } = await introspect(second.access_token);
    assert.deepEqual([active, sub, scope], [true, server.userId, 'read']);

    await client.tokenRevocation(config, second.refresh_token ?? '');
    assert.deepEqual(await introspect(second.access_token), { active: false });
    await assert.rejects(client.refreshTokenGrant(config, second.refresh_token ?? ''), { error: 'invalid_grant' });
  });

  it('logs a user in with a public client, by a code and PKCE', async () => {
    const { publicClient, user } = server.emulator.description.oauth;
    const config = await configure({ id: publicClient.clientId, secret: undefined, key: undefined }, client.None());
    const verifier = client.randomPKCECodeVerifier();
    const state = client.randomState();
    const redirectUri = publicClient.redirectUri.replace('127.0.0.1', '127.0.0.1:49152');
    const address = client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: 'read',
      state,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    const { parameters } = await authorize(createBrowser(), address.href, user);
    const callback = new URL(`${redirectUri}?${new URLSearchParams(parameters)}`);
    // Checks state and, because the metadata promise it, `iss`.
    const tokens = await client.authorizationCodeGrant(config, callback, {
      pkceCodeVerifier: verifier,
      expectedState: state,
    });
    assert.equal(partsOf(tokens.access_token).claims.sub, server.userId);
    const next = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
    assert.notEqual(next.refresh_token, tokens.refresh_token);
  });

  it('is told what went wrong in the words of the standard', async () => {
    const wrong = await configure({ ...server.service, secret: 'wrong' });
    const challenged = { code: 'OAUTH_WWW_AUTHENTICATE_CHALLENGE', status: 401 };
    await assert.rejects(client.clientCredentialsGrant(wrong), challenged);
    const config = await configure(server.service);
    await assert.rejects(client.clientCredentialsGrant(config, { scope: 'a"b' }), { error: 'invalid_scope' });
    await assert.rejects(client.refreshTokenGrant(config, 'x'), { error: 'invalid_grant', status: 400 });
  });
});
