import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TokenError } from './errors.ts';
import type { Lock } from './lock.ts';
import { memoryStore } from './memory-store.ts';
import { processLock } from './process-lock.ts';
import { fails, refusedWith, rule, world } from './source.sample.ts';
import type { TokenRecord, TokenStore } from './token-store.ts';

const minute = 60_000;
const key = 'sample:alice';

/** A lock that does not lock, as where its folder cannot be written. */
const broken: Lock = { run: () => Promise.reject(new Error('EROFS: read-only file system')) };

/** Somebody else holds it, and does not let go. */
const takenLock: Lock = {
  run: () => Promise.reject(new TokenError({ code: 'lock_timeout', message: 'held' })),
};

const stored = async (store: TokenStore): Promise<TokenRecord> => {
  const record = await store.read(key);
  assert.ok(record);
  return record;
};

test('processes that come at once make one exchange: the others adopt what it brought', async () => {
  const { server, clock, another } = world({ lifetimeMs: 10 * minute });
  const sources = Array.from({ length: 20 }, () => another());
  const first = await Promise.all(sources.map((source) => source.getToken()));
  assert.equal(new Set(first.map(({ token }) => token)).size, 1);
  await clock.advance(10 * minute);
  const second = await Promise.all(sources.map((source) => source.getToken()));
  assert.equal(new Set(second.map(({ token }) => token)).size, 1);
  assert.deepEqual(server.calls, ['acquire', 'refresh']);
});

test('without a working lock, conditional writes alone let one process spend the refresh token', async () => {
  const { server, clock, another, events } = world({ lifetimeMs: 10 * minute, lock: broken });
  const sources = Array.from({ length: 10 }, () => another());
  const [first] = sources;
  await first?.getToken();
  await Promise.all(sources.map((source) => source.getToken()));
  await clock.advance(10 * minute);
  const tokens = Promise.all(sources.map((source) => source.getToken()));
  await clock.advance(1_000);
  assert.deepEqual(new Set((await tokens).map(({ token }) => token)), new Set(['access-token-number-2']));
  assert.deepEqual(server.calls, ['acquire', 'refresh']);
  assert.equal(events.filter(({ type }) => type === 'lock.unavailable').length, sources.length);
});

rule(
  'a spent refresh token is sent again with the same idempotency key, where the server takes that',
  async (world) => {
    const { source, server, clock } = world({ lifetimeMs: minute, traits: { replayWindowMs: 60_000 } });
    await source.getToken();
    await clock.advance(minute);
    server.faults = [fails('network', { uncertain: true })];
    const token = source.getToken();
    await clock.advance(5_000);
    assert.equal((await token).token, 'access-token-number-2');
    assert.deepEqual(server.calls, ['acquire', 'refresh', 'refresh']);
    assert.equal(server.idempotencyKeys[1], server.idempotencyKeys[2]);
  },
);

test('without a replay window a lost answer is not followed by a loop, and the intent stays', async () => {
  const { source, server, clock, store } = world({ lifetimeMs: minute });
  await source.getToken();
  await clock.advance(minute);
  server.faults = [fails('timeout', { uncertain: true })];
  await assert.rejects(source.getToken(), refusedWith('timeout'));
  assert.equal(server.calls.length, 2);
  assert.ok((await stored(store)).intent);
  await clock.advance(15_000);
  assert.equal(source.status().state, 'uncertain');
  assert.equal((await source.getToken()).token, 'access-token-number-2');
  assert.equal((await stored(store)).intent, undefined);
  assert.equal(server.idempotencyKeys[1], server.idempotencyKeys[2]);
});

test('a refresh that was cut off and did rotate is reported as lost, and the tombstone stays until a login', async () => {
  const { source, another, server, clock, store, events } = world({
    lifetimeMs: minute,
    traits: { interactive: true },
  });
  await source.getToken({ interactive: true });
  await clock.advance(minute);
  server.losses = [fails('timeout', { uncertain: true })];
  await assert.rejects(source.getToken(), refusedWith('timeout'));
  await clock.advance(15_000);
  await assert.rejects(another().getToken(), { code: 'rotation_lost', reauthRequired: true });
  assert.equal((await stored(store)).dead?.code, 'rotation_lost');
  assert.ok(events.some((event) => event.type === 'reauth.required' && event.code === 'rotation_lost'));
  const calls = server.calls.length;
  await assert.rejects(source.getToken(), refusedWith('rotation_lost'));
  assert.equal(source.status().state, 'dead');
  assert.equal(server.calls.length, calls);
  await source.getToken({ interactive: true });
  assert.equal((await stored(store)).dead, undefined);
  await another().getToken();
});

rule('a refresh token that may be spent gets one careful attempt, whatever the server says to that', async (world) => {
  const { source, server, clock } = world({ lifetimeMs: minute });
  await source.getToken();
  await clock.advance(minute);
  server.faults = [fails('timeout', { uncertain: true }), fails('server_error', { status: 503 })];
  await assert.rejects(source.getToken(), refusedWith('timeout'));
  await clock.advance(15_000);
  await assert.rejects(source.getToken(), refusedWith('server_error'));
  assert.equal(server.calls.length, 3);
});

rule(
  'a refusal of the grant is a tombstone for a provider that needs a person, and a new grant for one that does not',
  async (world) => {
    const asking = world({ lifetimeMs: minute, traits: { interactive: true } });
    await assert.rejects(asking.source.getToken(), refusedWith('interaction_required'));
    await asking.source.getToken({ interactive: true });
    await asking.clock.advance(minute);
    asking.server.end();
    await assert.rejects(asking.source.getToken(), refusedWith('invalid_grant'));
    await assert.rejects(asking.source.getToken(), refusedWith('reauth_required'));
    assert.deepEqual(asking.server.calls, ['acquire', 'refresh']);
    const signing = world({ lifetimeMs: minute });
    await signing.source.getToken();
    await signing.clock.advance(minute);
    signing.server.end();
    assert.equal((await signing.source.getToken()).token, 'access-token-number-2');
    assert.deepEqual(signing.server.calls, ['acquire', 'refresh', 'acquire']);
  },
);

rule('an access token that still lives is served while its grant is dead', async (world) => {
  const { source, server, clock } = world({ lifetimeMs: 10 * minute, traits: { interactive: true } });
  const token = await source.getToken({ interactive: true });
  server.end();
  await clock.advance(9 * minute);
  assert.equal(await source.getToken(), token);
  await clock.advance(0);
  assert.equal(source.status().state, 'dead');
  assert.equal(await source.getToken(), token);
  await clock.advance(minute);
  await assert.rejects(source.getToken(), refusedWith('reauth_required'));
  assert.equal(server.calls.length, 2);
});

test('a refusal is believed only where the record did not move on: another process may have rotated', async () => {
  const { source, another, server, clock } = world({ lifetimeMs: minute, traits: { interactive: true } });
  await source.getToken({ interactive: true });
  await clock.advance(minute);
  const adopted = server.issue();
  server.faults = [
    async () => {
      await another().adopt(adopted);
      throw new TokenError({ code: 'invalid_grant', message: 'spent' });
    },
  ];
  assert.equal((await source.getToken()).token, adopted.token.token);
  assert.equal(source.status().state, 'fresh');
});

test('a refresh that outlived its lease gives way to the grant that is newer', async () => {
  const { source, another, server, clock, store } = world({ lifetimeMs: 10 * minute });
  await source.getToken();
  await clock.advance(10 * minute);
  server.losses = [
    async () => {
      await another().adopt({ token: { token: 'the-newer-access-token', lifetimeMs: minute }, refreshToken: 'newer' });
    },
  ];
  assert.equal((await source.getToken()).token, 'the-newer-access-token');
  assert.equal((await stored(store)).grant?.refreshToken, 'newer');
});

test('what a refresh leaves out is kept', async () => {
  const { source, server, clock, store } = world({ lifetimeMs: minute, traits: { rotates: 'no' } });
  await source.adopt({
    token: { token: 'a-first-access-token', lifetimeMs: minute, scope: 'read', extra: { ticket: 't', drive: '1' } },
    refreshToken: 'a-lasting-refresh-token',
    refreshExpiresAtMs: clock.nowMs() + 60 * minute,
    raw: { region: 'cn', note: 'old' },
  });
  const { refresh } = server.provider;
  assert.ok(refresh);
  Object.assign(server.provider, {
    refresh: async () => ({
      token: { token: 'a-second-access-token', lifetimeMs: minute, extra: { drive: '2' } },
      raw: { note: 'new' },
    }),
  });
  await clock.advance(minute);
  const token = await source.getToken();
  assert.deepEqual([token.scope, token.extra], ['read', { ticket: 't', drive: '2' }]);
  const { grant } = await stored(store);
  assert.deepEqual(
    [grant?.refreshToken, grant?.refreshExpiresAtMs, grant?.raw],
    ['a-lasting-refresh-token', clock.nowMs() + 59 * minute, { region: 'cn', note: 'new' }],
  );
});

rule('a refresh token that is over is not sent', async (world) => {
  const { source, server, clock } = world({ lifetimeMs: minute });
  const grant = server.issue();
  await source.adopt({ ...grant, refreshExpiresAtMs: clock.nowMs() + minute });
  await clock.advance(3 * minute);
  await source.getToken();
  assert.deepEqual(server.calls, ['acquire']);
});

test('a lock that is held too long is not waited for without end: a usable token, the one of others, or lock_timeout', async () => {
  const store = memoryStore();
  const { source, clock, another } = world({ lifetimeMs: 10 * minute, store, lock: takenLock });
  await assert.rejects(source.getToken(), refusedWith('lock_timeout'));
  const grant = { token: { token: 'an-access-token-of-others', lifetimeMs: 10 * minute }, refreshToken: 'r' };
  await another().adopt(grant);
  const held = await source.getToken();
  assert.equal(held.token, grant.token.token);
  await clock.advance(5 * minute);
  assert.equal(await source.getToken({ minValidityMs: 6 * minute }), held);
  await assert.rejects(source.getToken({ forceRefresh: true }), refusedWith('lock_timeout'));
});

test('a logout while the store writes what a refresh brought leaves nothing that is served', async () => {
  const inner = memoryStore();
  let loggedOut: Promise<unknown> | undefined;
  const store: TokenStore = {
    ...inner,
    async write(name, record, condition) {
      const outcome = await inner.write(name, record, condition);
      loggedOut ??= source.logout();
      await new Promise((resolve) => setImmediate(resolve));
      return outcome;
    },
  };
  const { source, server } = world({ store });
  await source.getToken();
  await loggedOut;
  assert.equal(source.peek(), undefined);
  assert.equal(await inner.read(key), undefined);
  assert.deepEqual(server.revoked, ['access-token-number-1']);
});

test('of several processes without a lock that find the intent of a dead one, one resumes it', async () => {
  const { source, another, server, clock, store } = world({ lifetimeMs: 10 * minute, lock: broken });
  await source.getToken();
  await clock.advance(10 * minute);
  const before = await stored(store);
  const nowMs = clock.nowMs();
  const intent = { idempotencyKey: 'of the dead', startedAtMs: nowMs, notedAtMs: nowMs, writer: 'the dead' };
  const { generation } = before;
  await store.write(key, { ...before, generation: generation + 1, intent }, { ifGeneration: generation });
  await clock.advance(30_000);
  server.faults = [() => clock.sleep(1_000)];
  const tokens = Promise.all([source, another(), another()].map((one) => one.getToken()));
  await clock.advance(2_000);
  assert.deepEqual(new Set((await tokens).map(({ token }) => token)), new Set(['access-token-number-2']));
  assert.deepEqual(server.calls, ['acquire', 'refresh']);
  assert.equal(server.idempotencyKeys[1], 'of the dead');
});

rule(
  'a call that may ask a person does so where the grant is refused, and a refresh has its own deadline',
  async (world) => {
    const { source, server, clock } = world({ lifetimeMs: minute, traits: { interactive: true } });
    await source.getToken({ interactive: true });
    await clock.advance(minute);
    server.faults = [() => new Promise(() => {})];
    const late = assert.rejects(source.getToken({ interactive: true }), refusedWith('timeout'));
    await clock.advance(10_000);
    await late;
    server.end();
    assert.equal((await source.getToken({ interactive: true })).token, 'access-token-number-2');
    assert.deepEqual(server.calls, ['acquire', 'refresh', 'refresh', 'acquire']);
  },
);

test('a wait for the lock that ends by a token which is gone again begins anew', async () => {
  const inner = memoryStore();
  let changed = (): void => {};
  const store: TokenStore = {
    ...inner,
    watch(_, told) {
      changed = told;
      return () => {};
    },
  };
  let isFree = false;
  const lock: Lock = {
    async run(name, options, work) {
      if (isFree) return processLock(clock).run(name, options, work);
      await new Promise<void>((resolve) => options.signal?.addEventListener('abort', () => resolve()));
      isFree = true;
      await inner.remove(key);
      source.invalidate(other, 'logged out');
      throw new TokenError({ code: 'aborted', message: 'the wait was ended' });
    },
  };
  const { source, clock } = world({ store, lock });
  const others = world({ store: inner });
  others.server.issue();
  const token = source.getToken();
  await clock.advance(0);
  const other = await others.source.getToken();
  changed();
  await clock.advance(0);
  assert.equal((await token).token, 'access-token-number-1');
});

test('a token that was invalidated is not taken up again from the store for who rejects an older one', async () => {
  const { source } = world();
  const first = await source.getToken();
  const second = await source.getToken({ forceRefresh: true });
  source.invalidate(second, 'revoked');
  assert.notEqual((await source.getToken({ reject: first })).token, second.token);
});

test('a grant that is adopted ends the wait for a lock that others hold', async () => {
  const lock: Lock = {
    async run(_, { signal }) {
      await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
      throw new TokenError({ code: 'aborted', message: 'the wait was ended' });
    },
  };
  const inner = memoryStore();
  // As of a disk or another tab: told a moment after the write.
  const watch = (name: string, told: () => void) => inner.watch?.(name, () => setImmediate(told)) ?? (() => {});
  const { source, server, clock } = world({ lock, store: { ...inner, watch } });
  const waiting = source.getToken();
  await clock.advance(0);
  const { token } = await source.adopt(server.issue());
  await clock.advance(0);
  assert.equal(clock.sleeping.length, 0);
  assert.equal((await waiting).token, token);
});

test('a refresh that waited through a logout elsewhere spends nothing of the login that followed', async () => {
  const { source, another, server, clock } = world({ lifetimeMs: 10 * minute });
  await source.getToken();
  server.faults = [fails('rate_limited', { retryAfterMs: 30_000 })];
  const forced = assert.rejects(source.getToken({ forceRefresh: true }), refusedWith('closed'));
  await clock.advance(0);
  const other = another();
  await other.logout();
  const { token } = await other.getToken();
  await other.close();
  clock.shift(20 * minute);
  await clock.advance(30_000);
  await forced;
  assert.deepEqual(server.calls, ['acquire', 'refresh', 'acquire']);
  assert.deepEqual(server.revoked, ['access-token-number-1']);
  assert.notEqual((await source.getToken()).token, token);
  assert.deepEqual(server.calls, ['acquire', 'refresh', 'acquire', 'refresh']);
});
