/**
 * A test of one's own code against the emulator: what it does on the next day, when the server is busy, and when an answer is
 * lost. `npm install --save-dev hufu`, then `node --test`.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTokenSource, isTokenError, type TokenSource } from '@hufu/client';
import { pdsJwt } from '@hufu/client/providers/pds';
import { manualClock } from '@hufu/client/testing';
import { startEmulator } from 'hufu/testing';

/** The code that is tested. */
const greet = async (source: TokenSource): Promise<string> => `Hello, ${(await source.getToken()).extra.user_name}`;

const start = '2026-01-01T00:00:00Z';

/** A server and a client whose clocks stand, and move together. */
async function world() {
  const emulator = await startEmulator({ clock: start });
  const { apiEndpoint: endpoint, domainId, jwtApp, user } = emulator.description.pds;
  const clock = manualClock(Date.parse(start));
  const source = createTokenSource({
    provider: pdsJwt({ endpoint, domainId, ...jwtApp, userId: user.userId }),
    clock,
    // Nobody moves the clock while it waits between attempts, so that it does not.
    policy: { retries: 0, retryAfterMostMs: 0 },
  });
  return {
    emulator,
    source,
    calls: () => emulator.requests.list().map(({ path }) => path),
    async hoursLater(hours: number) {
      emulator.clock.advance(hours * 3600);
      await clock.advance(hours * 3_600_000);
    },
    [Symbol.asyncDispose]: () => emulator.stop(),
  };
}

test('the next day the session is renewed, and nobody notices', async () => {
  await using here = await world();
  assert.equal(await greet(here.source), 'Hello, demo');
  await here.hoursLater(24);
  assert.equal(await greet(here.source), 'Hello, demo');
  assert.deepEqual(here.calls(), ['/v2/oauth/token', '/v2/account/token']);
});

test('while the server is busy, the token is served until its end', async () => {
  await using here = await world();
  await greet(here.source);
  await here.hoursLater(1.95);
  here.emulator.faults.add({ path: '/v2/account/token', when: 'before', do: 'status', status: 503, times: 10 });
  assert.equal(await greet(here.source), 'Hello, demo');
  await here.hoursLater(0.05);
  await assert.rejects(greet(here.source), (error: unknown) => isTokenError(error, 'server_error'));
});

test('an answer that is lost costs no session', async () => {
  await using here = await world();
  await greet(here.source);
  here.emulator.faults.add({ path: '/v2/account/token', when: 'after-commit', do: 'drop' });
  await assert.rejects(here.source.getToken({ forceRefresh: true }));
  await here.hoursLater(3);
  assert.equal(await greet(here.source), 'Hello, demo');
});
