import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { codeOf, isForTests, isSource, readTree, textOf } from './tree.ts';

describe('the tree', () => {
  it('holds the text files of the repository by their path, and nothing that was installed', () => {
    const tree = readTree(fileURLToPath(new URL('..', import.meta.url)));
    assert.ok(tree.has('tools/tree.ts'));
    assert.ok(tree.has('packages/wire/package.json'));
    assert.deepEqual(
      [...tree.keys()].filter((path) => path.includes('node_modules/')),
      [],
    );
  });

  it('names a file that is not there', () => {
    assert.throws(() => textOf(new Map(), 'docs/errors.md'), /docs\/errors\.md does not exist/);
  });

  it('tells source, tests and what is only for tests apart', () => {
    assert.ok(isSource('packages/wire/src/sls/facts.ts'));
    assert.ok(!isSource('packages/wire/bin/x.ts'));
    assert.ok(!isForTests('packages/server/src/core/grant.ts'));
    for (const path of ['core/a.test.ts', 'core/grant.sample.ts', 'sls/golden/recorded.ts', 'stores/suite/suite.ts']) {
      assert.ok(isForTests(`packages/server/src/${path}`), path);
    }
  });
});

describe('code without words', () => {
  it('leaves out comments and strings, and keeps templates', () => {
    const template = `\`$\{Date.now()}\``;
    const source = `const a = 'Date.now'; // Date.now\n/* Date.now\n */ const b = ${template}; const c = "it's";`;
    assert.equal(codeOf(source), `const a = ''; \n const b = ${template}; const c = '';`);
  });

  it('is not led astray by a quote in a comment or a template', () => {
    const code = codeOf("// it's fine\nconst a = `it's`;\nMath.random();");
    assert.match(code, /Math\.random/);
  });
});
