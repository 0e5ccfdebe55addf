import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { sampleGrant, sampleIssuedAtMs } from './grant.sample.ts';
import { decideIssue } from './issue.ts';
import type { LifetimeRange } from './policy.ts';
import { decideRenewal } from './renewal.ts';
import { isOver } from './time.ts';

const range: LifetimeRange = { minimumSeconds: 10, defaultSeconds: 3_600, maximumSeconds: 86_400 };
const nowMs = sampleIssuedAtMs + 100_559;
const second = sampleIssuedAtMs + 100_000;
const ask = (seconds?: number) => ({ name: 'accessTime', seconds });
const grant = sampleGrant({ renewByMs: sampleGrant().expiresAtMs, accessTokenLifetimeSeconds: 86_400 });

/** Seconds that the new access token lives, counted from the second of the call. */
function renewed(change: Parameters<typeof sampleGrant>[0], seconds?: number, callerEndsAtMs?: number): number {
  const decision = decideRenewal({ ...grant, ...change }, range, ask(seconds), nowMs, callerEndsAtMs);
  assert.ok(decision.ok);
  assert.equal(decision.value.issuedAtMs, nowMs);
  return (decision.value.expiresAtMs - second) / 1000;
}

describe('renewal without rotation', () => {
  it('gives the default when nothing is asked', () => assert.equal(renewed({}), 3_600));

  it('gives what is asked within the range, and refuses one second beyond either end', () => {
    for (const seconds of [10, 11, 86_299]) assert.equal(renewed({}, seconds), seconds);
    const outside = {
      ok: false,
      reason: { code: 'lifetime_out_of_range', name: 'accessTime', maximumSeconds: 86_400 },
    };
    for (const seconds of [9, -1, 86_401, Number.NaN]) {
      assert.deepEqual(decideRenewal(grant, range, ask(seconds), nowMs, undefined), outside);
    }
    assert.equal(decideRenewal(grant, range, ask(86_400), nowMs, undefined).ok, true);
  });

  it('never gives more than the rule of the grant', () => {
    assert.equal(renewed({ accessTokenLifetimeSeconds: 599 }, 600), 599);
    assert.equal(renewed({ accessTokenLifetimeSeconds: 600 }, 600), 600);
    assert.equal(renewed({ accessTokenLifetimeSeconds: 601 }, 600), 600);
    assert.equal(renewed({ accessTokenLifetimeSeconds: 600 }), 600);
  });

  it('never gives more than the grant has left', () => {
    const ending = (atMs: number) => ({ expiresAtMs: atMs, renewByMs: atMs });
    assert.equal(renewed(ending(second + 599_000), 600), 599);
    assert.equal(renewed(ending(second + 600_000), 600), 600);
    assert.equal(renewed(ending(second + 601_000), 600), 600);
  });

  it('never gives more than the temporary credentials of the caller have left', () => {
    assert.equal(renewed({}, 600, second + 599_999), 599);
    assert.equal(renewed({}, 600, second + 600_000), 600);
    assert.equal(renewed({}, 600, second + 601_000), 600);
  });

  it('works any number of times until the last millisecond of the grant', () => {
    const { expiresAtMs } = grant;
    for (const [atMs, ok] of [
      [expiresAtMs - 1_001, true],
      [expiresAtMs - 1, true],
      [expiresAtMs, false],
      [expiresAtMs + 1, false],
    ] as const) {
      assert.equal(decideRenewal(grant, range, ask(), atMs, undefined).ok, ok, `${atMs - expiresAtMs}`);
    }
  });

  it('refuses a dead grant before it looks at what is asked', () => {
    const dead = { ...grant, revokedAtMs: nowMs };
    assert.deepEqual(decideRenewal(dead, range, ask(-1), nowMs, undefined), {
      ok: false,
      reason: { code: 'grant_revoked', grantId: grant.id },
    });
  });
});

describe('from issue to renewal, whatever is asked', () => {
  it('an access token never outlives its grant, the rule of the grant or its caller', () => {
    const policy = {
      grant: { minimumSeconds: 0, defaultSeconds: 86_400, maximumSeconds: 2_592_000 },
      accessToken: { ...range, minimumSeconds: 0 },
      overlongAccessToken: 'clamp' as const,
    };
    const optional = (min: number, max: number) => fc.option(fc.integer({ min, max }), { nil: undefined });
    fc.assert(
      fc.property(
        optional(0, 2_592_000),
        optional(0, 86_400),
        optional(0, 86_400),
        fc.integer({ min: 1, max: 2 ** 41 }),
        fc.integer({ min: 0, max: 2_592_000_000 }),
        optional(1, 100_000_000),
        (grantSeconds, tokenSeconds, renewSeconds, issuedAtMs, laterMs, callerLeftMs) => {
          const asked = {
            grantLifetime: { name: 'g', seconds: grantSeconds },
            accessTokenLifetime: { name: 'a', seconds: tokenSeconds },
          };
          const issued = decideIssue(policy, asked, issuedAtMs, undefined);
          assert.ok(issued.ok);
          const stored = sampleGrant({ ...issued.value, renewByMs: issued.value.expiresAtMs });
          const atMs = issuedAtMs + laterMs;
          const callerEndsAtMs = callerLeftMs === undefined ? undefined : atMs + callerLeftMs;
          const decision = decideRenewal(stored, policy.accessToken, ask(renewSeconds), atMs, callerEndsAtMs);
          assert.equal(decision.ok, !isOver(stored.expiresAtMs, atMs));
          if (!decision.ok) return;
          const { expiresAtMs } = decision.value;
          assert.equal(expiresAtMs % 1000, 0);
          assert.ok(expiresAtMs <= stored.expiresAtMs);
          assert.ok(expiresAtMs - atMs <= stored.accessTokenLifetimeSeconds * 1000);
          if (renewSeconds !== undefined) assert.ok(expiresAtMs - atMs <= renewSeconds * 1000);
          if (callerEndsAtMs !== undefined) {
            assert.ok(expiresAtMs <= callerEndsAtMs || isOver(expiresAtMs, atMs));
          }
        },
      ),
    );
  });
});
