import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sampleGrant, sampleIssuedAtMs } from '../../core/grant.sample.ts';
import { createFormats } from './formats.ts';
import { sampleFormats, sampleIssuer } from './request.sample.ts';

const { jwt, opaque } = sampleFormats;
const grant = sampleGrant({ clientId: 'app', generation: 3, scope: 'a b', audience: 'https://api.example.com' });
const times = { issuedAtMs: sampleIssuedAtMs + 559, expiresAtMs: sampleIssuedAtMs + 600_000 };
const payloadOf = (format: typeof jwt, of = grant): Record<string, unknown> =>
  JSON.parse(format.encode(of, times).payload) as Record<string, unknown>;

const facts = {
  grantId: grant.id,
  generation: 3,
  issuedAtMs: sampleIssuedAtMs,
  expiresAtMs: sampleIssuedAtMs + 600_000,
  scope: 'a b',
  issuer: sampleIssuer,
};

describe('an access token', () => {
  it('has every claim of RFC 9068, section 2.2, and its type in the header', () => {
    assert.deepEqual(jwt.encode(grant, times).header, { typ: 'at+jwt' });
    assert.deepEqual(payloadOf(jwt), {
      iss: sampleIssuer,
      exp: 1_000_600,
      aud: 'https://api.example.com',
      sub: 'user',
      client_id: 'app',
      iat: 1_000_000,
      jti: `${grant.id}.3.${times.issuedAtMs}`,
      sid: grant.id,
      gen: 3,
      scope: 'a b',
      tenant: 'tenant',
    });
  });

  it('has no scope where the grant has none', () => {
    assert.equal('scope' in payloadOf(jwt, sampleGrant({ scope: undefined })), false);
  });

  it('has an id of its own within one second', () => {
    const idAt = (generation: number, issuedAtMs: number): unknown =>
      JSON.parse(jwt.encode({ ...grant, generation }, { ...times, issuedAtMs }).payload).jti;
    const ids = [idAt(3, 1_000), idAt(3, 1_001), idAt(4, 1_000), idAt(31, 1_000), idAt(3, 11_000)];
    assert.equal(new Set(ids).size, ids.length);
  });

  it('tells no one whom it is for where it is opaque', () => {
    const payload = payloadOf(opaque);
    for (const claim of ['sub', 'aud', 'client_id', 'tenant', 'iss']) assert.equal(claim in payload, false, claim);
  });

  for (const format of [jwt, opaque]) {
    it(`is read as it was written: ${format.type}`, () => {
      assert.deepEqual(format.read(payloadOf(format)), facts);
      assert.deepEqual(format.read(payloadOf(format, { ...grant, scope: undefined })), { ...facts, scope: undefined });
    });

    it(`is none with any claim of another kind: ${format.type}`, () => {
      const sound = payloadOf(format);
      for (const change of [
        { sid: undefined },
        { sid: 'x' },
        { gen: undefined },
        { gen: '3' },
        { gen: 1.5 },
        { gen: -1 },
        { [format === jwt ? 'iat' : 'iatMs']: '1' },
        { exp: undefined },
        { exp: Number.NaN },
        { scope: 1 },
        ...(format === jwt ? [{ iss: undefined }, { iss: 1 }] : []),
      ]) {
        assert.equal(format.read({ ...sound, ...change }), undefined, JSON.stringify(change));
      }
    });
  }

  it('outlives a rotation, or not: as the operator says', () => {
    const [outlives, ends] = [createFormats(() => sampleIssuer, false), createFormats(() => sampleIssuer, true)];
    assert.deepEqual([outlives.jwt.outlivesRotation, outlives.opaque.outlivesRotation], [true, true]);
    assert.deepEqual([ends.jwt.outlivesRotation, ends.opaque.outlivesRotation], [false, false]);
  });
});
