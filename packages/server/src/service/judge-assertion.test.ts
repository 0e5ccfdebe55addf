import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { AssertionClaims } from '../core/assertion.ts';
import { judgeAssertion } from './judge-assertion.ts';

const claims: AssertionClaims = {
  issuer: 'app',
  subject: { kind: 'user', id: 'u', create: false },
  audiences: ['t'],
  jti: 'j',
  exp: 1000,
  iat: 900,
  nbf: undefined,
};
const policy = {
  leewaySeconds: 0,
  longestLifetimeSeconds: 600,
  jtiLength: { minimum: 1, maximum: 8 },
  requiresJti: true,
  singleUse: true,
};
const dayMs = 86_400_000;
const clock = { callersClock: { nowMs: () => 950_000 } };
const judge = (clocks: Parameters<typeof judgeAssertion>[0], nowMs: number, change: Partial<AssertionClaims> = {}) =>
  judgeAssertion(clocks, { ...claims, ...change }, policy, ['t'], nowMs);

suite('an assertion is judged', () => {
  test('by the server’s clock alone, where there is no other', () => {
    assert.equal(judge({}, 950_000), undefined);
    assert.equal(judge({}, dayMs), 'exp');
  });
  test('in an emulator whose clock was moved, by the callers’ clock too', () => {
    assert.equal(judge(clock, dayMs), undefined);
    assert.equal(judge(clock, 0), undefined);
    assert.equal(judge(clock, dayMs, { exp: 950 }), 'exp');
  });
  test('by its other claims, whatever the clock', () => {
    assert.equal(judge(clock, 950_000, { audiences: ['other'] }), 'aud');
  });
});
