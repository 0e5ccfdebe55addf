import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock } from '../testing/manual-clock.ts';
import { offsetFrom, systemClock } from './clock.ts';
import { createTokenSource } from './create.ts';
import { lifetimeOf } from './lifetime.ts';
import { defaultPolicy, type Policy, policyOf } from './policy.ts';
import { refusedWith, rule, world } from './source.sample.ts';

const minute = 60_000;
const hour = 60 * minute;

rule('a clock that is set forward costs one refresh, and is told', async (world) => {
  const { source, server, clock, events } = world({ lifetimeMs: 30 * minute });
  await source.getToken();
  clock.shift(hour);
  await source.getToken();
  await source.getToken();
  assert.equal(server.calls.length, 2);
  const skews = events.flatMap((event) => (event.type === 'clock.skew' ? [event.differenceMs] : []));
  assert.deepEqual(skews, [hour]);
});

rule('a clock that is set back does not make a token live longer', async (world) => {
  const { source, server, clock } = world({ lifetimeMs: 30 * minute });
  await source.getToken();
  clock.shift(-hour);
  await source.getToken();
  assert.equal(server.calls.length, 1);
  await clock.advance(30 * minute);
  await source.getToken();
  assert.equal(server.calls.length, 2);
});

test('after a restart with a clock that was set back, nobody knows the age of a token: it is refreshed once', async () => {
  const { source, another, server, clock } = world({ lifetimeMs: 30 * minute });
  await source.getToken();
  clock.shift(-hour);
  const next = another();
  await next.getToken();
  await another().getToken();
  assert.equal(server.calls.length, 2);
});

rule('a token that is over is not taken up again because the wall clock is slow', async (world) => {
  const { source, server, clock } = world({ lifetimeMs: 30 * minute });
  const first = await source.getToken();
  clock.shift(-50_000);
  await clock.advance(30 * minute);
  assert.equal(source.peek(), undefined);
  assert.notEqual((await source.getToken()).token, first.token);
  assert.equal(server.calls.length, 2);
});

rule('small steps of the clock change nothing', async (world) => {
  const { source, server, clock } = world({ lifetimeMs: 30 * minute });
  await source.getToken();
  for (const step of [60_000, -120_000]) {
    clock.shift(step);
    await source.getToken();
  }
  assert.equal(server.calls.length, 1);
});

rule('a pause that was written before the clock was set back does not last an hour longer', async (world) => {
  const { source, server, clock } = world({ policy: { retries: 0 } });
  server.faults = [
    () => {
      throw new Error('a provider with a mistake');
    },
  ];
  await assert.rejects(source.getToken(), refusedWith('config'));
  clock.shift(-hour);
  await source.getToken();
});

rule('an end by the clock of the server is judged by that clock, once its Date header was seen', async (world) => {
  const clock = manualClock();
  const serverIsAheadMs = -hour;
  const serverNowMs = (): number => clock.nowMs() + serverIsAheadMs;
  const { server } = world();
  let calls = 0;
  const provider: typeof server.provider = {
    id: 'dated',
    kind: 'dated',
    traits: { rotates: 'no' },
    key: () => 'dated',
    acquire: async (context) => {
      calls += 1;
      context.clock.learn(new Date(serverNowMs()).toUTCString(), 0);
      return { token: { token: `dated-access-token-${calls}`, expiresAtMs: serverNowMs() + 30 * minute } };
    },
  };
  const source = createTokenSource({ provider, clock });
  const token = await source.getToken();
  assert.equal(calls, 1);
  assert.ok(Math.abs(token.expiresInMs() - 30 * minute) <= 1_000);
  await clock.advance(20 * minute);
  await source.getToken();
  assert.equal(calls, 1);
});

rule('a token that is over on receipt is an error that says why, and no storm', async (world) => {
  const { source, server, clock } = world();
  Object.assign(server.provider, {
    acquire: async () => {
      server.calls.push('acquire');
      return { token: { token: 'an-access-token-of-yesterday', expiresAtMs: clock.nowMs() - hour } };
    },
  });
  await assert.rejects(source.getToken(), refusedWith('clock_skew'));
  await assert.rejects(source.getToken(), refusedWith('clock_skew'));
  assert.equal(server.calls.length, 1);
});

rule('a lifetime shorter than the server ever gives corrects the clock', async (world) => {
  const { source, server, clock } = world({ traits: { rotates: 'no', minLifetimeMs: hour } });
  Object.assign(server.provider, {
    acquire: async () => ({ token: { token: 'an-access-token-seen-late', expiresAtMs: clock.nowMs() + minute } }),
  });
  const token = await source.getToken();
  assert.equal(token.expiresInMs(), hour);
});

test('offsets are the difference to a Date header, above five seconds, and nothing is learned from nonsense', () => {
  const nowMs = Date.UTC(2026, 10, 22);
  const at = (ms: number): string => new Date(nowMs + ms).toUTCString();
  assert.equal(offsetFrom(at(4_000), 0, nowMs), 0);
  assert.equal(offsetFrom(at(5_000), 0, nowMs), 5_500);
  assert.equal(offsetFrom(at(-hour), 2_000, nowMs), -hour + 1_500);
  assert.equal(offsetFrom('noon', 0, nowMs), undefined);
  assert.equal(offsetFrom(null, 0, nowMs), undefined);
});

test('the windows are the defaults, a hint of the server, or what the policy says', () => {
  const life = (lifetimeMs: number, policy = {}, refreshAtMs?: number) =>
    lifetimeOf(
      { token: 't', lifetimeMs, ...(refreshAtMs === undefined ? {} : { refreshAtMs }) },
      { ...defaultPolicy, jitterShare: 0, ...policy },
      0,
      '',
    );
  assert.deepEqual(life(hour), { wholeMs: hour, softInMs: 55 * minute, hardInMs: hour - 10_000 });
  assert.deepEqual(life(minute), { wholeMs: minute, softInMs: 48_000, hardInMs: 57_000 });
  assert.equal(life(hour, {}, 30 * minute).softInMs, 30 * minute);
  assert.equal(life(hour, { softMs: 0 }).softInMs, hour - 10_000);
});

rule('a token without an end is good for any policy', async (world) => {
  for (const policy of [{ hardShare: 0 }, { hardMs: Number.POSITIVE_INFINITY }]) {
    const { source, server } = world({ policy });
    server.lifetimeMs = undefined;
    await source.getToken();
    assert.equal(source.status().state, 'fresh');
  }
});

rule('a hint that was over on receipt is none, and does not make each call a refresh', async (world) => {
  const { source, server, clock } = world();
  const issue = server.issue.bind(server);
  server.issue = () => {
    const { token, ...grant } = issue();
    return { ...grant, token: { ...token, refreshAtMs: clock.nowMs() } };
  };
  for (let calls = 0; calls < 3; calls += 1) {
    await source.getToken();
    await clock.advance(1);
  }
  assert.equal(server.calls.length, 1);
});

test('jitter takes away up to a quarter of the soft window, always the same for one token and process', () => {
  const soft = (seed: string) => lifetimeOf({ token: 't', lifetimeMs: hour }, defaultPolicy, 0, seed).softInMs;
  const drawn = Array.from({ length: 200 }, (_, n) => soft(String(n)));
  assert.ok(Math.min(...drawn) >= 55 * minute);
  assert.ok(Math.max(...drawn) <= 56.25 * minute);
  assert.ok(new Set(drawn).size > 150);
  assert.equal(soft('7'), soft('7'));
});

test('a policy that cannot work is refused by the name of its option', () => {
  const names = (policy: Partial<Policy>, name: RegExp): void => assert.throws(() => world({ policy }), name);
  names({ softMs: -1 }, /softMs/);
  names({ retries: Number.NaN }, /retries/);
  names({ hardShare: 1.01 }, /hardShare/);
  names({ lockWaitMs: 10_000 }, /httpTimeoutMs < lockWaitMs < leaseMs/);
  names({ leaseMs: 15_000 }, /httpTimeoutMs < lockWaitMs < leaseMs/);
  assert.deepEqual(policyOf({ softMs: undefined }), defaultPolicy);
});

test('who slept until an instant is not there before it by the wall clock, whose milliseconds begin elsewhere', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  let isOver = false;
  const over = systemClock()
    .sleep(200)
    .then(() => {
      isOver = true;
    });
  context.mock.timers.tick(200);
  await Promise.resolve();
  await Promise.resolve();
  assert.equal(isOver, false);
  context.mock.timers.tick(1);
  await over;
});
