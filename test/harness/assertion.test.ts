import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { describe, it } from 'node:test';
import { assertionClaims, assertionKey, makeAssertionKey, signAssertion } from './assertion.ts';

const nowMs = 1_700_000_000_999;
const names = { issuer: 'app', audience: 'https://id.example' };
const partOf = (token: string, part: 0 | 1) =>
  JSON.parse(Buffer.from(token.split('.')[part] ?? '', 'base64url').toString('utf8')) as Record<string, unknown>;

describe('an assertion', () => {
  for (const algorithm of ['RS256', 'ES256'] as const) {
    it(`that is signed with ${algorithm} is verified by the public key in either form`, () => {
      const key = assertionKey(algorithm);
      const token = signAssertion(key, assertionClaims(names, nowMs));
      assert.deepEqual(partOf(token, 0), { alg: algorithm, typ: 'JWT', kid: key.id });
      const [header, payload, signature = ''] = token.split('.');
      for (const publicKey of [
        createPublicKey(key.publicPem),
        createPublicKey({ key: key.publicJwk, format: 'jwk' }),
      ]) {
        const checker = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
        const text = Buffer.from(`${header}.${payload}`);
        assert.ok(verify('sha256', text, checker, Buffer.from(signature, 'base64url')));
      }
      assert.equal(key.publicJwk.d, undefined);
    });
  }

  it('names issuer, subject, audience and times, once each', () => {
    const claims = assertionClaims(names, nowMs);
    assert.deepEqual(
      { ...claims, jti: '' },
      {
        iss: 'app',
        sub: 'app',
        aud: names.audience,
        iat: 1_700_000_000,
        exp: 1_700_000_300,
        jti: '',
      },
    );
    assert.notEqual(claims.jti, assertionClaims(names, nowMs).jti);
    assert.equal(assertionClaims({ ...names, subject: 'alice' }, nowMs).sub, 'alice');
  });

  it('lies where a test says so', () => {
    const key = assertionKey('ES256');
    const claims = assertionClaims(names, nowMs, { exp: 'soon', jti: undefined, extra: [1] });
    const token = signAssertion(key, claims, { alg: 'none', kid: undefined });
    assert.deepEqual(partOf(token, 0), { alg: 'none', typ: 'JWT' });
    const { jti, exp, extra } = partOf(token, 1);
    assert.deepEqual({ jti, exp, extra }, { jti: undefined, exp: 'soon', extra: [1] });
  });

  it('has a key that is made once, unless a test wants another', () => {
    assert.equal(assertionKey('ES256'), assertionKey('ES256'));
    assert.notEqual(makeAssertionKey('ES256').id, assertionKey('ES256').id);
  });
});
