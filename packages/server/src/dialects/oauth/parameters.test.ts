import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { formDecoded, readParameters } from './parameters.ts';

const read = (text: string) => {
  const parameters = readParameters(text);
  return parameters && { values: Object.fromEntries(parameters.values), repeated: [...parameters.repeated] };
};

describe('parameters', () => {
  it('are what a form encoder has written, whatever was in it', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.isWellFormed());
    const value = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, value), { selector: ([first]) => first }), (pairs) => {
        const parameters = readParameters(new URLSearchParams(pairs).toString());
        assert.deepEqual([...(parameters?.values ?? [])], pairs);
        assert.equal(parameters?.repeated.size, 0);
      }),
    );
  });

  it('count as left out where they have no value', () => {
    assert.deepEqual(read('a=&b&c=1&&'), { values: { c: '1' }, repeated: [] });
    assert.deepEqual(read(''), { values: {}, repeated: [] });
  });

  it('are told apart where one came twice, with or without a value, however it is encoded', () => {
    assert.deepEqual(read('a=1&a=2')?.repeated, ['a']);
    assert.deepEqual(read('a=&a=2')?.repeated, ['a']);
    assert.deepEqual(read('a=1&%61=2')?.repeated, ['a']);
    assert.deepEqual(read('a=1&A=2')?.repeated, []);
  });

  it('are refused where a percent sign begins nothing or bytes are no UTF-8', () => {
    for (const text of ['a=%', 'a=%4', 'a=%zz', 'a=%ff', 'a=%c3', 'a=%ed%a0%80', '%=a', 'ok=1&a=%e8%99']) {
      assert.equal(readParameters(text), undefined, text);
    }
    assert.deepEqual(read('a=%e8%99%8e')?.values, { a: '虎' });
  });

  it('have blanks as plus signs, and plus signs encoded', () => {
    assert.equal(formDecoded('a+b%2Bc%20d'), 'a b+c d');
  });
});
