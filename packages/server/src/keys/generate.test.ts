import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import test from 'node:test';
import { inspect } from 'node:util';
import type { Random } from '../service/ports.ts';
import { signatureChecker, signatureMaker } from './algorithms.ts';
import { generateKey } from './generate.ts';
import { publicMembers, thumbprint } from './jwk.ts';
import { systemRandom } from './random.ts';

/** Gives these bytes in turn. */
function scripted(...draws: readonly string[]): Random {
  const left = [...draws];
  return { bytes: () => Buffer.from(left.shift() ?? '', 'hex'), hex: (digits) => 'f'.repeat(digits) };
}

const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';
const oneLess = `${order.slice(0, -1)}0`;
const oneMore = `${order.slice(0, -1)}2`;
const zero = '0'.repeat(64);
const one = `${'0'.repeat(63)}1`;

test('an HS256 key is the 32 bytes that were drawn, under 16 random digits', async () => {
  const { id, key } = await generateKey('HS256', scripted('ab'.repeat(32)));
  assert.equal(key.export().toString('hex'), 'ab'.repeat(32));
  assert.equal(id, 'f'.repeat(16));
});

test('an ES256 key is the scalar that was drawn, under its thumbprint', async () => {
  const { id, key } = await generateKey('ES256', scripted(one));
  const { d, x } = key.export({ format: 'jwk' });
  assert.equal(Buffer.from(d ?? '', 'base64url').toString('hex'), one);
  // One times the base point (SEC 2, section 2.4.2).
  const base = '6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296';
  assert.equal(Buffer.from(x ?? '', 'base64url').toString('hex'), base);
  const members = publicMembers(key);
  assert.ok(members);
  assert.equal(id, thumbprint(members));
});

test('scalars of zero, of the order and beyond are drawn again; one and the order less one are taken', async () => {
  const scalarFrom = async (...draws: readonly string[]): Promise<string> => {
    const { key } = await generateKey('ES256', scripted(...draws));
    return Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url').toString('hex');
  };
  assert.equal(await scalarFrom(zero, order, oneMore, 'f'.repeat(64), one), one);
  assert.equal(await scalarFrom(oneLess, one), oneLess);
});

test('the same draws give the same keys, other draws give others', async () => {
  for (const algorithm of ['HS256', 'ES256'] as const) {
    const [a, b, c] = await Promise.all(
      ['11', '11', '22'].map((byte) => generateKey(algorithm, scripted(byte.repeat(32)))),
    );
    assert.ok(a && b && c);
    assert.ok(a.key.equals(b.key));
    assert.ok(!a.key.equals(c.key));
  }
});

test('an RS256 key has 2048 bits, the exponent 65537 and its thumbprint as id', async () => {
  const { id, key } = await generateKey('RS256', systemRandom);
  assert.equal(key.asymmetricKeyDetails?.modulusLength, 2048);
  assert.equal(key.asymmetricKeyDetails?.publicExponent, 65537n);
  const members = publicMembers(key);
  assert.ok(members);
  assert.equal(id, thumbprint(members));
});

test('keys of every algorithm sign and check', async () => {
  for (const algorithm of ['HS256', 'ES256', 'RS256'] as const) {
    const { key } = await generateKey(algorithm, systemRandom);
    const signature = signatureMaker(algorithm, key)('some.input');
    const half = algorithm === 'HS256' ? key : createPublicKey(key);
    assert.equal(signatureChecker(algorithm, half)('some.input', signature), true);
  }
});

test('a generated key prints nothing of its secret', async () => {
  for (const algorithm of ['HS256', 'ES256'] as const) {
    const generated = await generateKey(algorithm, scripted('4d'.repeat(32)));
    const printed = inspect(generated, { depth: null, showHidden: true }) + JSON.stringify(generated);
    assert.doesNotMatch(printed, /4d4d|TU1N|MMMM|77, 77/);
  }
});
