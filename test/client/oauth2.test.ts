/** Token sources of OAuth 2.1 against a running server: discovery, client credentials, sessions of users, refusals. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTokenSource, isTokenError, type Provider, type TokenSource } from '../../packages/client/src/index.ts';
import {
  isOAuth2Error,
  oauth2ClientCredentials,
  oauth2Code,
  oauth2Login,
} from '../../packages/client/src/providers/oauth2/index.ts';
import { startEmulator } from '../../packages/server/src/emulator/start.ts';
import { visitor } from './visitor.ts';

async function opened() {
  const emulator = await startEmulator({});
  const { issuer, confidentialClient, publicClient, resourceServer, user } = emulator.description.oauth;
  const source = (provider: Provider): TokenSource =>
    createTokenSource({ provider, policy: { backoffFirstMs: 1, backoffMostMs: 1 } });
  async function introspect(token: string): Promise<Record<string, unknown>> {
    const { clientId, clientSecret } = resourceServer;
    const answer = await fetch(`${issuer}/oauth2/introspect`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
      body: new URLSearchParams({ token }),
    });
    return JSON.parse(await answer.text());
  }
  return {
    emulator,
    confidential: { issuer, ...confidentialClient },
    native: { issuer, ...publicClient },
    user,
    source,
    introspect,
    [Symbol.asyncDispose]: () => emulator.stop(),
  };
}

describe('OAuth 2.1: a client that acts for itself', () => {
  it('finds the server by its issuer, and gets a token', async () => {
    await using world = await opened();
    const { issuer, clientId, clientSecret } = world.confidential;
    const source = world.source(oauth2ClientCredentials({ issuer, clientId, clientSecret }));
    const token = await source.getToken();
    const facts = await world.introspect(token.token);
    assert.deepEqual([facts.active, facts.client_id, token.type], [true, clientId, 'Bearer']);
    assert.notEqual((await source.getToken({ forceRefresh: true })).token, token.token);
  });

  it('is told that its secret is wrong', async () => {
    await using world = await opened();
    const { issuer, clientId } = world.confidential;
    for (const authentication of ['client_secret_basic', 'client_secret_post'] as const) {
      const provider = oauth2ClientCredentials({ issuer, clientId, clientSecret: 'wrong', authentication });
      await assert.rejects(world.source(provider).getToken(), (error: unknown) => {
        assert.ok(isTokenError(error, 'invalid_client') && isOAuth2Error(error, 'invalid_client'));
        return true;
      });
    }
  });
});

describe('OAuth 2.1: sessions of users', () => {
  it('a native application logs in with PKCE, refreshes, and logs out', async () => {
    await using world = await opened();
    const source = world.source(
      oauth2Code({ ...world.native, authorize: visitor(world.user), replayWindowMs: 60_000 }),
    );
    const first = await source.getToken({ interactive: true });
    assert.equal((await world.introspect(first.token)).active, true);
    const second = await source.getToken({ forceRefresh: true });
    assert.notEqual(second.token, first.token);
    assert.deepEqual(await source.logout(), { revoked: true });
    assert.equal((await world.introspect(second.token)).active, false);
  });

  it('an answer that is lost is asked for again, and the session lives on', async () => {
    await using world = await opened();
    const source = world.source(
      oauth2Code({ ...world.native, authorize: visitor(world.user), replayWindowMs: 60_000 }),
    );
    await source.getToken({ interactive: true });
    for (let refresh = 1; refresh <= 3; refresh += 1) {
      world.emulator.faults.add({ path: '/oauth2/token', when: 'after-commit', do: 'drop' });
      const token = await source.getToken({ forceRefresh: true });
      assert.equal((await world.introspect(token.token)).active, true);
    }
  });

  it('a server logs a user in with its secret, and goes on from there', async () => {
    await using world = await opened();
    const login = oauth2Login(world.confidential);
    const { url, ...pending } = await login.begin();
    const callback = await visitor(world.user)(url, { signal: new AbortController().signal });
    const source = world.source(oauth2Code(world.confidential));
    const first = await source.adopt(await login.complete(callback, pending));
    const second = await source.getToken({ reject: first });
    assert.equal((await world.introspect(second.token)).active, true);
    await assert.rejects(login.complete(callback, pending), (error: unknown) => isOAuth2Error(error, 'invalid_grant'));
  });
});
