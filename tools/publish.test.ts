import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { publishedManifest, withEmittedNames } from './publish.ts';

const manifest = {
  name: 'a',
  version: '1.2.3',
  exports: { '.': './src/index.ts', './b': './src/b/index.ts' },
  bin: { a: 'bin/a.js' },
  dependencies: { fastify: '^5.1.0' },
  devDependencies: { typescript: '^7.0.0' },
  scripts: { test: 'node --test' },
  private: true,
};

describe('a published manifest', () => {
  const published = publishedManifest(manifest);

  it('points its exports at emitted code and types', () => {
    assert.deepEqual(published.manifest.exports, {
      '.': { types: './src/index.d.ts', default: './src/index.js' },
      './b': { types: './src/b/index.d.ts', default: './src/b/index.js' },
    });
  });

  it('keeps commands and dependency ranges, and drops what is ours alone', () => {
    const { exports: _, ...rest } = published.manifest;
    assert.deepEqual(rest, {
      name: 'a',
      version: '1.2.3',
      bin: manifest.bin,
      dependencies: manifest.dependencies,
    });
  });

  it('names every file that must have been emitted', () => {
    const files = ['./src/index.d.ts', './src/index.js', './src/b/index.d.ts', './src/b/index.js', 'bin/a.js'];
    assert.deepEqual(published.files, files);
  });

  it('refuses an export that is no source', () => {
    assert.throws(
      () => publishedManifest({ ...manifest, exports: { '.': './dist/index.js' } }),
      /no TypeScript source/,
    );
  });
});

describe('emitted names', () => {
  it('take the place of relative .ts specifiers in every form of import', () => {
    const source = `export * from './a.ts';\nimport("../b/c.ts");\nimport x from "./d.ts";`;
    assert.equal(withEmittedNames(source), `export * from './a.js';\nimport("../b/c.js");\nimport x from "./d.js";`);
  });

  it('leave packages, declarations and other endings alone', () => {
    const source = `from 'x.ts';\nfrom './a.d.ts';\nfrom './a.js';\nfrom './a.json';`;
    assert.equal(withEmittedNames(source), source);
  });
});
