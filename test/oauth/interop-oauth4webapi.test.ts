/** `oauth4webapi` 3 from npm, unchanged. It checks every answer to the letter, access tokens as RFC 9068 has it among them. */

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import * as oauth from 'oauth4webapi';
import { assertionKey } from '../harness/assertion.ts';
import { createBrowser } from '../harness/browser.ts';
import { authorize } from '../harness/login.ts';
import { jwtBearer, openOAuth } from '../harness/oauth-server.ts';

// The library signs by the clock of the machine.
const server = await openOAuth({ clock: undefined });
after(() => server[Symbol.asyncDispose]());

const plain = { [oauth.allowInsecureRequests]: true };
const issuer = new URL(server.at.issuer);
const discovered = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...plain });
const as = await oauth.processDiscoveryResponse(issuer, discovered);

const key = assertionKey('ES256');
const privateKey = key.privateKey.toCryptoKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
const signer = await server.app({ type: 'service', authentication: 'private_key_jwt', key });
const { id, secret = '' } = server.service;

async function clientCredentials(
  clientId: string,
  authentication: oauth.ClientAuth,
  parameters: Record<string, string> = {},
): Promise<oauth.TokenEndpointResponse> {
  const client = { client_id: clientId };
  const response = await oauth.clientCredentialsGrantRequest(as, client, authentication, parameters, plain);
  return oauth.processClientCredentialsResponse(as, client, response);
}

/** What a resource server does with a token that came with a request. */
const validate = (token: string, audience: string): Promise<oauth.JWTAccessTokenClaims> => {
  const request = new Request('https://api.example.com/', { headers: { authorization: `Bearer ${token}` } });
  return oauth.validateJwtAccessToken(as, request, audience, plain);
};

describe('oauth4webapi', () => {
  it('gets a token of its own by every way of authentication', async () => {
    for (const [clientId, authentication] of [
      [id, oauth.ClientSecretBasic(secret)],
      [id, oauth.ClientSecretPost(secret)],
      [signer.id, oauth.PrivateKeyJwt({ key: privateKey, kid: key.id })],
    ] as const) {
      const { access_token, expires_in } = await clientCredentials(clientId, authentication);
      assert.equal(expires_in, 600);
      assert.equal((await validate(access_token, server.at.issuer)).client_id, clientId);
    }
  });

  it('validates an access token for its resource, and for no other', async () => {
    const resource = 'https://api.example.com';
    await server.admin('POST', '/resources', { tenant: server.tenant, id: resource, name: 'API' });
    const { access_token } = await clientCredentials(id, oauth.ClientSecretBasic(secret), { resource, scope: 'read' });
    const { aud, scope, iss } = await validate(access_token, resource);
    assert.deepEqual([aud, scope, iss], [resource, 'read', as.issuer]);
    await assert.rejects(validate(access_token, 'https://other.example.com'));
    await assert.rejects(validate(`${access_token.slice(0, -4)}AAAA`, resource));
  });

  it('opens a session by an assertion, refreshes it, has it introspected and revokes it', async () => {
    const client = { client_id: id };
    const authentication = oauth.ClientSecretBasic(secret);
    const assertion = server.assertion(server.service, { sub: server.userId });
    const opened = await oauth.genericTokenEndpointRequest(as, client, authentication, jwtBearer, { assertion }, plain);
    const first = await oauth.processGenericTokenEndpointResponse(as, client, opened);
    const refresh = async (token = ''): Promise<oauth.TokenEndpointResponse> => {
      const response = await oauth.refreshTokenGrantRequest(as, client, authentication, token, plain);
      return oauth.processRefreshTokenResponse(as, client, response);
    };
    const second = await refresh(first.refresh_token);
    assert.notEqual(second.refresh_token, first.refresh_token);

    const checker = { client_id: server.resourceServer.id };
    const checks = oauth.ClientSecretBasic(server.resourceServer.secret ?? '');
    const introspect = async (token: string): Promise<oauth.IntrospectionResponse> => {
      const response = await oauth.introspectionRequest(as, checker, checks, token, plain);
      return oauth.processIntrospectionResponse(as, checker, response);
    };
    assert.equal((await introspect(second.access_token)).sub, server.userId);

    const revoked = await oauth.revocationRequest(as, client, authentication, second.refresh_token ?? '', plain);
    await oauth.processRevocationResponse(revoked);
    assert.equal((await introspect(second.access_token)).active, false);
    await assert.rejects(refresh(second.refresh_token), { error: 'invalid_grant' });
  });

  it('logs a user in with a confidential client, by a code and PKCE', async () => {
    const { confidentialClient, user } = server.emulator.description.oauth;
    const { clientId, clientSecret, redirectUri } = confidentialClient;
    const client = { client_id: clientId };
    const verifier = oauth.generateRandomCodeVerifier();
    const state = oauth.generateRandomState();
    const query = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      state,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    const answer = await authorize(createBrowser(), `${as.authorization_endpoint}?${query}`, user);
    const callback = oauth.validateAuthResponse(as, client, new URLSearchParams(answer.parameters), state);
    const authentication = oauth.ClientSecretBasic(clientSecret);
    const redeem = () =>
      oauth.authorizationCodeGrantRequest(as, client, authentication, callback, redirectUri, verifier, plain);
    const tokens = await oauth.processAuthorizationCodeResponse(as, client, await redeem());
    assert.equal((await validate(tokens.access_token, as.issuer)).sub, server.userId);
    await assert.rejects(oauth.processAuthorizationCodeResponse(as, client, await redeem()), {
      error: 'invalid_grant',
    });
  });

  it('reads a refusal of its credentials from HTTP', async () => {
    await assert.rejects(clientCredentials(id, oauth.ClientSecretBasic('wrong')), oauth.WWWAuthenticateChallengeError);
  });
});
