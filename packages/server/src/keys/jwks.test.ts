import assert from 'node:assert/strict';
import test from 'node:test';
import type { PublicJwk } from './jwk.ts';
import { jwksAt } from './jwks.ts';

const jwk = (kid: string): PublicJwk => ({ kty: 'RSA', n: 'n', e: 'AQAB', use: 'sig', alg: 'RS256', kid });
const key = (kid: string, activeFromMs: number, retiresAtMs?: number, dropsAtMs?: number) => ({
  publicJwk: jwk(kid),
  times: { activeFromMs, retiresAtMs, dropsAtMs },
});
const rotating = [key('new', 2_000_000), key('old', 0, 2_000_000, 3_000_000)];
const kids = (nowMs: number): string =>
  jwksAt(rotating, 600, nowMs)
    .keys.map(({ kid }) => kid)
    .join(' ');

test('keys that are published, sign or retire are in the set; a dropped one leaves at its instant', () => {
  assert.equal(kids(1_999_999), 'new old');
  assert.equal(kids(2_000_000), 'new old');
  assert.equal(kids(2_999_999), 'new old');
  assert.equal(kids(3_000_000), 'new');
});

test('secrets are not in the set', () => {
  const secret = { publicJwk: undefined, times: { activeFromMs: 0, retiresAtMs: undefined, dropsAtMs: undefined } };
  assert.deepEqual(jwksAt([secret, key('k', 0)], 600, 1).keys, [jwk('k')]);
});

test('the set may be kept for half the time that keys are published ahead, at most an hour', () => {
  for (const [ahead, expected] of [
    [0, 0],
    [1, 0],
    [2, 1],
    [600, 300],
    [7198, 3599],
    [7200, 3600],
    [86_400, 3600],
    [Number.POSITIVE_INFINITY, 3600],
  ] as const) {
    assert.equal(jwksAt([key('k', 0)], ahead, 1).maxAgeSeconds, expected, `${ahead}`);
  }
});

test('the set is never kept beyond the next drop', () => {
  const ageAt = (nowMs: number): number => jwksAt(rotating, 600, nowMs).maxAgeSeconds;
  assert.equal(ageAt(2_699_999), 300);
  assert.equal(ageAt(2_700_000), 300);
  assert.equal(ageAt(2_700_001), 299);
  assert.equal(ageAt(2_999_001), 0);
  assert.equal(ageAt(3_000_000), 300);
});

test('an empty set is not kept', () => {
  assert.deepEqual(jwksAt([], 3600, 0), { keys: [], maxAgeSeconds: 0 });
});
