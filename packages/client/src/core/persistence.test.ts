import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTokenSource } from './create.ts';
import { TokenError } from './errors.ts';
import { brings, failing } from './failing-store.sample.ts';
import { memoryStore } from './memory-store.ts';
import { tokenStore } from './sharing/token-store.ts';
import { fails, refusedWith, world } from './source.sample.ts';
import type { TokenStore } from './token-store.ts';

const minute = 60_000;
const key = 'sample:alice';

test('a grant that the store does not take is tried six times, before anybody sees its token', async () => {
  const disk = failing({ retryable: true });
  disk.refuses = () => disk.count < 5;
  const { source, clock, store } = world({ store: disk.store });
  const token = source.getToken();
  await clock.advance(6_199);
  assert.equal(source.peek(), undefined);
  await clock.advance(1);
  assert.equal((await token).persisted, true);
  assert.equal((await store.read(key))?.grant?.token.token, (await token).token);
});

test('after that it is served from memory, said to be unpersisted, and others are kept away until it is written', async () => {
  const disk = failing({ retryable: true });
  const { source, another, clock, server, events } = world({ store: disk.store, lifetimeMs: 10 * minute });
  await source.getToken();
  await clock.advance(10 * minute);
  disk.refuses = brings('access-token-number-2');
  const refreshed = source.getToken();
  await clock.advance(6_200);
  const token = await refreshed;
  assert.deepEqual([token.token, token.persisted], ['access-token-number-2', false]);
  assert.ok(events.some(({ type }) => type === 'persist.fail'));
  const other = another();
  const waiting = assert.rejects(other.getToken(), refusedWith('lock_timeout'));
  await clock.advance(15_000);
  await waiting;
  disk.refuses = () => false;
  await clock.advance(5_000);
  assert.equal((await disk.inner.read(key))?.grant?.token.token, 'access-token-number-2');
  assert.equal((await source.getToken()).persisted, true);
  assert.equal((await other.getToken()).token, 'access-token-number-2');
  assert.deepEqual(server.calls, ['acquire', 'refresh']);
});

test('what could not be written is renewed from memory, and written when the store takes it again', async () => {
  const disk = failing({ retryable: true });
  const { source, clock, server } = world({ store: disk.store, lifetimeMs: 10 * minute });
  await source.getToken();
  disk.refuses = () => true;
  for (const number of [2, 3]) {
    await clock.advance(10 * minute);
    const token = source.getToken();
    await clock.advance(30_000);
    assert.equal((await token).token, `access-token-number-${number}`);
  }
  disk.refuses = () => false;
  await clock.advance(10 * minute);
  assert.equal((await source.getToken()).token, 'access-token-number-4');
  assert.equal((await disk.inner.read(key))?.grant?.refreshToken, 'refresh-token-number-4');
  assert.deepEqual(server.calls, ['acquire', 'refresh', 'refresh', 'refresh']);
});

test('where the store can never be written, nothing is spent ahead of time, nor by a command that fails instead', async () => {
  const disk = failing({ retryable: false });
  const { source, another, clock, server } = world({ store: disk.store, lifetimeMs: 10 * minute });
  const token = await source.getToken();
  disk.refuses = () => true;
  await clock.advance(9 * minute);
  assert.equal(await source.getToken(), token);
  await clock.advance(minute);
  await assert.rejects(another({ onPersistFailure: 'throw' }).getToken(), refusedWith('store_write'));
  assert.deepEqual(server.calls, ['acquire']);
  assert.equal((await source.getToken()).persisted, false);
  assert.deepEqual(server.calls, ['acquire', 'refresh']);
});

test('a command fails where its grant cannot be kept, and gives it out once it can', async () => {
  const disk = failing({ retryable: true });
  const { source, clock, server } = world({ store: disk.store, policy: { onPersistFailure: 'throw' } });
  disk.refuses = brings('access-token-number-1');
  const refused = assert.rejects(source.getToken(), refusedWith('store_write'));
  await clock.advance(6_200);
  await refused;
  await assert.rejects(source.getToken(), refusedWith('store_write'));
  disk.refuses = () => false;
  assert.equal((await source.getToken()).token, 'access-token-number-1');
  assert.equal((await disk.inner.read(key))?.grant?.token.token, 'access-token-number-1');
  assert.deepEqual(server.calls, ['acquire']);
});

test('a write that seemed to fail, and did not, is not followed by another', async () => {
  const inner = memoryStore();
  let isFirst = true;
  const store: TokenStore = {
    ...inner,
    async write(name, record, condition) {
      const outcome = await inner.write(name, record, condition);
      if (!isFirst) return outcome;
      isFirst = false;
      throw new TokenError({ code: 'store_write', message: 'EIO', retryable: true });
    },
  };
  const { source, clock } = world({ store });
  const token = source.getToken();
  await clock.advance(200);
  assert.equal((await token).persisted, true);
});

test('a provider that spends nothing works without a store that can be read or written', async () => {
  const dead = async (): Promise<never> => {
    throw new Error('no disk');
  };
  const { source, clock, server } = world({
    store: tokenStore({ read: dead, write: dead, remove: dead, list: dead }),
    traits: { rotates: 'no' },
    refreshes: false,
  });
  const token = source.getToken();
  await clock.advance(10_000);
  assert.equal((await token).persisted, false);
  assert.equal(await source.getToken(), await token);
  assert.equal(server.calls.length, 1);
});

test('a provider that rotates sends nothing while the store cannot be read', async () => {
  const { store } = world();
  const { source, server } = world({ store: { ...store, read: () => Promise.reject(new Error('EIO')) } });
  await assert.rejects(source.getToken(), refusedWith('store_read'));
  assert.equal(server.calls.length, 0);
});

test('somebody who only noted something beside the old grant does not stop the new one', async () => {
  const { source, server, clock, store } = world({ lifetimeMs: minute });
  await source.getToken();
  await clock.advance(minute);
  server.losses = [
    async () => {
      const before = await store.read(key);
      assert.ok(before);
      const { generation } = before;
      await store.write(key, { ...before, generation: generation + 1 }, { ifGeneration: generation });
    },
  ];
  assert.equal((await source.getToken()).token, 'access-token-number-2');
  assert.equal((await store.read(key))?.grant?.refreshToken, 'refresh-token-number-2');
});

test('a pause that cannot be written holds in this process at least', async () => {
  const disk = failing({ retryable: true });
  const { source, server } = world({ store: disk.store, policy: { retries: 0 } });
  disk.refuses = (record) => record.cooldown !== undefined;
  server.faults = [fails('server_error', { status: 503 })];
  await assert.rejects(source.getToken(), refusedWith('server_error'));
  await assert.rejects(source.getToken(), refusedWith('server_error'));
  assert.equal(server.calls.length, 1);
});

test('a refresh ahead lets nobody near a refresh token that is spent, and whose successor is not kept', async () => {
  const disk = failing({ retryable: false });
  const { source, another, clock, server } = world({ store: disk.store, lifetimeMs: 10 * minute });
  await source.getToken();
  await clock.advance(10 * minute);
  disk.refuses = brings('access-token-number-2');
  const token = await source.getToken();
  const waiting = assert.rejects(another().getToken(), refusedWith('lock_timeout'));
  await clock.advance(8 * minute);
  await waiting;
  const other = assert.rejects(another().getToken(), refusedWith('lock_timeout'));
  assert.equal(await source.getToken(), token);
  await clock.advance(15_000);
  await other;
  assert.equal(await source.getToken(), token);
  assert.deepEqual(server.calls, ['acquire', 'refresh']);
});

test('a change that says nothing of a grant which was never kept is no logout', async () => {
  const disk = failing({ retryable: false });
  disk.refuses = () => true;
  let changed = (): void => {};
  const store: TokenStore = {
    ...disk.store,
    watch(_, told) {
      changed = told;
      return () => {};
    },
  };
  const { source, clock, events } = world({ store });
  const token = await source.getToken();
  changed();
  await clock.advance(0);
  assert.equal(source.peek(), token);
  assert.ok(!events.some(({ type }) => type === 'logout'));
});

test('a logout revokes also what could not be kept', async () => {
  const disk = failing({ retryable: false });
  const { source, clock, server } = world({ store: disk.store, lifetimeMs: 10 * minute });
  disk.refuses = brings('access-token-number-1');
  await source.getToken();
  assert.deepEqual(await source.logout(), { revoked: true });
  await source.getToken();
  await clock.advance(10 * minute);
  disk.refuses = brings('access-token-number-3');
  await source.getToken();
  assert.deepEqual(await source.logout(), { revoked: true });
  assert.deepEqual(server.revoked, ['access-token-number-1', 'access-token-number-3']);
});

test('a logout during the write of what was served already removes what is written', async () => {
  const disk = failing({ retryable: false });
  let loggedOut: Promise<unknown> | undefined;
  const store: TokenStore = {
    ...disk.store,
    async write(name, record, condition) {
      if (disk.count > 0 && !disk.refuses(record)) {
        loggedOut ??= source.logout();
        await loggedOut;
      }
      return disk.store.write(name, record, condition);
    },
  };
  disk.refuses = () => true;
  const { source, clock } = world({ store });
  await source.getToken();
  disk.refuses = () => false;
  await clock.advance(5_000);
  assert.ok(loggedOut);
  await clock.advance(0);
  assert.equal(source.peek(), undefined);
  assert.equal(await disk.inner.read(key), undefined);
});

test('a program does not end while the only copy of a rotated grant waits for the store', async () => {
  const disk = failing({ retryable: true });
  const { server, clock } = world({ lifetimeMs: 10 * minute });
  const waits: (boolean | undefined)[] = [];
  const source = createTokenSource({
    provider: server.provider,
    store: disk.store,
    clock: {
      ...clock,
      sleep(ms, options) {
        if (ms === 200 || ms === 400) waits.push(options?.background);
        return clock.sleep(ms, options);
      },
    },
  });
  await source.getToken();
  await clock.advance(9 * minute);
  disk.refuses = (record) => disk.count < 2 && brings('access-token-number-2')(record);
  await source.getToken();
  await clock.advance(1_000);
  assert.equal((await source.getToken()).token, 'access-token-number-2');
  assert.deepEqual(waits, [false, false]);
});

test('a close tries once more to keep what could not be kept', async () => {
  const disk = failing({ retryable: false });
  disk.refuses = () => true;
  const { source } = world({ store: disk.store });
  const { token } = await source.getToken();
  disk.refuses = () => false;
  await source.close();
  assert.equal((await disk.inner.read(key))?.grant?.token.token, token);
});
