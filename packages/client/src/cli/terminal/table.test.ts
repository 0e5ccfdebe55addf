import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { displayWidth, padDisplay, printable } from './display-width.ts';
import { listing, table } from './table.ts';

const io = { stdout: new PassThrough() };

describe('the width of a text on a terminal', () => {
  for (const [text, width] of [
    ['', 0],
    ['abc', 3],
    ['虎符', 4],
    ['ｆｕ', 4],
    ['ｱ', 1],
    ['한글', 4],
    ['かな', 4],
    ['，。', 4],
    ['e\u0301', 1],
    ['a虎b', 4],
  ] as const) {
    it(`of ${JSON.stringify(text)} is ${width}`, () => assert.equal(displayWidth(text), width));
  }

  it('is filled up to what was asked for, and never cut', () => {
    assert.equal(padDisplay('虎', 4), '虎  ');
    assert.equal(padDisplay('abcd', 2), 'abcd');
  });
});

describe('what others wrote', () => {
  it('moves no cursor and forges no line', () => {
    assert.equal(printable('a\u001b[2Jb\nc\r\u0000\u202e\u2028'), 'a?[2Jb?c????');
    const rows = [{ name: 'x\nok  fake' }];
    assert.equal(table(io, [{ title: 'NAME', of: (row) => row.name }], rows).split('\n').length, 2);
    assert.equal(listing(io, [['name', 'a\nb']]), 'name  a?b');
  });
});

describe('a table', () => {
  it('aligns its columns by what is seen, and ends no line with spaces', () => {
    const columns = ['a', 'b'].map((name, at) => ({ title: name.toUpperCase(), of: (row: string[]) => row[at] ?? '' }));
    assert.equal(
      table(io, columns, [
        ['虎符', 'x'],
        ['abc', ''],
      ]),
      'A     B\n虎符  x\nabc',
    );
  });

  it('has its head alone where there are no rows', () => {
    assert.equal(table(io, [{ title: 'ID', of: String }], []), 'ID');
  });
});
