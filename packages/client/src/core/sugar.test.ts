import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock } from '../testing/manual-clock.ts';
import { chain } from './chain.ts';
import { fromFunction } from './from-function.ts';
import { fails, refusedWith, rule } from './source.sample.ts';
import { staticToken } from './static-token.ts';

const minute = 60_000;

test('a fixed token is always the same, and says so when it is refused', async () => {
  const source = staticToken('a-token-that-an-operator-set');
  const token = await source.getToken();
  assert.equal(token.token, 'a-token-that-an-operator-set');
  assert.equal(await source.getToken(), token);
  await assert.rejects(source.getToken({ reject: token }), refusedWith('reauth_required'));
  assert.throws(() => staticToken(''), refusedWith('config'));
});

test('a function is asked once for all callers, and again when its token is near its end', async () => {
  const clock = manualClock();
  let calls = 0;
  const source = fromFunction(
    async () => {
      calls += 1;
      return { token: `token-of-call-${calls}`, expiresAt: new Date(clock.nowMs() + 10 * minute) };
    },
    { clock },
  );
  const tokens = await Promise.all(Array.from({ length: 50 }, () => source.getToken()));
  assert.deepEqual(new Set(tokens.map(({ token }) => token)), new Set(['token-of-call-1']));
  for (let count = 0; count < 10; count += 1) await source.getToken();
  assert.equal(calls, 1);
  await clock.advance(10 * minute);
  assert.equal((await source.getToken()).token, 'token-of-call-2');
});

test('a function that gives no token, or an end that is no instant, is told so', async () => {
  for (const got of ['', { token: 'a-token', expiresAt: Number.NaN }]) {
    await assert.rejects(fromFunction(async () => got).getToken(), refusedWith('malformed_response'));
  }
});

rule('a chain asks the next source where one has nothing, and keeps to the one that has', async (world) => {
  const asking = world({ traits: { interactive: true } });
  const signing = world();
  const source = chain(asking.source, signing.source);
  const token = await source.getToken();
  assert.equal(await source.getToken(), token);
  assert.deepEqual([asking.server.calls, signing.server.calls], [[], ['acquire']]);
  assert.equal(source.peek(), token);
  await source.logout();
  assert.equal(source.peek(), undefined);
});

rule('a chain asks the next source where a token is refused, and its source has no other', async (world) => {
  const { source: signing } = world();
  const source = chain(staticToken('a-token-that-an-operator-set'), signing);
  const token = await source.getToken();
  const other = await source.getToken({ reject: token });
  assert.equal(other.token, 'access-token-number-1');
  assert.equal(await source.getToken(), other);
});

rule('a chain does not turn a server that is down into another identity', async (world) => {
  const down = world({ policy: { retries: 0 } });
  down.server.faults = [fails('server_error', { status: 503 })];
  const other = world();
  await assert.rejects(chain(down.source, other.source).getToken(), refusedWith('server_error'));
  assert.deepEqual(other.server.calls, []);
});
