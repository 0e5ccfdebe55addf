/** `simple-oauth2` 5 from npm, unchanged. It knows no metadata: an operator gives it the paths. */

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { AuthorizationCode, ClientCredentials } from 'simple-oauth2';
import { createBrowser } from '../harness/browser.ts';
import { authorize } from '../harness/login.ts';
import { pkce } from '../harness/oauth.ts';
import { openOAuth, partsOf } from '../harness/oauth-server.ts';

const server = await openOAuth({ clock: undefined });
after(() => server[Symbol.asyncDispose]());

const auth = {
  tokenHost: server.url,
  tokenPath: '/oauth2/token',
  revokePath: '/oauth2/revoke',
};
const client = { id: server.service.id, secret: server.service.secret ?? '' };
const isAlive = async (token: string): Promise<boolean> => (await server.introspect(token)).active === true;

describe('simple-oauth2', () => {
  for (const authorizationMethod of ['header', 'body'] as const) {
    it(`gets a token of its own, with its secret in the ${authorizationMethod}, and revokes it`, async () => {
      const app = new ClientCredentials({ client, auth, options: { authorizationMethod } });
      const token = await app.getToken({ scope: ['read', 'write'] });
      assert.deepEqual([token.token.scope, token.expired(), token.expired(601)], ['read write', false, true]);
      assert.equal(await isAlive(token.token.access_token), true);
      await token.revoke('access_token');
      assert.equal(await isAlive(token.token.access_token), false);
    });

    it(`refreshes a session, with its secret in the ${authorizationMethod}, and ends it`, async () => {
      const app = new ClientCredentials({ client, auth, options: { authorizationMethod } });
      const first = app.createToken(await server.session());
      const second = await first.refresh();
      assert.notEqual(second.token.refresh_token, first.token.refresh_token);
      await second.revoke('refresh_token');
      assert.equal(await isAlive(second.token.access_token), false);
      await assert.rejects(second.refresh(), /400 Bad Request/);
    });
  }

  it('logs a user in by a code, with PKCE as further parameters', async () => {
    const { confidentialClient, user } = server.emulator.description.oauth;
    const { clientId, clientSecret, redirectUri } = confidentialClient;
    const app = new AuthorizationCode({
      client: { id: clientId, secret: clientSecret },
      auth: { ...auth, authorizePath: '/oauth2/authorize' },
    });
    const { verifier, challenge } = pkce();
    const parameters = { redirect_uri: redirectUri, scope: 'read', state: 's' };
    const proof = { code_challenge: challenge, code_challenge_method: 'S256' };
    const answer = await authorize(createBrowser(), app.authorizeURL({ ...parameters, ...proof }), user);
    const { code = '', state } = answer.parameters;
    assert.equal(state, 's');
    const token = await app.getToken({ code, redirect_uri: redirectUri, code_verifier: verifier });
    const { sub, scope } = partsOf(token.token.access_token).claims;
    assert.deepEqual([sub, scope], [server.userId, 'read']);
    assert.notEqual((await token.refresh()).token.refresh_token, token.token.refresh_token);
  });
});
