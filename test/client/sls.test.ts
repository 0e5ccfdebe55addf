/** A token source of SLS against a running server: tickets, tokens, their ends, refusals. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTokenSource, isTokenError, type TokenSource } from '../../packages/client/src/index.ts';
import {
  isSlsError,
  type SlsOptions,
  signatureV1,
  signatureV4,
  sls,
  slsClient,
} from '../../packages/client/src/providers/sls/index.ts';
import { manualClock } from '../../packages/client/src/testing/index.ts';
import { startEmulator } from '../../packages/server/src/emulator/start.ts';
import { claimsOf } from '../harness/sls.ts';

const hour = 3600;

async function opened() {
  const emulator = await startEmulator({});
  const { endpoint: host, accessKeyId, accessKeySecret, temporary, denied } = emulator.description.sls;
  const endpoint = `http://${host}`;
  const keys = { accessKeyId, accessKeySecret };
  const source = (options: Partial<SlsOptions> = {}): TokenSource =>
    createTokenSource({ provider: sls({ ...keys, endpoint, ...options } as SlsOptions), policy: { retries: 0 } });
  const requests = (): string[] => emulator.requests.list().map(({ path }) => path);
  return {
    emulator,
    endpoint,
    keys,
    temporary,
    denied,
    source,
    requests,
    [Symbol.asyncDispose]: () => emulator.stop(),
  };
}

describe('SLS: a token source and a server', () => {
  for (const [name, signature] of Object.entries({ v1: signatureV1, v4: signatureV4 })) {
    for (const region of ['cn-shanghai', 'ap-southeast-1'] as const) {
      it(`gives a ticket's access token: ${name} in ${region}`, async () => {
        await using world = await opened();
        const source = world.source({ signature, region, expirationTime: 2 * hour, accessTokenExpirationTime: hour });
        const token = await source.getToken();
        const access = claimsOf(token.token);
        const ticket = claimsOf(String(token.extra.ticket));
        assert.equal(access.accessTokenId, ticket.ticketId);
        assert.equal(Number(access.exp) - Number(access.iat), hour);
        assert.equal(Number(ticket.exp) - Number(ticket.iat), 2 * hour);
        assert.equal((await source.getToken()).token, token.token);
      });
    }
  }

  it('takes temporary credentials', async () => {
    await using world = await opened();
    const { accessKeyId, accessKeySecret, securityToken } = world.temporary;
    const token = await world.source({ accessKeyId, accessKeySecret, securityToken }).getToken();
    assert.equal(typeof claimsOf(token.token).accessTokenId, 'string');
  });

  it('makes one ticket and one token for 5,000 who ask at once', async () => {
    await using world = await opened();
    const source = world.source();
    const tokens = await Promise.all(Array.from({ length: 5_000 }, () => source.getToken()));
    assert.equal(new Set(tokens.map(({ token }) => token)).size, 1);
    assert.deepEqual(world.requests(), ['/tickets', '/token/refresh']);
  });

  it('gets a new ticket where the old one was revoked', async () => {
    await using world = await opened();
    const source = world.source({ expirationTime: 4 * hour, accessTokenExpirationTime: hour });
    const first = await source.getToken();
    const { clientId, clientSecret } = world.emulator.description.oauth.resourceServer;
    const answer = await fetch(`${world.emulator.url}/oauth2/revoke`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
      body: new URLSearchParams({ token: String(first.extra.ticket) }),
    });
    assert.equal(answer.status, 200);
    const second = await source.getToken({ reject: first });
    assert.notEqual(claimsOf(second.token).accessTokenId, claimsOf(first.token).accessTokenId);
  });

  it('says which credential was refused, and why', async () => {
    await using world = await opened();
    const refusedWith = (vendorCode: 'SignatureNotMatch' | 'Unauthorized') => (error: unknown) => {
      assert.ok(isTokenError(error, 'invalid_client'));
      assert.ok(isSlsError(error, vendorCode));
      assert.equal(error.message, `CreateTicket: the server refused with 401 (${vendorCode})`);
      return true;
    };
    await assert.rejects(world.source({ accessKeySecret: 'wrong' }).getToken(), refusedWith('SignatureNotMatch'));
    await assert.rejects(world.source(world.denied).getToken(), refusedWith('Unauthorized'));
  });

  for (const [rule, offMs] of [
    ['an hour fast', hour * 1000],
    ['an hour slow', -hour * 1000],
  ] as const) {
    it(`a machine whose clock is ${rule} learns the time from the first refusal`, async () => {
      await using world = await opened();
      const lifetimes = { expirationTime: 2 * hour, accessTokenExpirationTime: hour };
      const provider = sls({ ...world.keys, ...lifetimes, endpoint: world.endpoint });
      const source = createTokenSource({ provider, clock: manualClock(Date.now() + offMs), policy: { retries: 0 } });
      const token = await source.getToken();
      assert.deepEqual(world.requests(), ['/tickets', '/tickets', '/token/refresh']);
      assert.equal(token.expiresInMs(), hour * 1000);
    });
  }
});

describe('SLS: the operations by their own names', () => {
  it('createTicket and refreshToken give what the vendor documents', async () => {
    await using world = await opened();
    const client = slsClient({ ...world.keys, endpoint: world.endpoint });
    const created = await client.createTicket({ expirationTime: 1200, accessTokenExpirationTime: 600 });
    assert.equal(created.expiresAtMs, Number(claimsOf(created.ticket).exp) * 1000);
    assert.match(created.requestId ?? '', /^[0-9A-F]{24}$/);
    const refreshed = await client.refreshToken({ ticket: created.ticket, accessTokenExpirationTime: 300 });
    assert.equal(refreshed.lifetimeMs, 300_000);
    assert.equal(claimsOf(refreshed.accessToken).accessTokenId, claimsOf(created.ticket).ticketId);
  });

  it('a ticket that is none is refused as the grant that it is not', async () => {
    await using world = await opened();
    const client = slsClient({ ...world.keys, endpoint: world.endpoint });
    await assert.rejects(client.refreshToken({ ticket: 'a.b.c' }), (error: unknown) => {
      assert.ok(isTokenError(error, 'invalid_grant') && isSlsError(error, 'Unauthorized'));
      return true;
    });
  });
});
