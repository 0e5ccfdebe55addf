/** Refresh tokens that rotate: who gets a successor, who gets it again, and when the session ends. */

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { assertionKey } from '../harness/assertion.ts';
import { postForm } from '../harness/oauth.ts';
import { errorOf, openOAuth, partsOf, tokenOf } from '../harness/oauth-server.ts';

const server = await openOAuth();
after(() => server[Symbol.asyncDispose]());

const { service } = server;
const refused = '400 invalid_grant';
const isAlive = async (token: string): Promise<boolean> => (await server.introspect(token)).active === true;
const eventsOf = async (sid: unknown): Promise<unknown[]> => {
  const { rows } = await server.admin('GET', `/audit?grantId=${String(sid)}`);
  return (rows as Record<string, unknown>[]).map(({ type }) => type).reverse();
};

describe('a refresh', () => {
  it('gives another pair of the same session, and uses the refresh token up', async () => {
    const first = await server.session();
    const second = tokenOf(await server.refresh(service, first.refresh_token));
    assert.notEqual(second.refresh_token, first.refresh_token);
    const [before, now] = [partsOf(first.access_token).claims, partsOf(second.access_token).claims];
    assert.deepEqual([now.sid, now.sub, now.gen], [before.sid, before.sub, 2]);
    const third = tokenOf(await server.refresh(service, second.refresh_token));
    assert.equal(partsOf(third.access_token).claims.gen, 3);
  });

  it('gives 64 parallel calls 64 answers, one successor and one write', async () => {
    const first = await server.session();
    const answers = await Promise.all(Array.from({ length: 64 }, () => server.refresh(service, first.refresh_token)));
    const pairs = answers.map(tokenOf);
    assert.equal(new Set(pairs.map(({ refresh_token }) => refresh_token)).size, 1);
    const { sid } = partsOf(first.access_token).claims;
    for (const { access_token } of pairs) assert.deepEqual(partsOf(access_token).claims.sid, sid);
    const events = await eventsOf(sid);
    assert.equal(events.filter((type) => type === 'grant.rotated').length, 1);
    assert.equal(events.filter((type) => type === 'grant.retried').length, 63);
    assert.equal((await server.refresh(service, pairs[0]?.refresh_token ?? '')).status, 200);
  });

  it('gives the same successor to who lost the answer', async () => {
    const first = await server.session();
    server.emulator.faults.add({ path: '/oauth2/token', when: 'after-commit', do: 'drop', times: 1 });
    await assert.rejects(server.refresh(service, first.refresh_token));
    const retried = tokenOf(await server.refresh(service, first.refresh_token));
    const { sid } = partsOf(first.access_token).claims;
    assert.deepEqual(await eventsOf(sid), ['grant.issued', 'grant.rotated', 'grant.retried']);
    const third = tokenOf(await server.refresh(service, retried.refresh_token));
    assert.equal(partsOf(third.access_token).claims.gen, 3);
  });

  it('is an honest retry inside the window, and a replay from its end on', async () => {
    for (const [afterMs, status] of [
      [59_999, 200],
      [60_000, 400],
      [60_001, 400],
    ] as const) {
      await using own = await openOAuth();
      const first = await own.session();
      const second = tokenOf(await own.refresh(own.service, first.refresh_token));
      own.emulator.clock.set(own.nowMs() + afterMs);
      const again = await own.refresh(own.service, first.refresh_token);
      assert.equal(again.status, status, String(afterMs));
      if (status === 200) assert.equal(tokenOf(again).refresh_token, second.refresh_token);
    }
  });

  it('has the window that is set for the client, which may allow no retry', async () => {
    const app = await server.app({
      type: 'service',
      key: assertionKey('ES256'),
      rotation: { retryWindowSeconds: 0 },
    });
    const first = await server.session(app);
    tokenOf(await server.refresh(app, first.refresh_token));
    assert.equal(errorOf(await server.refresh(app, first.refresh_token)), refused);
  });

  it('names its attempt by an idempotency key, whatever others did meanwhile', async () => {
    const first = await server.session();
    const fields = { grant_type: 'refresh_token', refresh_token: first.refresh_token };
    const attempt = (key: string) => server.token(service, fields, { 'idempotency-key': key });
    const second = tokenOf(await attempt('one'));
    assert.equal(await isAlive(second.access_token), true);
    assert.equal(tokenOf(await attempt('one')).refresh_token, second.refresh_token);
    assert.equal(errorOf(await attempt('x'.repeat(256))), '400 invalid_request');
    assert.equal(errorOf(await attempt('two')), refused);
    assert.equal(await isAlive(second.access_token), false);
  });

  it('keeps the refresh token of a confidential client that is set so', async () => {
    const app = await server.app({ type: 'service', key: assertionKey('ES256'), rotation: { rotates: false } });
    const first = await server.session(app);
    for (let round = 0; round < 3; round++) {
      assert.equal(tokenOf(await server.refresh(app, first.refresh_token)).refresh_token, first.refresh_token);
    }
  });

  it('[9700-4.14.2-3] a refresh never widens scope or resource', async () => {
    const { refresh_token } = await server.session(service, { scope: 'read write' });
    const ask = (fields: Record<string, string>) => server.refresh(service, refresh_token, fields);
    assert.equal(errorOf(await ask({ scope: 'read admin' })), '400 invalid_scope');
    assert.equal(errorOf(await ask({ resource: 'https://other.example' })), '400 invalid_target');
    assert.equal(tokenOf(await ask({ resource: server.at.issuer })).scope, 'read write');
  });

  it('[6749-6-6] a refresh for less leaves the session its scope', async () => {
    const first = await server.session(service, { scope: 'read write' });
    const second = tokenOf(await server.refresh(service, first.refresh_token, { scope: 'read' }));
    assert.deepEqual([second.scope, partsOf(second.access_token).claims.scope], ['read', 'read']);
    assert.equal((await server.introspect(second.access_token)).scope, 'read');
    const third = tokenOf(await server.refresh(service, second.refresh_token));
    assert.deepEqual([third.scope, partsOf(third.access_token).claims.scope], ['read write', 'read write']);
  });

  it('[9700-4.14.2-2] a client that is not registered for refresh tokens gets none', async () => {
    const { id, secret } = server.resourceServer;
    const { refresh_token } = await server.session();
    const answer = await server.refresh({ id, secret, key: undefined }, refresh_token);
    assert.equal(errorOf(answer), '400 unauthorized_client');
    assert.equal((await server.refresh(service, refresh_token)).status, 200);
  });

  it('ends with its user: a disabled one gets nothing, an enabled one goes on', async () => {
    const { refresh_token } = await server.session();
    const user = `/users/${server.tenant}/${server.userId}`;
    await server.admin('PATCH', user, { status: 'disabled' });
    assert.equal(errorOf(await server.refresh(service, refresh_token)), refused);
    await server.admin('PATCH', user, { status: 'enabled' });
    assert.equal((await server.refresh(service, refresh_token)).status, 200);
  });
});

describe('a refresh token', () => {
  it('[9700-4.14.2-1] a replayed refresh token ends the session', async () => {
    const first = await server.session();
    const second = tokenOf(await server.refresh(service, first.refresh_token));
    const third = tokenOf(await server.refresh(service, second.refresh_token));
    const replayed = await server.refresh(service, first.refresh_token);
    assert.equal(errorOf(replayed), refused);
    assert.equal(replayed.body, (await server.refresh(service, 'x')).body);
    for (const token of [first.access_token, third.access_token, third.refresh_token]) {
      assert.equal(await isAlive(token), false);
    }
    assert.equal(errorOf(await server.refresh(service, third.refresh_token)), refused);
    const { sid } = partsOf(first.access_token).claims;
    assert.ok((await eventsOf(sid)).includes('grant.replayed'));
  });

  it('is a replay from the moment on at which its successor was seen, by refresh or by introspection', async () => {
    for (const see of ['refresh', 'introspect'] as const) {
      const first = await server.session();
      const second = tokenOf(await server.refresh(service, first.refresh_token));
      if (see === 'refresh') await server.refresh(service, second.refresh_token);
      else await server.introspect(second.access_token);
      assert.equal(errorOf(await server.refresh(service, first.refresh_token)), refused, see);
      assert.equal(await isAlive(second.access_token), false);
    }
  });

  it('[6749-6-4] a refresh token works for its own client only', async () => {
    const { refresh_token, access_token } = await server.session();
    const other = await server.app({ type: 'service' });
    assert.equal(errorOf(await server.refresh(other, refresh_token)), refused);
    assert.equal(await isAlive(access_token), true);
    assert.equal((await server.refresh(service, refresh_token)).status, 200);
  });

  it('[9700-4.14.2-4] a refresh token that was changed anywhere is refused, and ends nothing', async () => {
    const { refresh_token } = await server.session();
    for (let at = 0; at < refresh_token.length; at++) {
      const changed =
        refresh_token.slice(0, at) + (refresh_token[at] === 'A' ? 'B' : 'A') + refresh_token.slice(at + 1);
      assert.equal(errorOf(await server.refresh(service, changed)), refused, `character ${at}`);
    }
    assert.equal((await server.refresh(service, refresh_token)).status, 200);
  });

  it('[9700-4.14.2-5] a refresh token that rests for its renewal lifetime is over', async () => {
    const restMs = 30 * 24 * 60 * 60 * 1000;
    for (const [afterMs, status] of [
      [restMs - 1, 200],
      [restMs, 400],
      [restMs + 1, 400],
    ] as const) {
      await using own = await openOAuth();
      const { refresh_token } = await own.session();
      own.emulator.clock.set(own.nowMs() + afterMs);
      assert.equal((await own.refresh(own.service, refresh_token)).status, status, String(afterMs - restMs));
    }
  });

  it('lives no longer than its session, however often it is refreshed', async () => {
    const config = { 'oauth.sessionLifetimeSeconds': '100', 'oauth.renewalLifetimeSeconds': '60' };
    await using own = await openOAuth({ config: { ...config, 'oauth.accessTokenLifetimeSeconds': '60' } });
    const first = await own.session();
    own.emulator.clock.advance(59);
    const second = tokenOf(await own.refresh(own.service, first.refresh_token));
    assert.equal(second.expires_in, 41);
    own.emulator.clock.advance(40);
    const third = tokenOf(await own.refresh(own.service, second.refresh_token));
    assert.equal(third.expires_in, 1);
    own.emulator.clock.advance(1);
    assert.equal(errorOf(await own.refresh(own.service, third.refresh_token)), refused);
  });

  it('is no access token, and an access token is none', async () => {
    const { access_token, refresh_token } = await server.session();
    assert.equal(errorOf(await server.refresh(service, access_token)), refused);
    assert.equal((await server.introspect(refresh_token)).token_type, 'refresh_token');
  });

  it('is asked for with its client named, even by who has it', async () => {
    const { refresh_token } = await server.session();
    const answer = await postForm(server.at.token, { grant_type: 'refresh_token', refresh_token });
    assert.equal(errorOf(answer), '401 invalid_client');
  });
});
