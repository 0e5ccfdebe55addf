import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { type AccessTokenClaims, accessTokenPayload, jwtHeader, readAccessToken } from './claims.ts';
import { scopes } from './facts.ts';
import golden from './golden/access-token.json' with { type: 'json' };

const claims: AccessTokenClaims = {
  userId: 'u-1',
  custom: {
    clientId: '25dzX3vbYqktVxyX',
    domainId: 'bj29',
    scope: scopes,
    role: 'user',
    ref: '',
    device_id: '',
    generation: 1,
  },
  iat: 1_647_844_401,
  exp: 1_647_844_401 + golden.lifetimeSeconds,
};
const payload: Record<string, unknown> = JSON.parse(accessTokenPayload(claims));
const custom: Record<string, unknown> = JSON.parse(String(payload.customJson));

suite('access tokens', () => {
  test('have the header of the document, alg first and no key named', () => assert.equal(jwtHeader, golden.header));

  test('have the members of the document in its order, and none of the usual claims', () => {
    assert.deepEqual(Object.keys(payload), golden.payloadOrder);
    for (const name of golden.absent) assert.ok(!(name in payload), name);
  });

  test('hold customJson as text, ours behind the members of the document', () => {
    assert.equal(typeof payload.customJson, 'string');
    assert.deepEqual(Object.keys(custom), [...golden.customJsonOrder, 'generation']);
    assert.deepEqual(custom.scope, golden.scope);
  });

  test('are read again, whatever the words are', () => {
    const text = fc.string({ unit: 'binary' });
    const count = fc.maxSafeInteger();
    fc.assert(
      fc.property(text, text, fc.array(text), text, count, count, (userId, clientId, scope, role, generation, exp) => {
        const written = { ...claims, userId, exp, custom: { ...claims.custom, clientId, scope, role, generation } };
        assert.deepEqual(readAccessToken(JSON.parse(accessTokenPayload(written))), written);
      }),
    );
  });

  test('may have further members', () => {
    const customJson = JSON.stringify({ ...custom, extra: 1 });
    assert.deepEqual(readAccessToken({ ...payload, customJson, extra: 1 }), claims);
  });

  test('with a member missing or of a wrong kind are none of ours', () => {
    const wrong = { userId: [undefined, 1, null], customJson: [undefined, {}, '', '[', 'null', '1', '[]'] };
    const counts = [undefined, null, '1', 1.5, Number.NaN, 2 ** 53];
    for (const [name, values] of Object.entries({ ...wrong, exp: counts, iat: counts })) {
      for (const value of values) assert.equal(readAccessToken({ ...payload, [name]: value }), undefined, name);
    }
  });

  test('with a member of customJson missing or of a wrong kind are none of ours', () => {
    for (const name of Object.keys(custom)) {
      for (const value of [undefined, null, true, {}, [1], 1.5]) {
        const customJson = JSON.stringify({ ...custom, [name]: value });
        assert.equal(readAccessToken({ ...payload, customJson }), undefined, name);
      }
    }
  });
});
