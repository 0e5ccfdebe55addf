import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryStore } from './memory-store.ts';
import { fails, refusedWith, rule, world } from './source.sample.ts';
import type { TokenStore } from './token-store.ts';

const minute = 60_000;
const key = 'sample:alice';

test('a logout during a refresh is final: what the refresh brings is thrown away and revoked', async () => {
  const { source, another, server, clock, store, events } = world({ lifetimeMs: minute });
  await source.getToken();
  await clock.advance(minute);
  let isLoggedOut = Promise.resolve({ revoked: false });
  server.losses = [
    async () => {
      isLoggedOut = another().logout();
      await isLoggedOut;
    },
  ];
  await assert.rejects(source.getToken(), refusedWith('closed'));
  assert.deepEqual(await isLoggedOut, { revoked: true });
  assert.equal(await store.read(key), undefined);
  assert.deepEqual(server.revoked.sort(), ['access-token-number-1', 'access-token-number-2']);
  assert.ok(events.some((event) => event.type === 'logout' && event.by === 'us'));
});

test('a logout of the source that refreshes is final, too, also before there was a record', async () => {
  const { source, server, store } = world();
  let loggedOut = Promise.resolve({ revoked: false });
  server.losses = [
    () => {
      loggedOut = source.logout();
    },
  ];
  await assert.rejects(source.getToken(), refusedWith('closed'));
  await loggedOut;
  assert.equal(await store.read(key), undefined);
  assert.deepEqual(server.revoked, ['access-token-number-1']);
  assert.equal((await source.getToken()).token, 'access-token-number-2');
});

test('a logout is final also for a first record whose write is under way', async () => {
  const inner = memoryStore();
  let write = (): void => {};
  const store: TokenStore = {
    ...inner,
    async write(...given) {
      await new Promise<void>((resolve) => {
        write = resolve;
      });
      return inner.write(...given);
    },
  };
  const { source, clock } = world({ store });
  const token = source.getToken();
  await clock.advance(0);
  const loggedOut = source.logout();
  await clock.advance(0);
  write();
  await token;
  assert.deepEqual(await loggedOut, { revoked: true });
  assert.equal(await inner.read(key), undefined);
});

test('a logout elsewhere is seen where the store can be watched', async () => {
  const { source, another, events } = world();
  await source.getToken();
  await another().logout({ revoke: false });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(source.peek(), undefined);
  assert.ok(events.some((event) => event.type === 'logout' && event.by === 'others'));
});

test('a logout during a refresh is final, also where the store tells nobody of it', async () => {
  const { watch: _, ...store } = memoryStore();
  const { source, another, server, clock } = world({ lifetimeMs: minute, store });
  await source.getToken();
  await clock.advance(minute);
  server.losses = [async () => void (await another().logout({ revoke: false }))];
  await assert.rejects(source.getToken(), refusedWith('closed'));
  assert.equal(await store.read(key), undefined);
  assert.deepEqual(server.revoked, ['access-token-number-2']);
});

for (const how of ['logout', 'close'] as const) {
  rule(`a ${how} does not wait for a better time that the server named`, async (world) => {
    const { source, server, clock } = world();
    server.faults = [fails('rate_limited', { status: 429, retryAfterMs: 30_000 })];
    const refused = assert.rejects(source.getToken(), refusedWith('rate_limited'));
    await clock.advance(0);
    assert.equal(source.status().state, 'cooldown');
    await source[how]();
    await refused;
    assert.deepEqual([server.calls.length, clock.sleeping], [1, []]);
  });
}
