import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TokenError } from '../errors.ts';
import type { Lock } from '../lock.ts';
import { memoryStore } from '../memory-store.ts';
import { processLock } from '../process-lock.ts';
import { fails, refusedWith, world } from '../source.sample.ts';
import type { TokenStore } from '../token-store.ts';

const minute = 60_000;

/** A store that tells nobody of changes. */
function silent(): TokenStore {
  const { watch: _, ...store } = memoryStore();
  return store;
}

/** Counts who wants it. */
function counting(): Lock & { wanted: number } {
  const inner = processLock({ sleep: () => new Promise(() => {}) });
  const lock = {
    wanted: 0,
    run: <Result>(...given: Parameters<typeof inner.run<Result>>) => {
      lock.wanted += 1;
      return inner.run(...given);
    },
  };
  return lock;
}

test('what others have put there is adopted without the lock', async () => {
  const lock = counting();
  const { source, another, server } = world({ store: silent(), lock });
  const { token } = await source.getToken();
  assert.equal(lock.wanted, 1);
  assert.equal((await another().getToken()).token, token);
  assert.equal(lock.wanted, 1);
  assert.deepEqual(server.calls, ['acquire']);
});

test('what is refused for now is refused without the lock', async () => {
  const lock = counting();
  const { another, server } = world({ store: silent(), lock, policy: { retries: 0 } });
  server.faults = [fails('server_error', { status: 503 })];
  await assert.rejects(another().getToken(), refusedWith('server_error'));
  await assert.rejects(another().getToken(), refusedWith('server_error'));
  assert.deepEqual([lock.wanted, server.calls.length], [1, 1]);
});

test('whoever waited for the lock looks again, and sends nothing that is done already', async () => {
  const { server, clock, another } = world({ store: silent(), lifetimeMs: 10 * minute });
  const sources = Array.from({ length: 10 }, () => another());
  for (const calls of [['acquire'], ['acquire', 'refresh']]) {
    const tokens = await Promise.all(sources.map((source) => source.getToken()));
    assert.equal(new Set(tokens.map(({ token }) => token)).size, 1);
    assert.deepEqual(server.calls, calls);
    await clock.advance(10 * minute);
  }
});

test('a forced refresh does not adopt the token that stands there, though this process never held it', async () => {
  const { source, another, server } = world();
  const { token } = await source.getToken();
  assert.notEqual((await another().getToken({ forceRefresh: true })).token, token);
  assert.deepEqual(server.calls, ['acquire', 'refresh']);
});

test('forced refreshes of several processes that come at once are one', async () => {
  const { source, another, server } = world({ store: silent() });
  await source.getToken();
  const others = Array.from({ length: 5 }, () => another());
  const tokens = await Promise.all(others.map((other) => other.getToken({ forceRefresh: true })));
  assert.equal(new Set(tokens.map(({ token }) => token)).size, 1);
  assert.deepEqual(server.calls, ['acquire', 'refresh']);
});

test('what the holder of the lock brings is taken at once, where the store tells of it', async () => {
  /** Its holder never lets go; a wait can be ended. */
  const heldLock: Lock = {
    run: (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new TokenError({ code: 'aborted', message: 'ended' })));
      }),
  };
  const { source, another, server } = world({ lock: heldLock });
  const waiting = source.getToken();
  await new Promise((resolve) => setImmediate(resolve));
  const { token } = await another().adopt(server.issue());
  assert.equal((await waiting).token, token);
  assert.deepEqual(server.calls, []);
});

test('a holder that lost its lock looks again before it spends anything, and says so', async () => {
  const losing = new AbortController();
  const inner = processLock({ sleep: () => new Promise(() => {}) });
  let isFirst = true;
  const lock: Lock = {
    run: (name, options, work) =>
      inner.run(name, options, (lease) => {
        if (!isFirst) return work(lease);
        isFirst = false;
        losing.abort();
        const assertHeld = (): void => {
          throw new TokenError({ code: 'lock_timeout', message: 'lost' });
        };
        return work({ lost: losing.signal, assert: assertHeld });
      }),
  };
  const { source, server, events } = world({ lock });
  await source.getToken();
  assert.deepEqual(server.calls, ['acquire']);
  assert.ok(events.some(({ type }) => type === 'lock.lost'));
});
