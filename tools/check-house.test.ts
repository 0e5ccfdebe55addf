import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkHouse } from './check-house.ts';

const check = (path: string, source: string): string[] => checkHouse(new Map([[path, source]]), new Map());
const source = 'packages/server/src/core/a.ts';
const spec = 'packages/server/src/core/a.test.ts';
const lines = (count: number): string => 'a;\n'.repeat(count);

/** Written in two halves, so that the check does not find itself here. */
const half = (first: string, second: string): string => `${first}${second}`;

describe('the length of a file', () => {
  it('may be 250 lines, not 251', () => {
    assert.deepEqual(check(source, lines(249)), []);
    assert.deepEqual(check(source, lines(250)), []);
    assert.equal(check(source, lines(251)).length, 1);
    assert.equal(check(source, `${lines(250)}a;`).length, 1);
  });

  it('is free for tests, golden files and files outside of packages', () => {
    for (const path of [spec, 'packages/wire/src/sls/golden/a.ts', 'tools/a.ts']) {
      assert.deepEqual(check(path, lines(251)), []);
    }
  });

  it('may be exceeded with a reason, as long as the file exists', () => {
    const tree = new Map([[source, lines(251)]]);
    assert.deepEqual(checkHouse(tree, new Map([[source, 'one table']])), []);
    assert.equal(checkHouse(new Map(), new Map([[source, 'one table']])).length, 1);
  });
});

describe('drawers', () => {
  for (const name of ['utils', 'util', 'helpers', 'common', 'shared']) {
    it(`a folder ${name}/ is one`, () => {
      assert.equal(check(`packages/server/src/${name}/a.ts`, '').length, 1);
      assert.equal(check(`packages/server/src/core/${name}/deep/a.ts`, '').length, 1);
    });
  }

  it('a file or a longer word is none', () => {
    assert.deepEqual(check('packages/server/src/shared-links/common.ts', ''), []);
  });
});

describe('excuses', () => {
  const bare = [
    '// TODO',
    '// TODO: later',
    '// FIXME',
    '// @ts-ignore',
    '// eslint-disable-next-line',
    '// biome-ignore lint: x',
  ];
  for (const line of bare) {
    it(`"${line}" needs a reason`, () => assert.equal(check(source, `a;\n${line}\n`).length, 1));
  }

  const reasoned = [
    '// TODO: drop when the store can answer in one trip',
    '// biome-ignore lint/suspicious/noControlCharactersInRegex: header values may hold them',
    '// eslint-disable-next-line no-x -- the driver needs it',
    '// @ts-expect-error: the type of the driver is wrong',
  ];
  for (const line of reasoned) {
    it(`"${line}" has one`, () => assert.deepEqual(check(source, `${line}\n`), []));
  }

  it('names the line', () => assert.match(check(source, 'a;\n// FIXME\n')[0] ?? '', /a\.ts:2/));
});

describe('narrowed tests', () => {
  const narrowing = [
    half('it.', "only('a', () => {});"),
    half('describe.', "skip('a', () => {});"),
    half('t.', "todo('a');"),
    half("it('a', { sk", 'ip: true }, () => {});'),
    half("it('a', { on", 'ly: true }, () => {});'),
    half("it('a', { to", "do: 'later' }, () => {});"),
  ];
  for (const line of narrowing) {
    it(`${line} is one`, () => assert.equal(check(spec, line).length, 1));
  }

  it('may depend on the machine in tests of browsers and runtimes only, and never without a reason', () => {
    const line = half('suite(name, { sk', 'ip: noBrowser }, () => {');
    for (const folder of ['browser', 'packages']) assert.deepEqual(check(`test/${folder}/a.test.ts`, line), []);
    assert.equal(check('test/browser/a.test.ts', line.replace('noBrowser', 'true')).length, 1);
    for (const path of [spec, 'test/sls/a.test.ts', 'test/browser.test.ts']) assert.equal(check(path, line).length, 1);
    assert.equal(check(spec, half("it('a', { sk", 'ip }, () => {});')).length, 1);
  });

  it('are looked for in tests only', () => assert.deepEqual(check(source, half('rows.', 'skip(1);')), []));
  it('are not the words alone', () => assert.deepEqual(check(spec, "it('only the owner may skip it', run);"), []));
});
