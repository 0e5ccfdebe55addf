import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type AttemptDecision, decideAttempt, type LoginAttempts, type LoginPolicy } from './login-attempts.ts';

const policy: LoginPolicy = {
  freeFailures: 3,
  firstDelaySeconds: 2,
  longestDelaySeconds: 10,
  lockAfterFailures: 8,
  lockSeconds: 900,
  forgetAfterSeconds: 3600,
};
const nowMs = 1_000_000_000;

const standing = (failures: number, change: Partial<LoginAttempts> = {}): LoginAttempts => ({
  failures,
  lastAtMs: nowMs,
  blockedUntilMs: nowMs,
  ...change,
});
const decide = (before: LoginAttempts | undefined, change: Partial<LoginPolicy> = {}, atMs = nowMs): AttemptDecision =>
  decideAttempt(before, { ...policy, ...change }, atMs);
const taken = (failures: number, waitSeconds: number, atMs = nowMs): AttemptDecision => ({
  do: 'try',
  next: { failures, lastAtMs: atMs, blockedUntilMs: atMs + waitSeconds * 1000 },
});
const waitAfter = (failures: number, change: Partial<LoginPolicy> = {}): number | undefined => {
  const decided = decide(standing(failures - 1), change);
  return decided.do === 'try' ? (decided.next.blockedUntilMs - nowMs) / 1000 : undefined;
};

describe('the wait after a failure', () => {
  it('is none for those that are free, then doubles up to the longest, then the lock', () => {
    assert.deepEqual(decide(undefined), taken(1, 0));
    assert.deepEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((failures) => waitAfter(failures)),
      [0, 0, 0, 2, 4, 8, 10, 900],
    );
  });

  it('starts with the first failure where none is free', () => {
    assert.deepEqual(decide(undefined, { freeFailures: 0 }), taken(1, 2));
  });

  it('locks one name with its first failure where the policy says so', () => {
    assert.deepEqual(decide(undefined, { lockAfterFailures: 1 }), taken(1, 900));
  });

  it('never locks where the policy says 0, and stays at the longest', () => {
    for (const failures of [8, 9, 100]) assert.equal(waitAfter(failures, { lockAfterFailures: 0 }), 10);
  });

  it('is a number after any count of failures', () => {
    for (const failures of [1000, 1028, 1029, 5000, Number.MAX_SAFE_INTEGER]) {
      assert.equal(waitAfter(failures, { lockAfterFailures: 0 }), 10);
      assert.equal(waitAfter(failures, { lockAfterFailures: 0, firstDelaySeconds: 0 }), 0);
    }
  });
});

describe('an attempt', () => {
  it('is refused until the millisecond before the wait is over, and taken from there on', () => {
    const before = standing(4, { blockedUntilMs: nowMs + 2000 });
    const refused = { do: 'refuse', retryAtMs: nowMs + 2000, isLocked: false };
    assert.deepEqual(decide(before), refused);
    assert.deepEqual(decide(before, {}, nowMs + 1999), refused);
    assert.deepEqual(decide(before, {}, nowMs + 2000), taken(5, 4, nowMs + 2000));
    assert.deepEqual(decide(before, {}, nowMs + 2001), taken(5, 4, nowMs + 2001));
  });

  it('is told that the name is locked at the failures that lock, not one before', () => {
    const locked = (failures: number) => {
      const decided = decide(standing(failures, { blockedUntilMs: nowMs + 1 }));
      return decided.do === 'refuse' && decided.isLocked;
    };
    assert.deepEqual([7, 8, 9].map(locked), [false, true, true]);
  });

  it('starts again from nothing when a lock is over', () => {
    const before = standing(8, { blockedUntilMs: nowMs + 900_000 });
    assert.equal(decide(before, {}, nowMs + 899_999).do, 'refuse');
    assert.deepEqual(decide(before, {}, nowMs + 900_000), taken(1, 0, nowMs + 900_000));
  });

  it('starts again from nothing when nobody tried for as long as is remembered, not a millisecond before', () => {
    const before = standing(5);
    assert.deepEqual(decide(before, {}, nowMs + 3_599_999), taken(6, 8, nowMs + 3_599_999));
    assert.deepEqual(decide(before, {}, nowMs + 3_600_000), taken(1, 0, nowMs + 3_600_000));
    assert.deepEqual(decide(before, {}, nowMs + 3_600_001), taken(1, 0, nowMs + 3_600_001));
  });

  it('still waits where a block outlasts what is remembered', () => {
    const before = standing(8, { blockedUntilMs: nowMs + 900_000 });
    assert.equal(decide(before, { forgetAfterSeconds: 1 }, nowMs + 899_999).do, 'refuse');
    assert.deepEqual(decide(before, { forgetAfterSeconds: 1 }, nowMs + 900_000), taken(1, 0, nowMs + 900_000));
  });

  it('is judged by the policy of today', () => {
    assert.deepEqual(decide(standing(7), { lockAfterFailures: 5 }), taken(1, 0));
    assert.deepEqual(decide(standing(7), { lockAfterFailures: 20, freeFailures: 10 }), taken(8, 0));
  });
});

describe('whoever guesses', () => {
  /** Guesses taken of callers who try at these instants. */
  const guesses = (rules: LoginPolicy, instants: readonly number[]): number => {
    let before: LoginAttempts | undefined;
    let count = 0;
    for (const atMs of instants) {
      const decided = decideAttempt(before, rules, atMs);
      if (decided.do === 'refuse') continue;
      before = decided.next;
      count++;
    }
    return count;
  };

  it('at one instant has the free ones and one more, however many try', () => {
    const instants = Array.from({ length: 1000 }, () => nowMs);
    assert.equal(guesses(policy, instants), 4);
    assert.equal(guesses({ ...policy, freeFailures: 0 }, instants), 1);
    assert.equal(guesses({ ...policy, freeFailures: 100 }, instants), 8);
  });

  it('every second of a day has no more than each lock lets through', () => {
    const day = Array.from({ length: 86_400 }, (_, second) => nowMs + second * 1000);
    // Eight guesses take 24 seconds of waiting before the lock.
    assert.equal(guesses(policy, day), Math.ceil(86_400 / 924) * 8);
  });

  it('never gets an attempt while it is blocked, nor an instant that is no whole number', () => {
    const rules = fc.record({
      freeFailures: fc.nat(10),
      firstDelaySeconds: fc.nat(10),
      longestDelaySeconds: fc.nat(100),
      lockAfterFailures: fc.nat(20),
      lockSeconds: fc.nat(1000),
      forgetAfterSeconds: fc.nat(2000),
    });
    fc.assert(
      fc.property(rules, fc.array(fc.nat(30_000), { maxLength: 100 }), (generated, steps) => {
        let before: LoginAttempts | undefined;
        let atMs = nowMs;
        for (const step of steps) {
          atMs += step;
          const decided = decideAttempt(before, generated, atMs);
          const blockedUntilMs = before?.blockedUntilMs ?? 0;
          assert.equal(decided.do === 'refuse', atMs < blockedUntilMs);
          if (decided.do === 'refuse') {
            assert.equal(decided.retryAtMs, blockedUntilMs);
            continue;
          }
          assert.ok(Number.isSafeInteger(decided.next.blockedUntilMs) && decided.next.blockedUntilMs >= atMs);
          assert.ok(decided.next.failures >= 1 && decided.next.failures <= (before?.failures ?? 0) + 1);
          before = decided.next;
        }
      }),
    );
  });
});
