/** A refresh token is spent, and the store does not take what came for it: others are kept away, for as long as that makes sense. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brings, failing } from '../failing-store.sample.ts';
import { world } from '../source.sample.ts';
import type { TokenSource } from '../token-source.ts';

const minute = 60_000;
const key = 'sample:alice';

test('a process that holds its lock for what is not written yet lets go for a refresh of its own', async () => {
  const disk = failing({ retryable: true });
  const { source, clock, server } = world({ store: disk.store, lifetimeMs: 10 * minute });
  await source.getToken();
  await clock.advance(10 * minute);
  disk.refuses = brings('access-token-number-2');
  const held = source.getToken();
  await clock.advance(6_200);
  assert.equal((await held).persisted, false);
  const next = await source.getToken({ forceRefresh: true });
  assert.deepEqual([next.token, next.persisted], ['access-token-number-3', true]);
  assert.deepEqual(server.calls, ['acquire', 'refresh', 'refresh']);
});

for (const [how, end] of [
  ['a close', (source: TokenSource) => source.close()],
  ['a logout', (source: TokenSource) => source.logout()],
] as const) {
  test(`${how} lets go of a lock that is held for what is not written yet`, async () => {
    const disk = failing({ retryable: true });
    const { source, another, clock } = world({ store: disk.store, lifetimeMs: 10 * minute });
    await source.getToken();
    await clock.advance(10 * minute);
    disk.refuses = brings('access-token-number-2');
    const held = source.getToken();
    await clock.advance(6_200);
    await held;
    await end(source);
    await clock.advance(0);
    assert.deepEqual(clock.sleeping, []);
    assert.equal(source.peek(), undefined);
    await another().close();
  });
}

test('what others note beside the old grant does not bring it back in place of one that is not written yet', async () => {
  const disk = failing({ retryable: true });
  const { source, clock } = world({ store: disk.store, lifetimeMs: 10 * minute });
  await source.getToken();
  disk.refuses = brings('access-token-number-2');
  const held = source.getToken({ forceRefresh: true });
  await clock.advance(6_200);
  const token = await held;
  const before = await disk.inner.read(key);
  assert.ok(before);
  const { generation } = before;
  await disk.inner.write(key, { ...before, generation: generation + 1 }, { ifGeneration: generation });
  await clock.advance(0);
  assert.equal(source.peek(), token);
});

test('what was not written is forgotten where others put another grant in its place', async () => {
  const disk = failing({ retryable: true });
  const { source, another, clock, server } = world({ store: disk.store, lifetimeMs: 10 * minute });
  await source.getToken();
  disk.refuses = brings('access-token-number-2');
  const held = source.getToken({ forceRefresh: true });
  await clock.advance(6_200);
  await held;
  await another().adopt(server.issue());
  await clock.advance(10 * minute);
  assert.equal((await source.getToken()).token, 'access-token-number-4');
  assert.deepEqual(server.calls, ['acquire', 'refresh', 'refresh']);
});
