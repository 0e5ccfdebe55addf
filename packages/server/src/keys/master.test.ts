import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { inspect } from 'node:util';
import { BadMasterKey, deriveKey, masterKeyBytes, masterKeyOf, newMasterKey } from './master.ts';
import { systemRandom } from './random.ts';

// 0xff and 0xfb give `/` and `+` in base64, `_` and `-` in base64url.
const bytes = Buffer.from([0xff, 0xef, 0xfb, ...Array.from({ length: 29 }, (_, i) => i)]);

test('a master key is read from base64, base64url and hexadecimal text, padded or not', () => {
  const base64 = bytes.toString('base64');
  const texts = [
    base64,
    base64.replace('=', ''),
    bytes.toString('base64url'),
    `${bytes.toString('base64url')}=`,
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    `  ${base64}\r\n`,
  ];
  for (const text of texts) assert.deepEqual(masterKeyOf(text).export(), bytes);
});

test('a refusal names the form of what was given', () => {
  const hex = bytes.toString('hex');
  const cases: readonly (readonly [text: string, form: RegExp])[] = [
    ['', /given: nothing\.$/],
    [' \n', /given: nothing\.$/],
    [hex.slice(0, 62), /given: 62 hexadecimal digits\.$/],
    [hex.slice(0, 63), /given: 63 hexadecimal digits\.$/],
    [`${hex}0`, /given: 65 hexadecimal digits\.$/],
    [bytes.subarray(0, 31).toString('base64'), /given: 31 bytes in base64\.$/],
    [Buffer.concat([bytes, bytes.subarray(0, 1)]).toString('base64'), /given: 33 bytes in base64\.$/],
    ['correct horse battery staple', /given: 28 characters, some of them foreign to both\.$/],
    // `+` of one alphabet beside `_` of the other.
    [`+_${'A'.repeat(41)}`, /given: 43 characters that are not well-formed base64\.$/],
    // Bits set behind the last byte.
    [`${'z'.repeat(42)}B`, /given: 43 characters that are not well-formed base64\.$/],
  ];
  for (const [text, form] of cases) {
    assert.throws(() => masterKeyOf(text), { name: 'BadMasterKey', message: form });
  }
});

test('a refusal never holds the value', () => {
  for (const size of [8, 16, 31, 33, 64]) {
    const secret = randomBytes(size);
    for (const text of [secret.toString('base64'), secret.toString('hex'), `${secret.toString('base64')}!`]) {
      assert.throws(
        () => masterKeyOf(text),
        (error) => error instanceof BadMasterKey && !inspect(error).includes(text.slice(0, 8)),
      );
    }
  }
});

test('a new master key is 32 random bytes that can be read back', () => {
  const text = newMasterKey(systemRandom);
  assert.equal(masterKeyOf(text).export().length, masterKeyBytes);
  assert.notEqual(newMasterKey(systemRandom), text);
});

test('a derived key depends on the master key and on the purpose, and on nothing else', () => {
  const master = masterKeyOf(bytes.toString('base64'));
  const other = masterKeyOf(Buffer.alloc(32).toString('base64'));
  const hexOf = (key: ReturnType<typeof deriveKey>): string => key.export().toString('hex');
  assert.equal(hexOf(deriveKey(master, 'one')), hexOf(deriveKey(master, 'one')));
  assert.notEqual(hexOf(deriveKey(master, 'one')), hexOf(deriveKey(master, 'two')));
  assert.notEqual(hexOf(deriveKey(master, 'one')), hexOf(deriveKey(other, 'one')));
  assert.notEqual(hexOf(deriveKey(master, 'one')), bytes.toString('hex'));
});

test('derived keys stay what they are from release to release', () => {
  const master = masterKeyOf(Buffer.alloc(32, 1).toString('hex'));
  assert.equal(
    deriveKey(master, 'seal').export().toString('hex'),
    '5d9ca4e4433f67fac07f549d37e8a31c0447e083cc9c2fd5a825fc66204440ef',
  );
});

test('keys print nothing of themselves', () => {
  const master = masterKeyOf(bytes.toString('hex'));
  const printed = inspect({ master, key: deriveKey(master, 'one') }, { depth: null, showHidden: true });
  assert.doesNotMatch(printed + JSON.stringify({ master }), /ffeffb|\/\+\/7|255, 239/);
});
