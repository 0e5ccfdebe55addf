import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sampleGrant, sampleIssuedAtMs } from './grant.sample.ts';
import { grantRefusal, grantState } from './grant.ts';
import type { ReasonCode } from './reasons.ts';

const code = (change: Parameters<typeof sampleGrant>[0], nowMs: number): ReasonCode | undefined =>
  grantRefusal(sampleGrant(change), nowMs)?.code;

const { expiresAtMs, renewByMs } = sampleGrant();

describe('a grant', () => {
  it('lives until its renewal ends, to the millisecond', () => {
    assert.equal(code({}, renewByMs - 1), undefined);
    assert.equal(code({}, renewByMs), 'renewal_over');
    assert.equal(code({}, renewByMs + 1), 'renewal_over');
  });

  it('lives until it expires where its renewal lasts as long', () => {
    const whole = { renewByMs: expiresAtMs };
    assert.equal(code(whole, expiresAtMs - 1), undefined);
    assert.equal(code(whole, expiresAtMs), 'grant_expired');
    assert.equal(code(whole, expiresAtMs + 1), 'grant_expired');
  });

  it('is expired rather than past renewal once both ends are over', () => {
    assert.equal(code({}, expiresAtMs - 1), 'renewal_over');
    assert.equal(code({}, expiresAtMs), 'grant_expired');
  });

  it('is revoked from the moment that says so, whatever the clock says and whatever else ended', () => {
    for (const nowMs of [sampleIssuedAtMs - 1, sampleIssuedAtMs, renewByMs, expiresAtMs]) {
      assert.equal(code({ revokedAtMs: sampleIssuedAtMs }, nowMs), 'grant_revoked');
    }
    assert.equal(code({ revokedAtMs: 0 }, sampleIssuedAtMs), 'grant_revoked');
  });

  it('is revoked by a watermark at or after its issue, not by one before', () => {
    assert.equal(code({ notBeforeMs: sampleIssuedAtMs - 1 }, sampleIssuedAtMs), undefined);
    assert.equal(code({ notBeforeMs: sampleIssuedAtMs }, sampleIssuedAtMs), 'grant_revoked');
    assert.equal(code({ notBeforeMs: sampleIssuedAtMs + 1 }, sampleIssuedAtMs), 'grant_revoked');
  });

  it('is named in its refusal', () => {
    const grant = sampleGrant();
    assert.deepEqual(grantRefusal(grant, expiresAtMs), { code: 'grant_expired', grantId: grant.id });
  });
});

describe('the state of a grant in one word', () => {
  it('is active, expired for both ends, or revoked', () => {
    assert.equal(grantState(sampleGrant(), renewByMs - 1), 'active');
    assert.equal(grantState(sampleGrant(), renewByMs), 'expired');
    assert.equal(grantState(sampleGrant(), expiresAtMs), 'expired');
    assert.equal(grantState(sampleGrant({ revokedAtMs: 1 }), expiresAtMs), 'revoked');
    assert.equal(grantState(sampleGrant({ notBeforeMs: sampleIssuedAtMs }), sampleIssuedAtMs), 'revoked');
  });
});
