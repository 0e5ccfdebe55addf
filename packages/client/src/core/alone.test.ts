/** What a source without a store does where one with a store would find it in the record. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTokenSource } from './create.ts';
import { fails, refusedWith, type World, type WorldOptions, world } from './source.sample.ts';

const minute = 60_000;

const alone = (options: WorldOptions = {}): World => world({ lifetimeMs: minute, isAlone: true, ...options });

test('without a replay window a lost answer is not followed by a loop, and the next attempt has the same key', async () => {
  const { source, server, clock } = alone();
  await source.getToken();
  await clock.advance(minute);
  server.faults = [fails('timeout', { uncertain: true })];
  await assert.rejects(source.getToken(), refusedWith('timeout'));
  assert.equal(server.calls.length, 2);
  await clock.advance(15_000);
  assert.equal(source.status().state, 'uncertain');
  assert.equal((await source.getToken()).token, 'access-token-number-2');
  assert.equal(source.status().state, 'fresh');
  assert.equal(server.idempotencyKeys[1], server.idempotencyKeys[2]);
  await clock.advance(minute);
  await source.getToken();
  assert.notEqual(server.idempotencyKeys[3], server.idempotencyKeys[2]);
});

test('a rotation whose answer was lost is reported as such, until somebody logs in', async () => {
  const { source, server, clock, events } = alone({ traits: { interactive: true } });
  await source.getToken({ interactive: true });
  await clock.advance(minute);
  server.losses = [fails('timeout', { uncertain: true })];
  await assert.rejects(source.getToken(), refusedWith('timeout'));
  await clock.advance(15_000);
  await assert.rejects(source.getToken(), { code: 'rotation_lost', reauthRequired: true });
  assert.ok(events.some((event) => event.type === 'reauth.required' && event.code === 'rotation_lost'));
  const calls = server.calls.length;
  await assert.rejects(source.getToken(), refusedWith('rotation_lost'));
  assert.equal(source.status().state, 'dead');
  assert.equal(server.calls.length, calls);
  await source.getToken({ interactive: true });
  assert.equal(source.status().state, 'fresh');
});

test('a grant that is adopted during a refresh is newer than what the refresh brings', async () => {
  const { source, server, clock } = alone();
  await source.getToken();
  await clock.advance(minute);
  const grant = { token: { token: 'the-newer-access-token', lifetimeMs: minute }, refreshToken: 'newer' };
  server.losses = [async () => void (await source.adopt(grant))];
  assert.equal((await source.getToken()).token, 'the-newer-access-token');
  assert.equal(source.peek()?.token, 'the-newer-access-token');
  assert.deepEqual(server.calls, ['acquire', 'refresh']);
});

test('a refusal of a grant that was replaced meanwhile says nothing of the one that is there', async () => {
  const { source, server, clock } = alone({ traits: { interactive: true } });
  await source.getToken({ interactive: true });
  await clock.advance(minute);
  const grant = server.issue();
  server.faults = [
    async (context) => {
      await source.adopt(grant);
      await fails('invalid_grant')(context);
    },
  ];
  assert.equal((await source.getToken()).token, grant.token.token);
  assert.equal(source.status().state, 'fresh');
});

test('an answer that comes after everybody was sent away is kept, though another refresh has begun', async () => {
  const { source, server, clock } = alone({ policy: { flightTimeoutMs: 5_000, retries: 0 } });
  await source.getToken();
  await clock.advance(minute);
  let answer = (): void => {};
  server.losses = [
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  ];
  const first = assert.rejects(source.getToken(), refusedWith('timeout'));
  await clock.advance(5_000);
  await first;
  server.faults = [async () => answer()];
  assert.equal((await source.getToken()).token, 'access-token-number-2');
  assert.deepEqual(server.calls, ['acquire', 'refresh', 'refresh']);
  assert.equal(server.idempotencyKeys[1], server.idempotencyKeys[2]);
});

test('a logout during a refresh is final: what it brings is thrown away and revoked, and so is what was held', async () => {
  const { source, server, clock } = alone();
  await source.getToken();
  await clock.advance(minute);
  let loggedOut = Promise.resolve({ revoked: false });
  server.losses = [
    () => {
      loggedOut = source.logout();
    },
  ];
  await assert.rejects(source.getToken(), refusedWith('closed'));
  assert.deepEqual(await loggedOut, { revoked: true });
  assert.deepEqual(server.revoked.sort(), ['access-token-number-1', 'access-token-number-2']);
  assert.deepEqual([source.peek(), source.status().state], [undefined, 'empty']);
  assert.equal((await source.getToken()).token, 'access-token-number-3');
});

test('a logout revokes what it ends, unless it is told not to, or the server does not answer', async () => {
  const { source, server } = alone();
  assert.deepEqual(await source.logout(), { revoked: false });
  await source.getToken();
  assert.deepEqual(await source.logout({ revoke: false }), { revoked: false });
  assert.deepEqual(server.revoked, []);
  await source.getToken();
  assert.deepEqual(await source.logout(), { revoked: true });
  assert.deepEqual(server.revoked, ['access-token-number-2']);
  await source.getToken();
  Object.assign(server.provider, { revoke: () => Promise.reject(new Error('down')) });
  assert.deepEqual(await source.logout(), { revoked: false });
  assert.equal(source.status().state, 'empty');
});

test('what a refresh leaves out is kept', async () => {
  const { source, server, clock } = alone({ traits: { rotates: 'no' } });
  await source.adopt({
    token: { token: 'a-first-access-token', lifetimeMs: minute, scope: 'read', extra: { ticket: 't', drive: '1' } },
    refreshToken: 'a-lasting-refresh-token',
  });
  let sent: string | undefined;
  Object.assign(server.provider, {
    refresh: async ({ refreshToken }: { readonly refreshToken: string }) => {
      sent = refreshToken;
      return { token: { token: `an-access-token-of-${clock.monoMs()}`, lifetimeMs: minute, extra: { drive: '2' } } };
    },
  });
  for (let round = 0; round < 2; round += 1) {
    await clock.advance(minute);
    const token = await source.getToken();
    assert.deepEqual(
      [token.scope, token.extra, sent],
      ['read', { ticket: 't', drive: '2' }, 'a-lasting-refresh-token'],
    );
  }
});

test('a closed source answers nothing more, also where a refresh was under way', async () => {
  const { source } = alone();
  const token = source.getToken();
  await source.ready();
  await source.close();
  await token;
  assert.deepEqual([source.peek(), source.status().state], [undefined, 'closed']);
  await assert.rejects(source.getToken(), refusedWith('closed'));
});

test('a store that does not bring along what sharing needs is refused by name', () => {
  const { server, store } = alone();
  const { sharing: _, ...methods } = store;
  // As from JavaScript, where no compiler says so.
  const options = { provider: server.provider, store: methods } as Parameters<typeof createTokenSource>[0];
  assert.throws(() => createTokenSource(options), { code: 'config', message: /tokenStore/ });
});
