import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkLibrary } from './check-library.ts';

const manifest = JSON.stringify({ exports: { '.': './src/index.ts', './cli': './src/cli/index.ts' } });

const problems = (files: Readonly<Record<string, string>>): string[] =>
  checkLibrary(
    new Map([
      ['packages/client/package.json', manifest],
      ...Object.entries(files).map(([path, text]) => [`packages/client/src/${path}`, text] as const),
    ]),
  );

describe('a library export', () => {
  it('may reach everything but the commands', () => {
    assert.deepEqual(problems({ 'index.ts': `export * from './a.ts';`, 'a.ts': `import 'oauth4webapi';` }), []);
  });

  it('reaches no package of the commands, however far away', () => {
    const files = {
      'index.ts': `export * from './a.ts';`,
      'a.ts': `const b = await import('./b.ts');`,
      'b.ts': `import { Command } from 'commander';`,
    };
    assert.deepEqual(problems(files), ['export . reaches commander by packages/client/src/b.ts']);
  });

  it('reaches no file of the commands, whatever that imports', () => {
    assert.deepEqual(problems({ 'index.ts': `import './cli/a.ts';`, 'cli/a.ts': '' }), [
      'export . reaches packages/client/src/cli/a.ts by packages/client/src/index.ts',
    ]);
  });

  it('does not end where imports go round', () => {
    assert.deepEqual(problems({ 'index.ts': `import './a.ts';`, 'a.ts': `import './index.ts';` }), []);
  });
});

describe('the exports of the commands', () => {
  it('are built upon what they need', () => {
    assert.deepEqual(problems({ 'index.ts': '', 'cli/index.ts': `import 'commander';` }), []);
  });
});
