import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compareReadmes } from './readmes.ts';

describe('the two READMEs', () => {
  it('have the same headings by number and depth', () => {
    assert.deepEqual(compareReadmes('# Hufu\n## Start\n', '# 虎符\n## 开始\n'), []);
  });
  it('may differ in what stands in code', () => {
    assert.deepEqual(compareReadmes('# Hufu\n```\n# comment\n```\n', '# 虎符\n'), []);
  });
  it('differ in number', () => assert.equal(compareReadmes('# Hufu\n## Start\n', '# 虎符\n').length, 1));
  it('differ in depth', () => assert.equal(compareReadmes('# Hufu\n## Start\n', '# 虎符\n### 开始\n').length, 1));
  it('cannot agree on nothing', () => assert.equal(compareReadmes('', '').length, 1));
});
