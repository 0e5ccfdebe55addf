import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect } from 'node:util';
import fc from 'fast-check';
import type { Random } from '../service/ports.ts';
import { masterKeyOf } from './master.ts';
import { systemRandom } from './random.ts';
import { sampleSealing } from './ring.sample.ts';
import { createSealing } from './sealing.ts';

const sealing = sampleSealing();
const otherSealing = sampleSealing(Buffer.alloc(32, 1).toString('base64'));

const stuckRandom: Random = { bytes: (count) => new Uint8Array(count), hex: (digits) => '0'.repeat(digits) };

test('what is sealed opens again in its place', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, binding) => {
      assert.equal(sealing.open(sealing.seal(text, binding), binding), text);
    }),
  );
});

test('another binding, another master key, and every changed or missing byte are refused', () => {
  const sealed = sealing.seal('a secret', 'access-key/LTAI1');
  const broken = { name: 'SealBroken' };
  assert.throws(() => sealing.open(sealed, 'access-key/LTAI2'), broken);
  assert.throws(() => sealing.open(sealed, ''), broken);
  assert.throws(() => otherSealing.open(sealed, 'access-key/LTAI1'), broken);
  for (let i = 0; i < sealed.length; i++) {
    const changed = sealed.map((byte, at) => (at === i ? byte ^ 1 : byte));
    assert.throws(() => sealing.open(changed, 'access-key/LTAI1'), broken, `byte ${i}`);
    assert.throws(() => sealing.open(sealed.subarray(0, i), 'access-key/LTAI1'), broken, `${i} bytes`);
  }
  assert.throws(() => sealing.open(Buffer.concat([sealed, Buffer.alloc(1)]), 'access-key/LTAI1'), broken);
});

test('the form is version 1, a nonce of 12 bytes, the text, a tag of 16 bytes', () => {
  const sealed = sealing.seal('four', 'b');
  assert.equal(sealed[0], 1);
  assert.equal(sealed.length, 1 + 12 + 4 + 16);
  assert.doesNotMatch(Buffer.from(sealed).toString('latin1'), /four/);
});

test('the same text sealed twice looks different', () => {
  assert.notDeepEqual(sealing.seal('text', 'b'), sealing.seal('text', 'b'));
});

test('randomness that repeats gives no nonce a second time for another text or place', () => {
  const stuck = createSealing(masterKeyOf(Buffer.alloc(32, 7).toString('hex')), stuckRandom);
  const nonceOf = (text: string, binding: string): string =>
    Buffer.from(stuck.seal(text, binding).subarray(1, 13)).toString('hex');
  const nonces = [nonceOf('a', 'b'), nonceOf('b', 'b'), nonceOf('a', 'a'), nonceOf('', 'ab'), nonceOf('ab', '')];
  assert.equal(new Set(nonces).size, nonces.length);
  assert.equal(stuck.open(stuck.seal('a', 'b'), 'b'), 'a');
});

test('a keyed hash depends on text, purpose and master key', () => {
  const hash = sealing.keyedHash('token', 'security_token');
  assert.match(hash, /^[A-Za-z0-9_-]{43}$/);
  assert.equal(sealing.keyedHash('token', 'security_token'), hash);
  assert.notEqual(sealing.keyedHash('token.', 'security_token'), hash);
  assert.notEqual(sealing.keyedHash('token', 'client_secret'), hash);
  assert.notEqual(otherSealing.keyedHash('token', 'security_token'), hash);
});

test('what an earlier release wrote is still read', () => {
  const sealed = Buffer.from('AQABAgMEBQYHCAkKC0aEYSCGkbxwKS3rBh/JrIN/Swqjz12R9jkJJhWe', 'base64');
  assert.equal(sealing.open(sealed, 'access-key/LTAI1'), 'an old secret');
  assert.equal(sealing.keyedHash('token', 'security_token'), '-kh5zYQzuOtT1vRMzlM-oMadm3XWGA-yyGpCMtmyO7o');
});

test('neither the sealing nor its refusal prints a key or a text', () => {
  const key = Buffer.from(systemRandom.bytes(32)).toString('hex');
  const own = createSealing(masterKeyOf(key), systemRandom);
  own.keyedHash('a text', 'purpose');
  const sealed = own.seal('a text', 'place');
  let refusal: unknown;
  try {
    own.open(sealed, 'elsewhere');
  } catch (error) {
    refusal = error;
  }
  const printed = inspect([own, refusal], { depth: null, showHidden: true }) + JSON.stringify(own);
  assert.match(printed, /elsewhere/);
  assert.ok(!printed.includes('a text') && !printed.includes(key));
  assert.doesNotMatch(printed, /KeyObject|Uint8Array|Map\(/);
});
