import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { brokenLinks } from './links.ts';

const check = (path: string, markdown: string): string[] =>
  brokenLinks(new Map([[path, markdown]]), (file) => file === 'docs/a.md' || file === 'README.md');

describe('links', () => {
  it('lead from their own document to files that exist', () => {
    assert.deepEqual(check('README.md', '[a](docs/a.md#x) [web](https://example.com/gone)'), []);
    assert.deepEqual(check('docs/b.md', '[a](a.md) [home](../README.md)'), []);
  });

  it('may not lead nowhere', () => {
    assert.equal(check('README.md', '[a](a.md)').length, 1);
    assert.equal(check('docs/b.md', '![picture](docs/a.md)').length, 1);
  });

  it('may not lead out of the repository', () => {
    assert.equal(brokenLinks(new Map([['README.md', '[a](../a.md)']]), () => true).length, 1);
  });

  it('are looked for in documents only', () => assert.deepEqual(check('a.ts', '[a](gone.md)'), []));
});
