import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTokenSource } from './create.ts';
import { keepWarm } from './keep-warm.ts';
import type { Lock } from './lock.ts';
import { memoryStore } from './memory-store.ts';
import { processLock } from './process-lock.ts';
import { refusedWith, rule, world } from './source.sample.ts';
import type { TokenStore } from './token-store.ts';

const minute = 60_000;

rule('any number of callers without a token cause one exchange, and get the same token', async (world) => {
  const { source, server } = world();
  const tokens = await Promise.all(Array.from({ length: 5_000 }, () => source.getToken()));
  assert.deepEqual(server.calls, ['acquire']);
  assert.equal(new Set(tokens).size, 1);
  assert.equal(tokens[0]?.token, 'access-token-number-1');
});

rule('callers that wait cost no timers of their own', async (world) => {
  const { source, clock } = world();
  const first = source.getToken();
  await Promise.resolve();
  await Promise.resolve();
  const others = Array.from({ length: 100 }, () => source.getToken());
  await Promise.resolve();
  await Promise.resolve();
  const timers = clock.sleeping.length;
  assert.ok(timers > 0 && timers < 10, `${timers}`);
  await Promise.all([first, ...others]);
  assert.deepEqual(clock.sleeping, []);
});

test('a warm call reads nothing, locks nothing, and makes no promise of its own', async () => {
  const inner = memoryStore();
  let touches = 0;
  const store: TokenStore = {
    ...inner,
    read(key) {
      touches += 1;
      return inner.read(key);
    },
  };
  const lock: Lock = {
    run(key, options, work) {
      touches += 1;
      return processLock({ sleep: () => Promise.resolve() }).run(key, options, work);
    },
  };
  const { source } = world({ store, lock });
  await source.getToken();
  const cold = touches;
  assert.equal(source.getToken(), source.getToken());
  await source.getToken({ minValidityMs: minute });
  assert.equal(touches, cold);
});

rule('a token is served from memory until its soft part, then served and refreshed, then waited for', async (world) => {
  const { source, server, clock } = world({ lifetimeMs: 10 * minute });
  const { token: first } = await source.getToken();
  await clock.advance(8 * minute - 1);
  assert.equal((await source.getToken()).token, first);
  assert.equal(source.status().state, 'fresh');
  assert.equal(server.calls.length, 1);
  await clock.advance(1);
  assert.equal(source.status().state, 'soft');
  assert.equal((await source.getToken()).token, first);
  await clock.advance(0);
  assert.deepEqual(server.calls, ['acquire', 'refresh']);
  const { token: second } = await source.getToken();
  assert.notEqual(second, first);
  await clock.advance(10 * minute);
  assert.equal(source.status().state, 'expired');
  assert.notEqual((await source.getToken()).token, second);
  assert.equal(server.calls.length, 3);
});

rule('windows scale with the lifetime: a token of 60 seconds is not asked for again before its 48th', async (world) => {
  const { source, server, clock } = world({ lifetimeMs: minute });
  await source.getToken();
  for (let second = 0; second < 47; second += 1) {
    await clock.advance(1_000);
    await source.getToken();
  }
  assert.equal(server.calls.length, 1);
});

rule('a token that is close to its end is not served', async (world) => {
  const { source, server, clock } = world({ lifetimeMs: 10 * minute });
  const first = await source.getToken();
  await clock.advance(10 * minute - 10_001);
  assert.equal(source.peek(), first);
  await clock.advance(1);
  assert.equal(source.peek(), undefined);
  assert.equal(source.status().state, 'hard');
  assert.notEqual(await source.getToken(), first);
  assert.equal(server.calls.length, 2);
});

rule(
  'a longer validity is fetched when it is asked for, but only once for one that no token can have',
  async (world) => {
    const { source, server, clock } = world({ lifetimeMs: 10 * minute });
    await source.getToken();
    await clock.advance(5 * minute);
    await source.getToken({ minValidityMs: 4 * minute });
    assert.equal(server.calls.length, 1);
    await source.getToken({ minValidityMs: 6 * minute });
    assert.equal(server.calls.length, 2);
    await source.getToken({ minValidityMs: 60 * minute });
    await source.getToken({ minValidityMs: 60 * minute });
    assert.equal(server.calls.length, 2);
  },
);

rule('a forced refresh brings another token; a rejected one is replaced once for all who reject it', async (world) => {
  const { source, server } = world();
  const first = await source.getToken();
  const second = await source.getToken({ forceRefresh: true });
  assert.notEqual(second.token, first.token);
  assert.equal((await source.getToken({ reject: first })).token, second.token);
  assert.equal(server.calls.length, 2);
  const others = await Promise.all([source.getToken({ reject: second }), source.getToken({ reject: second })]);
  assert.equal(server.calls.length, 3);
  assert.equal(others[0], others[1]);
});

rule('an invalidated token is not served again, also from the store, and an old one changes nothing', async (world) => {
  const { source, server } = world();
  const first = await source.getToken();
  source.invalidate(first, 'revoked');
  assert.equal(source.peek(), undefined);
  await source.ready();
  assert.equal(source.peek(), undefined);
  const second = await source.getToken();
  assert.notEqual(second.token, first.token);
  source.invalidate(first, 'revoked');
  assert.equal(source.peek(), second);
  assert.equal(server.calls.length, 2);
});

test('of two tokens that are invalidated, the one that was current is not served again either', async () => {
  const { source } = world();
  const first = await source.getToken();
  const second = await source.getToken({ forceRefresh: true });
  source.invalidate(second, 'revoked');
  source.invalidate(first, 'revoked');
  assert.notEqual((await source.getToken()).token, second.token);
});

rule("a caller's signal lets that caller go, and nobody else", async (world) => {
  const { source, server } = world();
  const leaving = new AbortController();
  const left = source.getToken({ signal: leaving.signal });
  const stayed = source.getToken();
  await Promise.resolve();
  leaving.abort();
  await assert.rejects(left, refusedWith('aborted'));
  assert.equal((await stayed).token, 'access-token-number-1');
  await assert.rejects(source.getToken({ signal: leaving.signal }), refusedWith('aborted'));
  assert.equal(server.calls.length, 1);
});

rule('a token without an end is served until it is rejected, unless a lifetime is assumed', async (world) => {
  const { source, server, clock } = world({ traits: {} });
  server.lifetimeMs = undefined;
  const endless = await source.getToken();
  assert.equal(endless.expiresAtMs, undefined);
  await clock.advance(365 * 24 * 60 * minute);
  assert.equal(await source.getToken(), endless);
  const assuming = world({ policy: { assumeLifetimeMs: minute } });
  assuming.server.lifetimeMs = undefined;
  await assuming.source.getToken();
  await assuming.clock.advance(minute);
  await assuming.source.getToken();
  assert.equal(assuming.server.calls.length, 2);
});

rule('a provider that cannot refresh is asked to acquire again', async (world) => {
  const { source, server, clock } = world({ refreshes: false, lifetimeMs: minute, traits: { rotates: 'no' } });
  await source.getToken();
  await clock.advance(minute);
  await source.getToken();
  assert.deepEqual(server.calls, ['acquire', 'acquire']);
});

test('the token that is stored is served by the next process, without asking the server', async () => {
  const { source, another, server } = world();
  const { token } = await source.getToken();
  const next = another();
  await next.ready();
  assert.equal(next.peek()?.token, token);
  assert.equal((await next.getToken()).token, token);
  assert.equal(server.calls.length, 1);
});

test('a closed source answers nothing more, also where a refresh was under way', async () => {
  const { source, store } = world();
  const token = source.getToken();
  await source.ready();
  await source.close();
  assert.equal((await store.read('sample:alice'))?.grant?.token.token, (await token).token);
  assert.equal(source.status().state, 'closed');
  assert.equal(source.peek(), undefined);
  await assert.rejects(source.getToken(), refusedWith('closed'));
});

rule('a source that is kept warm refreshes without being asked, until it is closed', async (world) => {
  const { source, server, clock } = world({ lifetimeMs: 10 * minute });
  keepWarm(source, clock);
  await clock.advance(0);
  assert.deepEqual(server.calls, ['acquire']);
  await clock.advance(9 * minute);
  assert.deepEqual(server.calls, ['acquire', 'refresh']);
  await source.close();
  await clock.advance(60 * minute);
  assert.equal(server.calls.length, 2);
  assert.equal(clock.sleeping.length, 0);
});

rule('a close ends also a call that has not begun its refresh, and nothing is served afterwards', async (world) => {
  const { source, server } = world();
  const refused = assert.rejects(source.getToken(), refusedWith('closed'));
  await source.close();
  await refused;
  assert.equal(source.peek(), undefined);
  assert.equal(server.calls.length, 0);
});

rule('what a refresh brings that nobody waits for any more is not served by a source that is closed', async (world) => {
  const { source, server, clock } = world({ policy: { flightTimeoutMs: 5_000 } });
  let answer = (): void => {};
  server.losses = [
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  ];
  const late = assert.rejects(source.getToken(), refusedWith('timeout'));
  await clock.advance(5_000);
  await late;
  const closing = source.close();
  answer();
  await closing;
  await clock.advance(0);
  assert.equal(source.peek(), undefined);
  await assert.rejects(source.getToken(), refusedWith('closed'));
});

test('a refresh keeps a program alive while somebody waits for it, and no longer', async () => {
  const { server, clock } = world();
  let holds = 0;
  const source = createTokenSource({
    provider: server.provider,
    clock: {
      ...clock,
      async sleep(ms, options) {
        const held = options?.background ? 0 : 1;
        holds += held;
        await clock.sleep(ms, options);
        holds -= held;
      },
    },
  });
  let answer = (): void => {};
  server.faults = [
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  ];
  const leaving = new AbortController();
  const left = assert.rejects(source.getToken({ signal: leaving.signal }), refusedWith('aborted'));
  await clock.advance(0);
  assert.equal(holds, 1);
  leaving.abort();
  await left;
  assert.equal(holds, 0);
  const staying = new AbortController();
  const tokens = [source.getToken(), source.getToken({ signal: staying.signal })];
  await clock.advance(0);
  assert.equal(holds, 2);
  answer();
  await Promise.all(tokens);
  await clock.advance(0);
  assert.equal(holds, 0);
  assert.deepEqual(server.calls, ['acquire']);
});
