import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { manualClock } from '../testing/manual-clock.ts';
import { directly } from './direct.ts';
import type { ProviderContext } from './provider.ts';
import { refusedWith } from './source.sample.ts';

const never = (): Promise<never> => new Promise(() => {});

suite('a call without a token source', () => {
  test('gets what a provider gets from the engine', async () => {
    const clock = manualClock();
    const send = async () => new Response('');
    const call = async ({ fetch, clock: own, attempt, idempotencyKey }: ProviderContext) => {
      assert.deepEqual([fetch, own, attempt], [send, clock, 1]);
      assert.match(idempotencyKey, /^[0-9a-f]{32}$/);
      return 'result';
    };
    assert.equal(await directly({ fetch: send, clock })(undefined, call), 'result');
  });

  test('ends at its deadline, and what it waits for is told', async () => {
    const clock = manualClock();
    let context: ProviderContext | undefined;
    const calling = directly({ clock, timeoutMs: 2_000 })(undefined, (given) => {
      context = given;
      return never();
    });
    const refused = assert.rejects(calling, refusedWith('timeout'));
    await clock.advance(1_999);
    assert.equal(context?.signal.aborted, false);
    await clock.advance(1);
    await refused;
    assert.equal(context?.signal.aborted, true);
  });

  test('has ten seconds unless told otherwise', async () => {
    const clock = manualClock();
    const refused = assert.rejects(directly({ clock })(undefined, never), refusedWith('timeout'));
    await clock.advance(0);
    assert.deepEqual(clock.sleeping, [10_000]);
    await clock.advance(10_000);
    await refused;
  });

  test("ends with its caller's signal, before and during", async () => {
    const clock = manualClock();
    const direct = directly({ clock });
    await assert.rejects(direct({ signal: AbortSignal.abort() }, never), refusedWith('aborted'));
    const ending = new AbortController();
    const refused = assert.rejects(direct({ signal: ending.signal }, never), refusedWith('aborted'));
    ending.abort();
    await refused;
    assert.deepEqual(clock.sleeping, []);
  });

  test('its own failure is passed on', async () => {
    const failing = directly({ clock: manualClock() })(undefined, async () => assert.fail('as the test wants'));
    await assert.rejects(failing, /as the test wants/);
  });
});
