import assert from 'node:assert/strict';
import { describe } from 'node:test';
import {
  type AttemptDecision,
  decideAttempt,
  type LoginAttempts,
  type LoginPolicy,
} from '../../core/login-attempts.ts';
import type { Store } from '../../service/ports.ts';
import type { Rule } from './fresh.ts';
import { everyEvent, startMs } from './samples.ts';

export const loginPolicy: LoginPolicy = {
  freeFailures: 3,
  firstDelaySeconds: 2,
  longestDelaySeconds: 60,
  lockAfterFailures: 6,
  lockSeconds: 900,
  forgetAfterSeconds: 3600,
};

/** What the core says to a caller who goes through these instants. */
function decisions(policy: LoginPolicy, instants: readonly number[]): readonly AttemptDecision[] {
  let standing: LoginAttempts | undefined;
  return instants.map((atMs) => {
    const decision = decideAttempt(standing, policy, atMs);
    if (decision.do === 'try') standing = decision.next;
    return decision;
  });
}

export function loginAttempts(rule: Rule): void {
  const atOnce = (store: Store, key: string, policy: LoginPolicy, nowMs: number) =>
    Promise.all(Array.from({ length: 64 }, () => store.countAttempt(key, policy, nowMs)));
  const word = (decision: AttemptDecision): string => decision.do;

  describe('countAttempt', () => {
    rule('decides as the core does, through delays, lock and forgetting', async (store) => {
      const afterSeconds = [0, 0, 0, 0, 1, 2, 3, 6, 7, 905, 906, 907, 908, 9999, 9999, 9999];
      const instants = afterSeconds.map((seconds) => startMs + seconds * 1000);
      const told: AttemptDecision[] = [];
      for (const atMs of instants) told.push(await store.countAttempt('alice', loginPolicy, atMs));
      assert.deepEqual(told, decisions(loginPolicy, instants));
      assert.ok(told.some((decision) => decision.do === 'refuse' && decision.isLocked));
      assert.ok(told.some((decision) => decision.do === 'refuse' && !decision.isLocked));
    });

    rule('lets exactly as many of 64 callers at once try as the policy allows', async (store) => {
      for (const freeFailures of [0, 1, 3]) {
        const key = `free ${freeFailures}`;
        const told = await atOnce(store, key, { ...loginPolicy, freeFailures }, startMs);
        // One more than cost nothing: it is the first that the others must wait for.
        assert.equal(told.filter(({ do: what }) => what === 'try').length, freeFailures + 1);
        assert.deepEqual(
          [...new Set(told.flatMap((one) => (one.do === 'refuse' ? [one.retryAtMs] : [])))],
          [startMs + 2000],
        );
      }
    });

    rule('locks at exactly the failures that lock, raced as well', async (store) => {
      for (const lockAfterFailures of [1, 5]) {
        const policy = { ...loginPolicy, freeFailures: 100, lockAfterFailures };
        const told = await atOnce(store, `lock ${lockAfterFailures}`, policy, startMs);
        assert.equal(told.filter(({ do: what }) => what === 'try').length, lockAfterFailures);
        for (const one of told) if (one.do === 'refuse') assert.ok(one.isLocked && one.retryAtMs === startMs + 900_000);
      }
    });

    rule('keeps names apart', async (store) => {
      await atOnce(store, 'alice', loginPolicy, startMs);
      assert.equal(word(await store.countAttempt('alice', loginPolicy, startMs)), 'refuse');
      for (const key of ['Alice', 'alice ', '', 'bob']) {
        assert.equal(word(await store.countAttempt(key, loginPolicy, startMs)), 'try');
      }
    });

    rule('still knows what it counted when it is opened again, and leaves the log alone', async (store, fresh) => {
      await atOnce(store, 'alice', loginPolicy, startMs);
      const again = await fresh.reopen();
      assert.equal(word(await again.countAttempt('alice', loginPolicy, startMs + 1999)), 'refuse');
      assert.equal(word(await again.countAttempt('alice', loginPolicy, startMs + 2000)), 'try');
      assert.deepEqual(await everyEvent(again), []);
    });
  });

  describe('forgetAttempts', () => {
    rule('lets the count start again from nothing, for this name only', async (store) => {
      for (const key of ['alice', 'bob']) await atOnce(store, key, loginPolicy, startMs);
      await store.forgetAttempts('alice');
      assert.deepEqual(await store.countAttempt('alice', loginPolicy, startMs), {
        do: 'try',
        next: { failures: 1, lastAtMs: startMs, blockedUntilMs: startMs },
      });
      assert.equal(word(await store.countAttempt('bob', loginPolicy, startMs)), 'refuse');
    });

    rule('of a name that was never tried does nothing', async (store) => {
      await store.forgetAttempts('alice');
    });
  });

  describe('purgeAttempts', () => {
    const failuresOf = async (store: Store, key: string) => {
      const told = await store.countAttempt(key, { ...loginPolicy, forgetAfterSeconds: 1_000_000 }, 10_000_000);
      return told.do === 'try' ? told.next.failures : undefined;
    };

    rule('deletes counts whose last attempt was before the instant, not at it nor after it', async (store) => {
      for (const atMs of [4999, 5000, 5001]) await store.countAttempt(`${atMs}`, loginPolicy, atMs);
      assert.equal(await store.purgeAttempts(5000, 100), 1);
      assert.deepEqual(
        [await failuresOf(store, '4999'), await failuresOf(store, '5000'), await failuresOf(store, '5001')],
        [1, 2, 2],
      );
    });

    rule('goes by the last attempt, not the first', async (store) => {
      for (const atMs of [10, 5000]) await store.countAttempt('alice', loginPolicy, atMs);
      assert.equal(await store.purgeAttempts(5000, 100), 0);
    });

    rule('deletes the oldest first, at most as many as it is told', async (store) => {
      for (const atMs of [50, 10, 40, 20, 30]) await store.countAttempt(`${atMs}`, loginPolicy, atMs);
      assert.equal(await store.purgeAttempts(100, 2), 2);
      assert.deepEqual([await failuresOf(store, '20'), await failuresOf(store, '30')], [1, 2]);
      assert.equal(await store.purgeAttempts(100, 1), 1);
      assert.equal(await store.purgeAttempts(100, 5), 1);
      assert.equal(await store.purgeAttempts(100, 5), 0);
    });
  });
}
