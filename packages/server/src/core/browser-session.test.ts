import assert from 'node:assert/strict';
import test from 'node:test';
import { browserSessionFormat } from './browser-session.ts';
import { sampleGrant } from './grant.sample.ts';

const { encode, read } = browserSessionFormat;
const grant = sampleGrant();
const payloadOf = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

test('the cookie of a session names its grant and its times, to the second, and nobody', () => {
  const { payload } = encode(grant, { issuedAtMs: 1_730_257_365_559, expiresAtMs: 1_730_300_565_559 });
  assert.deepEqual(payloadOf(payload), { sid: grant.id, iat: 1_730_257_365, exp: 1_730_300_565 });
});

test('what is read is what was written', () => {
  const { payload } = encode(grant, { issuedAtMs: 1_730_257_365_000, expiresAtMs: 1_730_300_565_000 });
  assert.deepEqual(read(payloadOf(payload)), {
    grantId: grant.id,
    issuedAtMs: 1_730_257_365_000,
    expiresAtMs: 1_730_300_565_000,
    generation: undefined,
  });
});

test('a payload without a part is no session', () => {
  const whole = { sid: grant.id, iat: 1, exp: 2 };
  for (const change of [{ sid: 'x' }, { sid: 7 }, { iat: '1' }, { exp: null }]) {
    assert.equal(read({ ...whole, ...change }), undefined);
  }
});
