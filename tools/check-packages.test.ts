import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { checkTarball } from './check-packages.ts';

const sound = {
  'package.json': JSON.stringify({
    name: 'a',
    version: '1.0.0',
    type: 'module',
    exports: { '.': { types: './a.d.ts', default: './a.js' } },
  }),
  'a.js': 'export const a = 1;\n',
  'a.d.ts': 'export declare const a: number;\n',
};

/** As `npm pack` does it. */
function tarballOf(files: Readonly<Record<string, string | undefined>>): Uint8Array<ArrayBuffer> {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-tarball-'));
  try {
    mkdirSync(join(folder, 'package'));
    for (const [name, text] of Object.entries(files)) {
      if (text !== undefined) writeFileSync(join(folder, 'package', name), text);
    }
    return new Uint8Array(execFileSync('tar', ['-czf', '-', 'package'], { cwd: folder }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const withManifest = (change: object): string => JSON.stringify({ ...JSON.parse(sound['package.json']), ...change });

describe('a package', () => {
  it('that is ESM alone, with types, is clean', async () => {
    assert.deepEqual(await checkTarball(tarballOf(sound)), []);
  });

  for (const [rule, files, finding] of [
    ['has no types', { ...sound, 'a.d.ts': undefined }, /types/],
    ['is ESM and says CommonJS', { ...sound, 'package.json': withManifest({ type: 'commonjs' }) }, /ESM|module/],
    [
      'has types of another module system than its code',
      {
        ...sound,
        'package.json': withManifest({ exports: { '.': { types: './a.d.cts', default: './a.js' } } }),
        'a.d.cts': sound['a.d.ts'],
      },
      /FalseCJS/,
    ],
    [
      'has types that import a file which is not there',
      { ...sound, 'a.d.ts': "export * from './b.js';\n" },
      /InternalResolutionError/,
    ],
    ['exports a file that is not there', { ...sound, 'a.js': undefined }, /a\.js/],
  ] as const) {
    it(`that ${rule} is found`, async () => assert.match((await checkTarball(tarballOf(files))).join('\n'), finding));
  }
});
