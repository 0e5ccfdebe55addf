import assert from 'node:assert/strict';
import { verify } from 'node:crypto';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import {
  type AssertionClaims,
  type AssertionSubject,
  assertionClaims,
  assertionHeader,
  assertionPayload,
  readAssertion,
} from './assertion.ts';
import { sdkAssertionSpreadSeconds } from './facts.ts';
import golden from './golden/assertions.json' with { type: 'json' };

const { jti, nowSeconds } = golden;
type Recorded = (typeof golden.assertions)[number];

const claims: AssertionClaims = {
  iss: 'app',
  sub: 'u-1',
  sub_type: 'user',
  aud: 'bj29',
  jti,
  exp: nowSeconds + 300,
  iat: nowSeconds - 300,
  nbf: undefined,
  auto_create: false,
};

function subjectOf({ method, params }: Recorded): AssertionSubject {
  return method === 'getServiceJwtToken'
    ? { type: 'service' }
    : { type: 'user', userId: params.user_id ?? '', autoCreate: params.auto_create };
}

function signedWith({ assertion }: Recorded, publicKey: string): boolean {
  const [header, payload, signature = ''] = assertion.split('.');
  return verify('RSA-SHA256', Buffer.from(`${header}.${payload}`), publicKey, Buffer.from(signature, 'base64url'));
}

suite('assertions of the SDK', () => {
  for (const recorded of golden.assertions) {
    test(`${recorded.rule}: the header names RS256 and no key`, () => assert.equal(recorded.header, assertionHeader));
  }

  for (const recorded of golden.assertions.filter(({ id }) => id !== 'user-without-id')) {
    test(`${recorded.rule}: payload built to the byte, and read again`, () => {
      const { client_id: clientId, domain_id: domainId } = recorded.params;
      const built = assertionClaims({ clientId, domainId, subject: subjectOf(recorded), jti, nowSeconds });
      assert.equal(assertionPayload(built), recorded.payload);
      assert.deepEqual(readAssertion(JSON.parse(recorded.payload)), built);
    });
  }

  test('without a user id there is no sub, which is what is wrong with it', () => {
    const found = golden.assertions.find(({ id }) => id === 'user-without-id');
    assert.equal(readAssertion(JSON.parse(found?.payload ?? '{}')), 'sub');
  });

  test('exp and iat stand 300 seconds to either side of the whole second', () => {
    assert.equal(nowSeconds, Math.floor(golden.clockMs / 1000));
    assert.equal(sdkAssertionSpreadSeconds, 300);
  });

  test('PKCS#1 and PKCS#8 of one key give the same assertion', () => {
    const of = (keyFormat: string) => golden.assertions.find((entry) => entry.keyFormat === keyFormat)?.assertion;
    assert.ok(of('PKCS#1'));
    assert.equal(of('PKCS#1'), of('PKCS#8'));
  });

  test('those of the RSA key verify under it, the one of the EC key does not', () => {
    for (const recorded of golden.assertions) {
      assert.equal(signedWith(recorded, golden.rsaPublicKey), recorded.id !== 'user-ec', recorded.id);
    }
  });

  test('the one of the EC key is a DER signature that its own key takes: a server must look at the kind of key', () => {
    const found = golden.assertions.find(({ id }) => id === 'user-ec');
    assert.ok(found);
    assert.ok(signedWith(found, golden.ecPublicKey));
  });
});

suite('writing and reading assertions', () => {
  test('nbf stands behind iat where it is given', () => {
    const text = assertionPayload({ ...claims, nbf: 1 });
    assert.deepEqual(Object.keys(JSON.parse(text)).slice(-3), ['iat', 'nbf', 'auto_create']);
  });

  test('a service account is never created', () => {
    const { sub, auto_create } = assertionClaims({
      clientId: 'app',
      domainId: 'bj29',
      subject: { type: 'service' },
      jti,
      nowSeconds,
    });
    assert.deepEqual([sub, auto_create], ['bj29', false]);
  });

  test('what was written is read again', () => {
    const text = fc.string({ unit: 'binary', minLength: 1 });
    const count = fc.maxSafeInteger();
    const optional = fc.option(count, { nil: undefined });
    fc.assert(
      fc.property(
        text,
        text,
        text,
        count,
        optional,
        optional,
        fc.boolean(),
        (iss, sub, aud, exp, iat, nbf, auto_create) => {
          const written: AssertionClaims = { iss, sub, sub_type: 'service', aud, jti, exp, iat, nbf, auto_create };
          assert.deepEqual(readAssertion(JSON.parse(assertionPayload(written))), written);
        },
      ),
    );
  });

  test('iat, nbf and auto_create may be missing, further claims are passed over', () => {
    const { iss, sub, sub_type, aud, exp } = claims;
    const expected = { ...claims, iat: undefined };
    assert.deepEqual(readAssertion({ iss, sub, sub_type, aud, jti, exp, extra: 1 }), expected);
  });

  test('a claim that is missing or of a wrong kind is told by its name', () => {
    const wrongTexts = [undefined, null, '', 1, true, ['bj29'], {}];
    const wrongCounts = [null, '1', 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, true, [1], {}];
    for (const name of ['iss', 'sub', 'aud', 'jti', 'sub_type']) {
      for (const wrong of wrongTexts) assert.equal(readAssertion({ ...claims, [name]: wrong }), name);
    }
    for (const wrong of ['User', 'services', 'superadmin']) {
      assert.equal(readAssertion({ ...claims, sub_type: wrong }), 'sub_type');
    }
    for (const name of ['exp', 'iat', 'nbf']) {
      for (const wrong of wrongCounts) assert.equal(readAssertion({ ...claims, [name]: wrong }), name);
    }
    assert.equal(readAssertion({ ...claims, exp: undefined }), 'exp');
    for (const wrong of [null, 'true', 1])
      assert.equal(readAssertion({ ...claims, auto_create: wrong }), 'auto_create');
  });
});
