import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { decideRedemption, type PresentedCode, type Redemption, type StoredCode } from './authorization-code.ts';
import { grantId } from './ids.ts';

const issuedAtMs = 1_000_000_000;
const expiresAtMs = issuedAtMs + 600_000;
const nowMs = issuedAtMs + 1000;
const id = grantId(nowMs, '0'.repeat(20));

const code: StoredCode = {
  hash: 'hash',
  dialect: 'sample',
  tenant: 'tenant',
  subject: 'user',
  clientId: 'app',
  redirectUri: 'https://app.example/callback',
  codeChallenge: 'challenge',
  scope: undefined,
  audience: undefined,
  issuedAtMs,
  expiresAtMs,
  redeemedBy: undefined,
  notBeforeMs: 0,
};
const plain: StoredCode = { ...code, codeChallenge: undefined };
const used: StoredCode = { ...code, redeemedBy: id };

const right: PresentedCode = { clientId: 'app', redirectUri: code.redirectUri, challenge: 'challenge' };
const decide = (stored: StoredCode, presented: Partial<PresentedCode> = {}, atMs = nowMs): Redemption =>
  decideRedemption(stored, { ...right, ...presented }, atMs);

const redeem: Redemption = { do: 'redeem' };
const expired: Redemption = { do: 'refuse', reason: { code: 'code_expired', clientId: 'app' } };
const replayed: Redemption = { do: 'revoke', grantId: id, reason: { code: 'code_replayed', grantId: id } };
const mismatch = (problem: 'client' | 'redirect_uri' | 'code_verifier'): Redemption => ({
  do: 'refuse',
  reason: { code: 'code_mismatch', clientId: 'app', problem },
});

describe('a code', () => {
  it('is redeemed by its client, with its redirect URI and its verifier', () => {
    assert.deepEqual(decide(code), redeem);
  });

  it('is redeemed until the millisecond before its end', () => {
    assert.deepEqual(decide(code, {}, expiresAtMs - 1), redeem);
    assert.deepEqual(decide(code, {}, expiresAtMs), expired);
    assert.deepEqual(decide(code, {}, expiresAtMs + 1), expired);
  });

  it('is over with the grants of its user, client or tenant, where it was issued up to their watermark', () => {
    assert.deepEqual(decide({ ...code, notBeforeMs: issuedAtMs - 1 }), redeem);
    assert.deepEqual(decide({ ...code, notBeforeMs: issuedAtMs }), expired);
    assert.deepEqual(decide({ ...code, notBeforeMs: issuedAtMs + 1 }), expired);
  });

  it('of another client is refused, whatever else is right or wrong, and nothing ends', () => {
    for (const clientId of ['App', 'app ', '', 'other']) {
      assert.deepEqual(decide(code, { clientId }), mismatch('client'));
      assert.deepEqual(decide(code, { clientId, redirectUri: 'x', challenge: 'x' }, expiresAtMs), mismatch('client'));
      assert.deepEqual(decide(used, { clientId }), mismatch('client'));
    }
  });

  it('needs the redirect URI to the letter', () => {
    for (const redirectUri of [`${code.redirectUri}/`, 'https://APP.example/callback', 'https://app.example', '']) {
      assert.deepEqual(decide(code, { redirectUri }), mismatch('redirect_uri'));
      assert.deepEqual(decide(plain, { redirectUri, challenge: undefined }), mismatch('redirect_uri'));
    }
  });

  it('may leave the redirect URI out where a challenge binds it, and only there', () => {
    assert.deepEqual(decide(code, { redirectUri: undefined }), redeem);
    assert.deepEqual(decide(plain, { redirectUri: undefined, challenge: undefined }), mismatch('redirect_uri'));
    assert.deepEqual(decide({ ...code, codeChallenge: '' }, { redirectUri: undefined, challenge: '' }), redeem);
  });

  it('needs the verifier of its challenge, and none where it had none', () => {
    for (const challenge of ['Challenge', 'challenge ', '', undefined]) {
      assert.deepEqual(decide(code, { challenge }), mismatch('code_verifier'));
      assert.deepEqual(decide(code, { challenge, redirectUri: undefined }), mismatch('code_verifier'));
    }
    assert.deepEqual(decide(plain, { challenge: undefined }), redeem);
    for (const challenge of ['challenge', ''])
      assert.deepEqual(decide(plain, { challenge }), mismatch('code_verifier'));
  });
});

describe('a code that was used', () => {
  it('ends its grant when its client brings it again, at any time and however it is presented', () => {
    for (const atMs of [nowMs, expiresAtMs - 1, expiresAtMs, expiresAtMs + 1_000_000]) {
      for (const presented of [{}, { redirectUri: 'x' }, { redirectUri: undefined }, { challenge: undefined }]) {
        assert.deepEqual(decide(used, presented, atMs), replayed);
      }
    }
    assert.deepEqual(decide({ ...used, notBeforeMs: issuedAtMs }), replayed);
  });
});

describe('through any history of calls', () => {
  const call = fc.record({
    clientId: fc.constantFrom('app', 'app', 'other'),
    redirectUri: fc.constantFrom(code.redirectUri, undefined, 'https://evil.example/'),
    challenge: fc.constantFrom('challenge', undefined, 'other'),
    afterMs: fc.integer({ min: 0, max: 200_000 }),
  });

  it('a code gives at most one grant, and only its own client ends that', () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 30 }), fc.boolean(), (calls, isBound) => {
        let stored = isBound ? code : plain;
        let atMs = issuedAtMs;
        let given = 0;
        for (const { afterMs, ...presented } of calls) {
          atMs += afterMs;
          const decided = decideRedemption(stored, presented, atMs);
          switch (decided.do) {
            case 'redeem':
              given++;
              assert.ok(atMs < expiresAtMs && presented.clientId === 'app');
              assert.equal(presented.challenge, stored.codeChallenge);
              stored = { ...stored, redeemedBy: id };
              break;
            case 'revoke':
              assert.ok(given === 1 && presented.clientId === 'app');
              break;
            case 'refuse':
              assert.ok(stored.redeemedBy === undefined || presented.clientId !== 'app');
              break;
          }
        }
        assert.ok(given <= 1);
      }),
    );
  });
});
