import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fails, refusedWith, rule, world } from './source.sample.ts';

const minute = 60_000;
const always = <Fault>(fault: Fault, count = 50): Fault[] => Array.from({ length: count }, () => fault);

rule('a failed refresh ahead never turns a usable token into an error', async (world) => {
  const { source, server, clock, events } = world({ lifetimeMs: 10 * minute, traits: { rotates: 'no' } });
  const first = await source.getToken();
  server.faults = always(fails('server_error', { status: 503 }));
  await clock.advance(8 * minute);
  while (source.peek()) {
    assert.equal(await source.getToken(), first);
    await clock.advance(5_000);
  }
  assert.ok(events.some((event) => event.type === 'stale.served'));
  await assert.rejects(source.getToken(), refusedWith('server_error'));
  server.faults = [];
  await clock.advance(10 * minute);
  assert.notEqual((await source.getToken()).token, first.token);
});

rule(
  'during a pause callers get the typed error at once, with the time that is left, and no exchange',
  async (world) => {
    const { source, server, clock } = world({ policy: { retries: 0 } });
    server.faults = always(fails('server_error', { status: 503 }));
    await assert.rejects(source.getToken(), refusedWith('server_error'));
    assert.equal(source.status().state, 'cooldown');
    assert.equal(source.status().nextAttemptAtMs, clock.nowMs() + 15_000);
    await clock.advance(5_000);
    await assert.rejects(source.getToken(), { code: 'server_error', retryAfterMs: 10_000, retryable: true });
    assert.equal(server.calls.length, 1);
    await clock.advance(10_000);
    await assert.rejects(source.getToken(), refusedWith('server_error'));
    assert.equal(server.calls.length, 2);
    assert.equal(source.status().nextAttemptAtMs, clock.nowMs() + 30_000);
  },
);

test('a pause holds for every process that shares the record, and ends with a success', async () => {
  const { source, another, server, clock } = world({ policy: { retries: 0 } });
  server.faults = always(fails('server_error', { status: 503 }), 1);
  await assert.rejects(source.getToken(), refusedWith('server_error'));
  const other = another();
  await assert.rejects(other.getToken(), refusedWith('server_error'));
  assert.equal(server.calls.length, 1);
  await clock.advance(15_000);
  await other.getToken();
  await source.getToken();
  assert.equal(source.status().state, 'fresh');
  assert.equal(server.calls.length, 2);
});

rule('what is worth a retry is tried again, at most three times', async (world) => {
  const { source, server, clock } = world();
  server.faults = always(fails('server_error', { status: 502 }), 3);
  const token = source.getToken();
  await clock.advance(20_000);
  assert.equal((await token).token, 'access-token-number-1');
  assert.equal(server.calls.length, 4);
  assert.equal(new Set(server.idempotencyKeys).size, 1);
});

rule('a pause is not put over a grant that was adopted meanwhile', async (world) => {
  const { source, server, clock } = world({ lifetimeMs: minute, policy: { retries: 0 } });
  await source.getToken();
  await clock.advance(minute);
  const grant = server.issue();
  server.faults = [
    async (context) => {
      await source.adopt(grant);
      await fails('server_error', { status: 503 })(context);
    },
  ];
  assert.equal((await source.getToken()).token, grant.token.token);
  assert.equal(source.status().state, 'fresh');
});

rule('a refresh ahead that cannot succeed is tried again after a while, not with each call', async (world) => {
  const { source, server, clock } = world({ lifetimeMs: 10 * minute, refreshes: false, traits: { rotates: 'no' } });
  const token = await source.getToken();
  server.faults = always(fails('interaction_required'));
  await clock.advance(8 * minute);
  for (const [waitMs, calls] of [
    [0, 2],
    [14_999, 2],
    [1, 3],
  ] as const) {
    await clock.advance(waitMs);
    for (let count = 0; count < 5; count += 1) assert.equal(await source.getToken(), token);
    await clock.advance(0);
    assert.equal(server.calls.length, calls);
  }
});

rule('an identity that cannot be told is asked for again by the next call', async (world) => {
  const { source, server } = world();
  let asked = 0;
  Object.assign(server.provider, {
    key: async () => {
      asked += 1;
      if (asked === 1) throw new Error('no key yet');
      return 'sample:alice';
    },
  });
  await assert.rejects(source.getToken(), refusedWith('config'));
  await Promise.all([source.getToken(), source.getToken()]);
  assert.equal(asked, 2);
});

rule('what is not worth a retry is not tried again', async (world) => {
  const { source, server } = world();
  server.faults = always(fails('config', { status: 400 }));
  await assert.rejects(source.getToken(), refusedWith('config'));
  assert.equal(server.calls.length, 1);
});

test('a Retry-After is waited for by a caller without a token, up to a minute, and not under the lock', async () => {
  const { source, another, server, clock } = world();
  server.faults = [fails('rate_limited', { status: 429, retryAfterMs: 7_000 })];
  const token = source.getToken();
  await clock.advance(6_999);
  assert.equal(server.calls.length, 1);
  await assert.rejects(another().getToken(), refusedWith('rate_limited'));
  await clock.advance(1);
  assert.equal((await token).token, 'access-token-number-1');
  assert.equal(server.calls.length, 2);
});

rule('several of Retry-After are waited for up to a minute together', async (world) => {
  const { source, server, clock } = world();
  server.faults = always(fails('rate_limited', { status: 429, retryAfterMs: 40_000 }), 2);
  const refused = assert.rejects(source.getToken(), refusedWith('rate_limited'));
  await clock.advance(40_000);
  await refused;
  await clock.advance(minute);
  assert.equal(server.calls.length, 2);
});

rule('when everybody was sent away, nobody waits for a better time any more', async (world) => {
  const { source, server, clock } = world({ policy: { flightTimeoutMs: 5_000 } });
  server.faults = [fails('rate_limited', { status: 429, retryAfterMs: 30_000 })];
  const refused = assert.rejects(source.getToken(), refusedWith('timeout'));
  await clock.advance(5_000);
  await refused;
  await clock.advance(minute);
  assert.deepEqual([server.calls.length, clock.sleeping], [1, []]);
});

rule('a longer Retry-After fails at once and is a pause of that length', async (world) => {
  const { source, server, clock } = world();
  server.faults = [fails('rate_limited', { status: 429, retryAfterMs: 60_001 })];
  await assert.rejects(source.getToken(), { code: 'rate_limited', retryAfterMs: 60_001 });
  assert.equal(source.status().nextAttemptAtMs, clock.nowMs() + 60_001);
});

rule('an exchange that does not end is ended by its deadline, and everybody gets a timeout', async (world) => {
  const { source, server, clock } = world({ traits: { rotates: 'no' }, policy: { retries: 0 } });
  server.faults = [() => new Promise<void>(() => {})];
  const outcome = assert.rejects(source.getToken(), refusedWith('timeout'));
  await clock.advance(9_999);
  assert.equal(source.status().lastError, undefined);
  await clock.advance(1);
  await outcome;
});

test('a store that hangs costs its callers two minutes, and not the next ones', async () => {
  const { store } = world();
  const never = new Promise<never>(() => {});
  let isHanging = true;
  const hanging = world({ store: { ...store, read: (key) => (isHanging ? never : store.read(key)) } });
  const outcome = assert.rejects(hanging.source.getToken(), refusedWith('timeout'));
  await hanging.clock.advance(2 * minute);
  await outcome;
  isHanging = false;
  const token = hanging.source.getToken();
  await hanging.clock.advance(minute);
  assert.equal((await token).token, 'access-token-number-1');
});

rule('after its end a token is served only where the policy says so', async (world) => {
  const { source, server, clock } = world({
    lifetimeMs: minute,
    policy: { staleIfError: 'expired-ok', retries: 0 },
    traits: { rotates: 'no' },
  });
  const first = await source.getToken();
  server.faults = always(fails('network'));
  await clock.advance(10 * minute);
  assert.equal(await source.getToken(), first);
  await assert.rejects(source.getToken({ reject: first }), refusedWith('network'));
});

rule('what a listener throws, also later, reaches nobody', async (world) => {
  const { source } = world();
  const seen: string[] = [];
  source.on('token.change', () => {
    throw new Error('a listener');
  });
  source.on('token.change', async () => {
    throw new Error('an async listener');
  });
  const off = source.on('token.change', ({ generation }) => seen.push(String(generation)));
  await source.getToken();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(seen.length, 1);
  off();
  await source.getToken({ forceRefresh: true });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(seen.length, 1);
});

rule('a listener may ask for a token while a refresh just ended', async (world) => {
  const { source } = world();
  const asked = new Promise<string>((resolve) => {
    source.on('refresh.success', async () => resolve((await source.getToken()).token));
  });
  await source.getToken();
  assert.equal(await asked, 'access-token-number-1');
});

rule('nothing that a source says holds a token', async (world) => {
  const { source, server, clock, events } = world({ lifetimeMs: minute, policy: { retries: 0 } });
  const token = await source.getToken();
  await clock.advance(minute);
  server.end();
  server.faults = [fails('server_error', { status: 500 })];
  const error: unknown = await source.getToken().catch((thrown: unknown) => thrown);
  const { inspect } = await import('node:util');
  const said = [
    inspect(events, { depth: 9 }),
    inspect(error),
    inspect(token),
    JSON.stringify(token),
    inspect({ ...token }),
    inspect(source.status()),
  ];
  for (const text of said) assert.doesNotMatch(text, /access-token-number|refresh-token-number/);
});
