import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkSize } from './check-size.ts';

/** Text that no compression makes smaller by much. */
const noise = (bytes: number): string => randomBytes(bytes).toString('base64');

test('a core or a provider that grew too large is named, with its size', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'hufu-size-'));
  t.after(() => rm(root, { recursive: true }));
  const at = (path: string): string => join(root, 'packages/client', path);
  await mkdir(at('src/core'), { recursive: true });
  const manifest = {
    exports: { '.': './src/index.ts', './providers/small': './src/small.ts', './providers/large': './src/large.ts' },
  };
  const tree = new Map([['packages/client/package.json', JSON.stringify(manifest)]]);
  await writeFile(at('src/small.ts'), 'export const small = 1;');
  await writeFile(at('src/large.ts'), `export const large = '${noise(10_000)}';`);
  await writeFile(at('src/core/create.ts'), 'export const core = 1;');
  await writeFile(at('src/index.ts'), 'export const own = 1;');
  const [large, ...none] = await checkSize(root, tree);
  assert.match(large ?? '', /^large of \.\/providers\/large adds \d+ bytes/);
  assert.deepEqual(none, []);
  await writeFile(at('src/core/create.ts'), `export const core = '${noise(20_000)}';`);
  assert.match((await checkSize(root, tree))[0] ?? '', /^the client's core has \d+ bytes/);
});
