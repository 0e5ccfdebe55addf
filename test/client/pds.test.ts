/** Token sources of PDS against a running server: sessions of both kinds, lost answers, refusals. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTokenSource, isTokenError, type Provider, type TokenSource } from '../../packages/client/src/index.ts';
import {
  isPdsError,
  pdsClient,
  pdsGrant,
  pdsJwt,
  pdsLogin,
  pdsOAuth,
} from '../../packages/client/src/providers/pds/index.ts';
import { manualClock } from '../../packages/client/src/testing/index.ts';
import { startEmulator } from '../../packages/server/src/emulator/start.ts';
import { visitor } from './visitor.ts';

const hour = 3_600_000;

async function opened() {
  const emulator = await startEmulator({});
  const { apiEndpoint: endpoint, domainId, jwtApp, webServerApp, nativeApp, user } = emulator.description.pds;
  const source = (provider: Provider, more: Partial<Parameters<typeof createTokenSource>[0]> = {}): TokenSource =>
    createTokenSource({ provider, policy: { backoffFirstMs: 1, backoffMostMs: 1 }, ...more });
  const calls = (): string[] => emulator.requests.list().map(({ path }) => path);
  return {
    emulator,
    jwt: { endpoint, domainId, ...jwtApp },
    webServer: { endpoint, ...webServerApp },
    native: { endpoint, ...nativeApp },
    user,
    source,
    calls,
    [Symbol.asyncDispose]: () => emulator.stop(),
  };
}

describe('PDS: a JWT application and a server', () => {
  it('gets tokens for a user and for the service account', async () => {
    await using world = await opened();
    const { userId } = world.user;
    const user = await world.source(pdsJwt({ ...world.jwt, userId })).getToken();
    assert.deepEqual([user.subject, user.extra.role, user.lifetimeMs], [userId, 'user', 2 * hour]);
    const service = await world.source(pdsJwt({ ...world.jwt, service: true })).getToken();
    assert.deepEqual([service.subject, service.extra.role], [world.jwt.domainId, 'superadmin']);
  });

  it('creates a user only where it is told to', async () => {
    await using world = await opened();
    const unknown = world.source(pdsJwt({ ...world.jwt, userId: 'somebody' }));
    await assert.rejects(unknown.getToken(), (error: unknown) => isPdsError(error, 'NotFound.User'));
    const created = await world.source(pdsJwt({ ...world.jwt, userId: 'somebody', autoCreate: true })).getToken();
    assert.equal(created.subject, 'somebody');
  });

  it('rotates as often as wanted, and an answer that is lost is the same answer again', async () => {
    await using world = await opened();
    const source = world.source(pdsJwt({ ...world.jwt, userId: world.user.userId }));
    const tokens = new Set([(await source.getToken()).token]);
    for (let refresh = 1; refresh <= 5; refresh += 1) {
      if (refresh % 2) world.emulator.faults.add({ path: '/v2/account/token', when: 'after-commit', do: 'drop' });
      tokens.add((await source.getToken({ forceRefresh: true })).token);
    }
    assert.equal(tokens.size, 6);
    // One login, five refreshes, and three of these twice.
    assert.deepEqual(world.calls(), ['/v2/oauth/token', ...Array(8).fill('/v2/account/token')]);
  });

  it('signs for the time of the server', async () => {
    for (const offMs of [hour, -hour]) {
      await using world = await opened();
      const provider = pdsJwt({ ...world.jwt, userId: world.user.userId });
      const clock = manualClock(Date.now() + offMs);
      assert.equal((await world.source(provider, { clock }).getToken()).subject, world.user.userId);
      // An assertion that is too old or not yet valid is refused, and made again by the server's time.
      assert.equal(world.calls().length, 2);
    }
  });

  it('logs out: the session is over at the server', async () => {
    await using world = await opened();
    const source = world.source(pdsJwt({ ...world.jwt, userId: world.user.userId }));
    await source.getToken();
    assert.deepEqual(await source.logout(), { revoked: true });
  });
});

describe('PDS: an OAuth application and a server', () => {
  it('brings a user to the login and back, with PKCE, and refreshes', async () => {
    await using world = await opened();
    const authorize = visitor(world.user);
    const source = world.source(pdsOAuth({ ...world.native, authorize }));
    const first = await source.getToken({ interactive: true });
    assert.equal(first.subject, world.user.userId);
    const second = await source.getToken({ forceRefresh: true });
    assert.notEqual(second.token, first.token);
    assert.deepEqual(await source.logout(), { revoked: true });
  });

  it('a server logs a user in with its secret, and goes on from there', async () => {
    await using world = await opened();
    const login = pdsLogin(world.webServer);
    const { url, ...pending } = login.begin();
    const callback = await visitor(world.user)(url, { signal: new AbortController().signal });
    const source = world.source(pdsOAuth(world.webServer));
    assert.equal((await source.adopt(await login.complete(callback, pending))).subject, world.user.userId);
    await source.getToken({ forceRefresh: true });
    // A code works once.
    await assert.rejects(login.complete(callback, pending), (error: unknown) =>
      isPdsError(error, 'InvalidParameter.Code'),
    );
  });

  it('a session that ended at the server is dead here', async () => {
    await using world = await opened();
    const source = world.source(pdsOAuth({ ...world.native, authorize: visitor(world.user) }));
    const first = await source.getToken({ interactive: true });
    world.emulator.clock.advance(8 * 24 * 3600);
    await assert.rejects(source.getToken({ reject: first }), (error: unknown) => isTokenError(error, 'invalid_grant'));
    assert.equal(source.status().state, 'dead');
    assert.equal((await source.getToken({ interactive: true })).subject, world.user.userId);
  });
});

describe('PDS: the calls by the names of the SDK', () => {
  it('give what the document prints, and can be adopted', async () => {
    await using world = await opened();
    const { endpoint, domainId: domain_id, clientId: client_id, privateKeyPem: private_key_pem } = world.jwt;
    const client = pdsClient({ endpoint });
    const { userId: user_id } = world.user;
    const info = await client.getUserJwtToken({ client_id, private_key_pem, domain_id, user_id });
    assert.deepEqual(
      [info.user_id, info.expires_in, info.token_type, info.domain_id],
      [user_id, 7200, 'Bearer', domain_id],
    );
    const next = await client.refreshJwtToken({ client_id, refresh_token: info.refresh_token ?? '' });
    assert.notEqual(next.refresh_token, info.refresh_token);
    const source = world.source(pdsJwt({ ...world.jwt, userId: user_id }));
    assert.equal((await source.adopt(pdsGrant(next))).token, next.access_token);
    const service = await client.getServiceJwtToken({ client_id, private_key_pem, domain_id });
    assert.equal(service.role, 'superadmin');
  });
});
