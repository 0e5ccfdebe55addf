import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkExports } from './check-exports.ts';

const manifest = 'packages/a/package.json';
const entry = 'packages/a/src/index.ts';

async function check(json: object, files: Record<string, string>, fails = false): Promise<string[]> {
  const tree = new Map([[manifest, JSON.stringify(json)], ...Object.entries(files)]);
  return checkExports('/root', tree, async () => {
    if (fails) throw new Error('no such name');
  });
}

const exports = { '.': './src/index.ts' };

describe('exports of a package', () => {
  it('point at files that say what they are for and can be imported', async () => {
    assert.deepEqual(await check({ exports }, { [entry]: '/** The way in. */\n' }), []);
    assert.deepEqual(await check({ exports }, { [entry]: '// The way in.\n' }), []);
  });

  it('must exist', async () => assert.equal((await check({ exports }, {})).length, 1));

  it('must open with a comment', async () => {
    for (const text of ['', 'export {};', '/** */', "import 'a';\n/** Late. */"]) {
      assert.equal((await check({ exports }, { [entry]: text })).length, 1, text);
    }
  });

  it('must import', async () => {
    const [problem] = await check({ exports }, { [entry]: '/** The way in. */' }, true);
    assert.match(problem ?? '', /no such name/);
  });

  it('are checked under every condition', async () => {
    const conditional = { exports: { '.': { types: './src/gone.ts', default: './src/index.ts' } } };
    assert.equal((await check(conditional, { [entry]: '/** The way in. */' })).length, 1);
  });
});

describe('commands of a package', () => {
  const bin = { bin: { a: 'bin/a.js' } };
  it('must exist', async () => {
    assert.equal((await check(bin, {})).length, 1);
    assert.deepEqual(await check(bin, { 'packages/a/bin/a.js': '' }), []);
  });
});

describe('a package without either', () => {
  it('has nothing to mend', async () => assert.deepEqual(await check({}, {}), []));
});
