import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkRfc9700 } from './check-rfc9700.ts';

const matrix = 'docs/rfc9700.md';
const spec = 'test/oauth/refresh.test.ts';
const replay = '[9700-4.14.2-1] a replayed refresh token ends the session';
const row = (id: string, proof: string, level = 'MUST'): string => `| \`${id}\` | ${level} | words | ${proof} |`;
const quoted = (name: string): string => `\`${name}\``;
const written = (literal: string): string => `it(${literal}, () => {});\n`;

const check = (rows: readonly string[], files: Record<string, string> = {}): string[] =>
  checkRfc9700(new Map([[matrix, rows.join('\n')], ...Object.entries(files)]));
const good = [row('9700-4.14.2-1', quoted(replay)), row('6749-B-1', '**Not ours**: the proxy does it.', 'stated')];
const proven = { [spec]: written(`'${replay}'`) };

describe('the conformance matrix', () => {
  it('has a test or a reason in every row', () => {
    assert.deepEqual(check(good, proven), []);
    for (const proof of ['', 'soon', 'Not ours: the proxy does it.', '**Not ours**', '**Later**: it is not built.']) {
      assert.match(check([row('9700-2.1-1', proof)]).join(), /9700-2\.1-1 names neither/, proof);
    }
  });

  it('must exist and have rows', () => {
    assert.throws(() => checkRfc9700(new Map()), /docs\/rfc9700\.md does not exist/);
    assert.deepEqual(check(['| id | level |', '| --- | --- |']), ['docs/rfc9700.md: no row found']);
  });

  it('gives an id once', () => {
    assert.deepEqual(check([...good, ...good.slice(0, 1)], proven), ['docs/rfc9700.md: 9700-4.14.2-1 is given twice']);
  });

  for (const id of ['9700-2.1', '9700-2.1-0', '9700-2.1-x', '97-2.1-1', '9700-2..1-1', 'rfc9700-2.1-1']) {
    it(`knows that ${id} is no row id`, () => {
      assert.match(check([row(id, '**Not ours**: the proxy does it.')]).join(), /is no row id/);
    });
  }

  it('has a level of the documents in every row', () => {
    for (const level of ['', 'must', 'CAN']) {
      assert.match(check([row('9700-2.1-1', '**Not ours**: words.', level)]).join(), /has no level/);
    }
  });
});

describe('a test that the matrix names', () => {
  it('exists, in test/ or beside a source', () => {
    assert.match(check(good).join(), /names a test that does not exist: \[9700-4\.14\.2-1\] a replayed/);
    for (const path of [spec, 'test/crash.test.ts', 'packages/server/src/core/a.test.ts']) {
      assert.deepEqual(check(good, { [path]: written(`'${replay}'`) }), [], path);
    }
    for (const path of ['test/oauth/refresh.ts', 'tools/a.test.ts', 'packages/server/src/core/a.ts']) {
      assert.equal(check(good, { [path]: written(`'${replay}'`) }).length, 1, path);
    }
  });

  it('has exactly this name', () => {
    for (const name of [`${replay} `, replay.slice(0, -1), replay.replace('a replayed', 'A replayed')]) {
      assert.match(check(good, { [spec]: written(`'${name}'`) }).join(), /does not exist/, name);
    }
  });

  it('is one of several in its row', () => {
    const rows = [row('9700-2.2.2-1', `${quoted('one')}, ${quoted('two')}`)];
    const [problem, ...others] = check(rows, { [spec]: written("'one'") });
    assert.match(problem ?? '', /does not exist: two$/);
    assert.deepEqual(others, []);
  });

  it('may be written in any quotes, over two lines, in a loop and as a part of another test', () => {
    const rows = [row('9700-2.1-1', quoted("a client's own"))];
    for (const source of [
      written('"a client\'s own"'),
      written("'a client\\'s own'"),
      written("`a client's own`"),
      written('\n  "a client\'s own"'),
      `  for (const one of many) ${written('"a client\'s own"')}`,
      '  await t.test("a client\'s own", run);',
    ]) {
      assert.deepEqual(check(rows, { [spec]: source }), [], source);
    }
  });

  it('is quoted with … where a table of cases fills in', () => {
    const rows = [row('9700-2.1-1', quoted('is refused: …, as …'))];
    const template = `\`is refused: $\{what}, as $\{say({ short: true })}\``;
    assert.deepEqual(check(rows, { [spec]: written(template) }), []);
  });

  it('may have a bar in its name', () => {
    assert.deepEqual(check([row('9700-2.1-1', quoted('a \\| b'))], { [spec]: written("'a | b'") }), []);
  });

  it('is not one that was commented out or stands in a string', () => {
    for (const before of ['// ', '  // ', ' * ', '/* ', 'const source = "', "run('"]) {
      assert.equal(check(good, { [spec]: before + written(`'${replay}'`) }).length, 1, before);
    }
  });
});

describe('a test that claims a row', () => {
  const other = '[9700-2.1-1] a redirect URI is compared character by character';

  it('is in this row', () => {
    const claimed = { [spec]: written(`'${replay}'`) + written(`'${other}'`) };
    assert.match(check(good, claimed).join(), /^test\/oauth\/refresh\.test\.ts: ".+" is not in row 9700-2\.1-1 of/);
    const elsewhere = [...good, row('9700-2.1-1', quoted(replay))];
    assert.equal(check(elsewhere, claimed).length, 1);
    assert.deepEqual(check([...good, row('9700-2.1-1', quoted(other))], claimed), []);
  });

  it('may be quoted by other rows as well', () => {
    assert.deepEqual(check([...good, row('6749-10.4-5', quoted(replay), 'SHOULD')], proven), []);
  });

  it('does so by a number in brackets, under test/oauth/', () => {
    for (const [path, name] of [
      [spec, 'nothing in brackets'],
      [spec, '[draft] of a test'],
      ['test/dev.test.ts', other],
    ] as const) {
      assert.deepEqual(check(good, { ...proven, [path]: `${proven[spec]}${written(`'${name}'`)}` }), [], name);
    }
    const incomplete = written("'[9700-2.1] a number is missing'");
    assert.equal(check(good, { [spec]: `${proven[spec]}${incomplete}` }).length, 1);
  });
});
