import assert from 'node:assert/strict';
import {
  constants,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import type { Algorithm } from '../core/token.ts';
import { signatureChecker, signatureMaker } from './algorithms.ts';

const payload = 'eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ';

const secret = createSecretKey(
  'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow',
  'base64url',
);
const ec = createPrivateKey({
  format: 'jwk',
  key: {
    kty: 'EC',
    crv: 'P-256',
    x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
    y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
    d: 'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI',
  },
});
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const keys: Record<Algorithm, KeyObject> = { HS256: secret, RS256: rsa, ES256: ec };
const algorithms: readonly Algorithm[] = ['HS256', 'RS256', 'ES256'];

test('HS256 gives the signature of RFC 7515, appendix A.1', () => {
  const input = `eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.${payload}`;
  const signature = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
  assert.equal(signatureMaker('HS256', secret)(input), signature);
  assert.equal(signatureChecker('HS256', secret)(input, signature), true);
});

test('ES256 accepts the signature of RFC 7515, appendix A.3', () => {
  const input = `eyJhbGciOiJFUzI1NiJ9.${payload}`;
  const signature = 'DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q';
  assert.equal(signatureChecker('ES256', createPublicKey(ec))(input, signature), true);
  assert.equal(signatureChecker('ES256', ec)(`${input}A`, signature), false);
});

test('what a key signs it accepts, with its public half alone where it has one', () => {
  for (const algorithm of algorithms) {
    const key = keys[algorithm];
    const signature = signatureMaker(algorithm, key)('some.input');
    assert.match(signature, /^[A-Za-z0-9_-]+$/);
    const half = key.type === 'private' ? createPublicKey(key) : key;
    for (const check of [signatureChecker(algorithm, key), signatureChecker(algorithm, half)]) {
      assert.equal(check('some.input', signature), true);
      assert.equal(check('some.inpuu', signature), false);
    }
  }
});

test('another key, a missing, shorter or longer signature, and every flipped bit are refused', () => {
  const others: Record<Algorithm, KeyObject> = {
    HS256: createSecretKey(Buffer.alloc(32)),
    RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
    ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  };
  for (const algorithm of algorithms) {
    const signature = signatureMaker(algorithm, keys[algorithm])('some.input');
    assert.equal(signatureChecker(algorithm, others[algorithm])('some.input', signature), false);
    const check = signatureChecker(algorithm, keys[algorithm]);
    for (const bad of ['', 'A', signature.slice(0, -1), signature.slice(4), `${signature}AAAA`, `${signature}=`]) {
      assert.equal(check('some.input', bad), false, `${algorithm} ${bad.length}`);
    }
    const bytes = Buffer.from(signature, 'base64url');
    for (let bit = 0; bit < 8 * bytes.length; bit += algorithm === 'RS256' ? 61 : 1) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.equal(check('some.input', flipped.toString('base64url')), false, `${algorithm} bit ${bit}`);
    }
  }
});

test('a last character with bits behind the last byte is refused, although it decodes to the same signature', () => {
  for (const algorithm of algorithms) {
    const signature = signatureMaker(algorithm, keys[algorithm])('some.input');
    const check = signatureChecker(algorithm, keys[algorithm]);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    // 32, 64 and 256 bytes all leave unused bits in the last character, so its successor means the same bytes.
    const last = alphabet.charAt(alphabet.indexOf(signature.slice(-1)) + 1);
    const other = signature.slice(0, -1) + last;
    assert.deepEqual(Buffer.from(other, 'base64url'), Buffer.from(signature, 'base64url'));
    assert.equal(check('some.input', other), false, algorithm);
  }
});

test('a key of another kind, curve or size is refused before anything is signed or checked with it', () => {
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
  const k256 = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey;
  const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey;
  const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
  const short = createSecretKey(Buffer.alloc(31));
  const unfit: Record<Algorithm, readonly KeyObject[]> = {
    HS256: [rsa, ec, createPublicKey(rsa), createPublicKey(ec), short],
    RS256: [secret, ec, small, pss],
    ES256: [secret, rsa, p384, k256],
  };
  for (const algorithm of algorithms) {
    for (const key of unfit[algorithm]) {
      assert.throws(() => signatureMaker(algorithm, key), { name: 'KeyMismatch' });
      assert.throws(() => signatureChecker(algorithm, key), { name: 'KeyMismatch' });
    }
  }
});

test('signatures of sister algorithms are refused: DER for ES256, PSS and SHA-512 for RS256', () => {
  const data = Buffer.from('some.input');
  const der = sign('sha256', data, ec).toString('base64url');
  assert.equal(signatureChecker('ES256', ec)('some.input', der), false);
  const pss = sign('sha256', data, { key: rsa, padding: constants.RSA_PKCS1_PSS_PADDING }).toString('base64url');
  const sha512 = sign('sha512', data, rsa).toString('base64url');
  assert.equal(signatureChecker('RS256', rsa)('some.input', pss), false);
  assert.equal(signatureChecker('RS256', rsa)('some.input', sha512), false);
});

test('an ES256 signature of zeros is refused', () => {
  assert.equal(signatureChecker('ES256', ec)('some.input', Buffer.alloc(64).toString('base64url')), false);
});

test('no signature that is sent makes a check throw', () => {
  const checks = algorithms.map((algorithm) => signatureChecker(algorithm, keys[algorithm]));
  const signature = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
    fc.uint8Array({ minLength: 64, maxLength: 64 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), signature, (input, bad) => {
      for (const check of checks) assert.equal(check(input, bad), false);
    }),
  );
});
