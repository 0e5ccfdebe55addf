import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { headerText, headerValue } from './header-text.ts';

/** Text that a header can carry. */
const carried = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .filter((text) => !/^[ \t]|[ \t]$/.test(text) && !/\p{Cc}/u.test(text));

suite('text in headers', () => {
  test('is read again, whatever the script', () => {
    fc.assert(fc.property(carried, (text) => assert.equal(headerText(headerValue('user', text)), text)));
  });

  test('goes out as its UTF-8 bytes, one code unit each', () => {
    fc.assert(
      fc.property(carried, (text) => {
        assert.deepEqual(Buffer.from(headerValue('user', text), 'latin1'), Buffer.from(text, 'utf8'));
      }),
    );
  });

  for (const text of ['bob', 'a"b\\c', 'test@123', '%E5%BC%A0', 'a+b', 'a b', 'tab\there', "~!*()'"]) {
    test(`${text} is itself`, () => {
      assert.equal(headerValue('user', text), text);
      assert.equal(headerText(text), text);
    });
  }

  for (const [rule, bytes, text] of [
    ['UTF-8 of three bytes', '\xe5\xbc\xa0\xe4\xb8\x89', '张三'],
    ['UTF-8 that ends in what Latin-1 calls a blank', 'caf\xc3\xa0', 'cafà'],
    ['UTF-8 of four bytes', '\xf0\xa0\x80\x80', '\u{20000}'],
    ['UTF-8 around a percent sign', '%41\xc3\xa9%', '%41é%'],
    ['Latin-1', 'caf\xe9', 'café'],
    ['a sequence that breaks off', '\xe5\xbc', '\xe5\xbc'],
    ['a byte too many', '\xc3\xa9\xe9', '\xc3\xa9\xe9'],
    ['an overlong form', '\xc0\xaf', '\xc0\xaf'],
    ['half a surrogate pair', '\xed\xa0\x80', '\xed\xa0\x80'],
    ['what lies beyond Unicode', '\xf4\x90\x80\x80', '\xf4\x90\x80\x80'],
    ['text that was decoded before', '张\xc3\xa9', '张\xc3\xa9'],
    ['nothing', '', ''],
  ] as const) {
    test(`${rule} is read as what it means`, () => assert.equal(headerText(bytes), text));
  }

  test('that no header can carry is refused, and not told', () => {
    for (const text of [
      '',
      ' a',
      'a ',
      '\ta',
      'a\t',
      ' ',
      'a\r\nb: c',
      'a\nb',
      'a\0b',
      'a\x1bb',
      'a\x7fb',
      'a\ud800',
      '\udc00a',
    ]) {
      assert.throws(
        () => headerValue('password', text),
        (error) => error instanceof RangeError && /^header password cannot carry/.test(error.message),
      );
    }
    assert.throws(
      () => headerValue('password', ' hunter2'),
      (error) => error instanceof RangeError && !error.message.includes('hunter2'),
    );
  });
});
