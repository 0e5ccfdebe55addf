import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { hashing } from './hashing.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const algorithms = ['sha1', 'sha256'] as const;
const encodings = ['hex', 'base64', 'base64url'] as const;

interface Vector {
  readonly algorithm: 'sha1' | 'sha256';
  readonly key: string | Uint8Array;
  readonly text: string;
  readonly mac: string;
}

const larger = 'This is a test using a larger than block-size key and a larger than block-size data. ';

/** RFC 4231, cases 1, 2, 5 (cut to 128 bits), 6 and 7; RFC 2202, section 3, cases 1 and 2. The others sign no text. */
const vectors: readonly Vector[] = [
  {
    algorithm: 'sha256',
    key: Buffer.alloc(20, 0x0b),
    text: 'Hi There',
    mac: 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  },
  {
    algorithm: 'sha256',
    key: 'Jefe',
    text: 'what do ya want for nothing?',
    mac: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  },
  {
    algorithm: 'sha256',
    key: Buffer.alloc(20, 0x0c),
    text: 'Test With Truncation',
    mac: 'a3b6167473100ee06e0c796c2955552b',
  },
  {
    algorithm: 'sha256',
    key: Buffer.alloc(131, 0xaa),
    text: 'Test Using Larger Than Block-Size Key - Hash Key First',
    mac: '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  },
  {
    algorithm: 'sha256',
    key: Buffer.alloc(131, 0xaa),
    text: `${larger}The key needs to be hashed before being used by the HMAC algorithm.`,
    mac: '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
  },
  {
    algorithm: 'sha1',
    key: Buffer.alloc(20, 0x0b),
    text: 'Hi There',
    mac: 'b617318655057264e28bc0b6fb378c8ef146be00',
  },
  {
    algorithm: 'sha1',
    key: 'Jefe',
    text: 'what do ya want for nothing?',
    mac: 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79',
  },
];

test('HMAC gives the published values of RFC 4231 and RFC 2202', () => {
  for (const { algorithm, key, text, mac } of vectors) {
    assert.equal(hashing.hmacText(algorithm, key, text, 'hex').slice(0, mac.length), mac);
    assert.equal(hex(hashing.hmac(algorithm, key, text)).slice(0, mac.length), mac);
  }
});

/** Every length, so that padding and block ends are all met; a key's bytes reach 0xff. */
test('HMAC agrees with createHmac for every text of 0 to 300 bytes and every key of 0 to 200', () => {
  const bytes = Buffer.from(Array.from({ length: 300 }, (_, i) => (i * 167) & 0xff));
  const ascii = bytes.toString('base64');
  for (let length = 0; length <= 300; length++) {
    const keyLength = length % 201;
    for (const algorithm of algorithms) {
      for (const key of [bytes.subarray(0, keyLength), ascii.slice(0, keyLength)]) {
        const text = ascii.slice(0, length);
        const expected = createHmac(algorithm, key).update(text).digest();
        assert.equal(hashing.hmacText(algorithm, key, text, 'hex'), expected.toString('hex'));
        assert.deepEqual(Buffer.from(hashing.hmac(algorithm, key, text)), expected);
      }
    }
  }
});

test('HMAC agrees with createHmac for any text, any key and any order of calls', () => {
  // `binary` holds lone surrogates too, which UTF-8 can only replace.
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 300 }));
  const key = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.string({ maxLength: 130 }),
    fc.string({ unit: 'binary', maxLength: 70 }),
    fc.string({ minLength: 63, maxLength: 65 }),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...algorithms),
      key,
      text,
      fc.constantFrom(...encodings),
      (algorithm, key, text, encoding) => {
        const expected = createHmac(algorithm, key).update(text).digest();
        assert.equal(hashing.hmacText(algorithm, key, text, encoding), expected.toString(encoding));
        assert.deepEqual(Buffer.from(hashing.hmac(algorithm, key, text)), expected);
      },
    ),
    { numRuns: 2000 },
  );
});

test('HMAC agrees with createHmac where a text is as long as the block in memory, one less, one more, and far longer', () => {
  const limit = Math.floor((16 * 1024) / 3);
  for (const length of [limit - 1, limit, limit + 1, 16 * 1024, 100_000]) {
    for (const text of ['x'.repeat(length), '虎'.repeat(length)]) {
      const expected = createHmac('sha256', 'key').update(text).digest('base64');
      assert.equal(hashing.hmacText('sha256', 'key', text, 'base64'), expected);
      assert.equal(Buffer.from(hashing.hmac('sha256', 'key', text)).toString('base64'), expected);
    }
  }
});

test('an HMAC that was given out is not changed by the next one', () => {
  const first = hashing.hmac('sha256', 'key', 'one');
  const before = hex(first);
  hashing.hmac('sha256', 'key', 'two');
  assert.equal(hex(first), before);
});

test('a digest is that of createHash, for text and for bytes', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('md5' as const, 'sha256' as const),
      fc.oneof(fc.string({ unit: 'binary' }), fc.uint8Array()),
      (algorithm, data) => {
        assert.equal(hashing.digestHex(algorithm, data), createHash(algorithm).update(data).digest('hex'));
      },
    ),
  );
});

test('texts are equal only where every character is', () => {
  const any = fc.string({ unit: 'binary', maxLength: 80 });
  fc.assert(
    fc.property(any, any, (a, b) => {
      assert.equal(hashing.equal(a, b), a === b);
      assert.equal(hashing.equal(a, `${a}`), true);
      assert.equal(hashing.equal(a, `${a}x`), false);
    }),
  );
});

test('texts that share bytes in a narrower encoding are not equal', () => {
  // U+0141 ends in the byte of `A`; both lone surrogates are U+FFFD in UTF-8.
  assert.equal(hashing.equal('A', 'Ł'), false);
  assert.equal(hashing.equal('\ud800', '\ud801'), false);
  assert.equal(hashing.equal('\ud800', '\ufffd'), false);
});

test('texts are compared to their last character at the size of the block in memory and beyond', () => {
  for (const length of [1, 511, 512, 513, 5000]) {
    const text = 'x'.repeat(length);
    assert.equal(hashing.equal(text, 'x'.repeat(length)), true);
    assert.equal(hashing.equal(text, `${text.slice(1)}y`), false);
    assert.equal(hashing.equal(text, `y${text.slice(1)}`), false);
  }
});
