import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { decideIssue, type IssueAsk, type Lifetimes, outOfRange, secondsLeft, within } from './issue.ts';
import type { LifetimePolicy } from './policy.ts';
import type { Decision } from './reasons.ts';
import { isOver, unixSeconds } from './time.ts';

const policy: LifetimePolicy = {
  grant: { minimumSeconds: 60, defaultSeconds: 86_400, maximumSeconds: 2_592_000 },
  accessToken: { minimumSeconds: 10, defaultSeconds: 3_600, maximumSeconds: 86_400 },
  overlongAccessToken: 'clamp',
};
const strict: LifetimePolicy = { ...policy, overlongAccessToken: 'refuse' };
const nowMs = 1_730_257_365_559;
const second = 1_730_257_365_000;

const asking = (grant: number | undefined, access: number | undefined): IssueAsk => ({
  grantLifetime: { name: 'grantTime', seconds: grant },
  accessTokenLifetime: { name: 'accessTime', seconds: access },
});
const issue = (grant?: number, access?: number, callerEndsAtMs?: number, rules = policy): Decision<Lifetimes> =>
  decideIssue(rules, asking(grant, access), nowMs, callerEndsAtMs);
const accessSeconds = (decision: Decision<Lifetimes>): number | undefined =>
  decision.ok ? decision.value.accessTokenLifetimeSeconds : undefined;
const refused = (name: string, maximumSeconds: number) => ({
  ok: false,
  reason: { code: 'lifetime_out_of_range', name, maximumSeconds },
});

describe('issue', () => {
  it('gives the defaults when nothing is asked, ending on a whole second after the second of issue', () => {
    assert.deepEqual(issue(), {
      ok: true,
      value: { issuedAtMs: nowMs, expiresAtMs: second + 86_400_000, accessTokenLifetimeSeconds: 3_600 },
    });
  });

  it('accepts each end of the grant range and refuses one second beyond', () => {
    assert.deepEqual(issue(59), refused('grantTime', 2_592_000));
    assert.equal(issue(60).ok, true);
    assert.equal(issue(61).ok, true);
    assert.equal(issue(2_591_999).ok, true);
    assert.equal(issue(2_592_000).ok, true);
    assert.deepEqual(issue(2_592_001), refused('grantTime', 2_592_000));
  });

  it('accepts each end of the access token range and refuses one second beyond', () => {
    assert.deepEqual(issue(undefined, 9), refused('accessTime', 86_400));
    assert.equal(accessSeconds(issue(undefined, 10)), 10);
    assert.equal(accessSeconds(issue(undefined, 11)), 11);
    assert.equal(accessSeconds(issue(undefined, 86_399)), 86_399);
    assert.equal(accessSeconds(issue(undefined, 86_400)), 86_400);
    assert.deepEqual(issue(undefined, 86_401), refused('accessTime', 86_400));
  });

  it('refuses what is no number', () => {
    assert.deepEqual(issue(Number.NaN), refused('grantTime', 2_592_000));
    assert.deepEqual(issue(undefined, Number.NaN), refused('accessTime', 86_400));
  });

  it('shortens an access token to its grant where the policy clamps', () => {
    assert.equal(accessSeconds(issue(600, 599)), 599);
    assert.equal(accessSeconds(issue(600, 600)), 600);
    assert.equal(accessSeconds(issue(600, 601)), 600);
  });

  it('refuses an access token that outlives its grant where the policy says so', () => {
    assert.equal(accessSeconds(issue(600, 600, undefined, strict)), 600);
    assert.deepEqual(issue(600, 601, undefined, strict), refused('accessTime', 600));
  });

  it('never refuses the default access token for outliving its grant', () => {
    assert.equal(accessSeconds(issue(600, undefined, undefined, strict)), 600);
    assert.equal(accessSeconds(issue(600)), 600);
  });

  it('ends access tokens with the caller whose credentials are temporary, but not the grant', () => {
    const decision = issue(86_400, 600, second + 599_999);
    assert.deepEqual(decision, {
      ok: true,
      value: { issuedAtMs: nowMs, expiresAtMs: second + 86_400_000, accessTokenLifetimeSeconds: 599 },
    });
    assert.equal(accessSeconds(issue(86_400, 600, second + 600_000)), 600);
    assert.equal(accessSeconds(issue(86_400, 600, second + 601_000)), 600);
  });

  it('gives an access token no time at all once the caller is over', () => {
    assert.equal(accessSeconds(issue(86_400, 600, nowMs)), 0);
    assert.equal(accessSeconds(issue(86_400, 600, nowMs - 5_000)), 0);
  });
});

describe('within', () => {
  it('holds both ends of the range', () => {
    const range = { minimumSeconds: 0, defaultSeconds: 5, maximumSeconds: 10 };
    assert.deepEqual(
      [-1, 0, 1, 9, 10, 11, Number.NaN, Number.POSITIVE_INFINITY].map((seconds) => within(range, seconds)),
      [false, true, true, true, true, false, false, false],
    );
  });
});

describe('secondsLeft', () => {
  it('counts whole seconds, is never negative, and infinite where nothing ends', () => {
    assert.equal(secondsLeft(undefined, nowMs), Number.POSITIVE_INFINITY);
    assert.equal(secondsLeft(second + 999, nowMs), 0);
    assert.equal(secondsLeft(second + 1_000, nowMs), 1);
    assert.equal(secondsLeft(second + 1_001, nowMs), 1);
    assert.equal(secondsLeft(second - 1, nowMs), 0);
  });
});

describe('outOfRange', () => {
  it('names the parameter and its maximum', () => {
    assert.deepEqual(outOfRange('x', policy.grant), refused('x', 2_592_000));
  });
});

describe('whatever is asked', () => {
  const asked = fc.option(fc.integer({ min: -10, max: 3_000_000 }), { nil: undefined });

  it('an access token never outlives its grant, its caller or its range', () => {
    fc.assert(
      fc.property(
        asked,
        asked,
        fc.integer({ min: 0, max: 2 ** 41 }),
        fc.option(fc.integer({ min: -100_000, max: 3_000_000_000 }), { nil: undefined }),
        fc.constantFrom(policy, strict),
        (grant, access, now, callerLeftMs, rules) => {
          const callerEndsAtMs = callerLeftMs === undefined ? undefined : now + callerLeftMs;
          const decision = decideIssue(rules, asking(grant, access), now, callerEndsAtMs);
          if (!decision.ok) return;
          const { expiresAtMs, accessTokenLifetimeSeconds: seconds, issuedAtMs } = decision.value;
          assert.equal(issuedAtMs, now);
          assert.equal(expiresAtMs % 1000, 0);
          assert.ok(Number.isInteger(seconds) && seconds >= 0);
          assert.ok(seconds <= rules.accessToken.maximumSeconds);
          const tokenEndsAtMs = (unixSeconds(now) + seconds) * 1000;
          assert.ok(tokenEndsAtMs <= expiresAtMs);
          // A caller that is over already gets a token that is over already.
          if (callerEndsAtMs !== undefined) {
            assert.ok(tokenEndsAtMs <= callerEndsAtMs || isOver(tokenEndsAtMs, now));
          }
        },
      ),
    );
  });
});
