import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Rule } from './fresh.ts';
import { startMs } from './samples.ts';

export function assertions(rule: Rule): void {
  describe('rememberAssertion', () => {
    rule('takes an assertion once, after the store was opened again too', async (store, fresh) => {
      assert.equal(await store.rememberAssertion('app', 'one', startMs), true);
      assert.equal(await store.rememberAssertion('app', 'one', startMs), false);
      assert.equal(await store.rememberAssertion('app', 'one', startMs + 1), false);
      assert.equal(await (await fresh.reopen()).rememberAssertion('app', 'one', startMs), false);
    });

    rule('keeps issuers and ids apart', async (store) => {
      for (const [issuer, hash] of [
        ['app', 'one'],
        ['app', 'One'],
        ['app', 'two'],
        ['other', 'one'],
        ['', 'appone'],
        ['appone', ''],
      ] as const) {
        assert.equal(await store.rememberAssertion(issuer, hash, startMs), true);
      }
    });

    rule('takes it from exactly one of 64 callers at once', async (store) => {
      const calls = Array.from({ length: 64 }, () => store.rememberAssertion('app', 'one', startMs));
      assert.equal((await Promise.all(calls)).filter((isNew) => isNew).length, 1);
    });
  });

  describe('purgeAssertions', () => {
    rule('forgets what ended before the instant, not at it nor after it', async (store) => {
      for (const untilMs of [4999, 5000, 5001]) await store.rememberAssertion('app', `${untilMs}`, untilMs);
      assert.equal(await store.purgeAssertions(5000, 100), 1);
      assert.equal(await store.rememberAssertion('app', '4999', 9000), true);
      for (const untilMs of [5000, 5001]) {
        assert.equal(await store.rememberAssertion('app', `${untilMs}`, untilMs), false);
      }
    });

    rule('forgets the oldest first, at most as many as it is told', async (store) => {
      for (const untilMs of [50, 10, 40, 20, 30]) await store.rememberAssertion('app', `${untilMs}`, untilMs);
      assert.equal(await store.purgeAssertions(100, 2), 2);
      assert.equal(await store.rememberAssertion('app', '30', 30), false);
      assert.equal(await store.purgeAssertions(100, 2), 2);
      assert.equal(await store.purgeAssertions(100, 2), 1);
      assert.equal(await store.purgeAssertions(100, 2), 0);
    });
  });
}
