import assert from 'node:assert/strict';
import { test } from 'node:test';
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
  disk.refuses = () => false;
  assert.equal((await source.getToken()).token, 'access-token-number-1');
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
