import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite, test } from 'node:test';
import { findRuntime, noRuntime } from './find.ts';

suite('a runtime', () => {
  test('is found in the package of any system', (t) => {
    const modules = mkdtempSync(join(tmpdir(), 'hufu-runtimes-'));
    t.after(() => rmSync(modules, { recursive: true }));
    assert.equal(findRuntime('bun', modules), undefined);
    const program = join(modules, '@oven/bun-some-system/bin/bun');
    mkdirSync(dirname(program), { recursive: true });
    writeFileSync(program, '');
    assert.deepEqual(findRuntime('bun', modules), [program]);
    assert.equal(noRuntime('bun', { modules }), false);
  });

  test('that is missing lets its test rest, unless it has to be there', () => {
    const modules = '/nowhere';
    assert.match(String(noRuntime('deno', { modules, required: '' })), /^no deno here/);
    assert.match(String(noRuntime('deno', { modules, required: 'node-20,bun' })), /^no deno here/);
    assert.equal(noRuntime('deno', { modules, required: 'bun,deno' }), false);
  });
});
