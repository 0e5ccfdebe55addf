import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { provideRuntimes } from './install.ts';

interface Machine {
  readonly folder: string;
  /** How often npm was asked. */
  installations: number;
  want(lock: string): void;
  provide(): string | undefined;
}

function machine(t: TestContext): Machine {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-runtimes-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const made: Machine = {
    folder,
    installations: 0,
    want: (lock) => writeFileSync(join(folder, 'package-lock.json'), lock),
    provide: () =>
      provideRuntimes(folder, () => {
        made.installations += 1;
        return { status: 0, stderr: '' };
      }),
  };
  made.want('one lock');
  return made;
}

suite('the runtimes of a machine', () => {
  test('are installed once for a lock', (t) => {
    const here = machine(t);
    for (const lock of ['one lock', 'one lock', 'another lock', 'another lock']) {
      here.want(lock);
      assert.equal(here.provide(), undefined);
    }
    assert.equal(here.installations, 2);
  });

  test('that cannot be installed are done without, for a reason, and tried again', (t) => {
    const here = machine(t);
    const stderr = 'npm warn a\nnpm error code ENOTFOUND\nnpm error network no\nnpm error A complete log: /x\n';
    assert.equal(
      provideRuntimes(here.folder, () => ({ status: 1, stderr })),
      'code ENOTFOUND network no',
    );
    const error = new Error('spawnSync npm ETIMEDOUT');
    assert.equal(
      provideRuntimes(here.folder, () => ({ status: null, stderr: '', error })),
      error.message,
    );
    assert.equal(here.provide(), undefined);
    assert.equal(here.installations, 1);
  });
});
