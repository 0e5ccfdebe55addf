import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { provideRuntimes } from './install.ts';

const lockOf = (versions: Readonly<Record<string, string>>): string =>
  JSON.stringify({
    packages: Object.fromEntries(
      Object.entries(versions).map(([name, version]) => [`node_modules/${name}`, { version }]),
    ),
  });

/** A folder whose lock wants `a` 2 of this system and `b` 2 of another. */
function folderWith(t: TestContext, installed?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-runtimes-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'package-lock.json'), lockOf({ a: '2', b: '2' }));
  if (installed === undefined) return folder;
  mkdirSync(join(folder, 'node_modules'));
  writeFileSync(join(folder, 'node_modules/.package-lock.json'), lockOf({ a: installed }));
  return folder;
}

const unneeded = (): never => assert.fail('npm was asked');
const done = { status: 0, stderr: '' };

suite('the runtimes of a machine', () => {
  test('are kept where they are those of the lock', (t) => {
    assert.equal(provideRuntimes(folderWith(t, '2'), unneeded), undefined);
  });

  for (const [rule, installed] of [
    ['there are none', undefined],
    ['there are others', '1'],
  ] as const) {
    test(`are installed where ${rule}`, (t) => {
      const folder = folderWith(t, installed);
      const asked: string[] = [];
      const problem = provideRuntimes(folder, (at) => {
        asked.push(at);
        return done;
      });
      assert.deepEqual([problem, asked], [undefined, [folder]]);
    });
  }

  test('that cannot be installed are done without, for a reason', (t) => {
    const stderr = 'npm warn a\nnpm error code ENOTFOUND\nnpm error network no\nnpm error A complete log: /x\n';
    const folder = folderWith(t);
    assert.equal(
      provideRuntimes(folder, () => ({ status: 1, stderr })),
      'code ENOTFOUND network no',
    );
    const error = new Error('spawnSync npm ETIMEDOUT');
    assert.equal(
      provideRuntimes(folder, () => ({ status: null, stderr: '', error })),
      error.message,
    );
  });
});
