/**
 * What goes wrong without it: a page that wants one token downloads a library, because somebody imported one thing too many.
 * What is measured is what a bundler leaves of one import: minified, gzip, without anything else of the package.
 */

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Tree } from './tree.ts';
import { textOf } from './tree.ts';

const client = 'packages/client';

/** Of a token source with the defaults. What only a record needs that others write comes with the store (decision 0023). */
const coreLimitBytes = 6_000;
/** Of each thing that a provider exports, beyond what the package itself does: whoever imports one gets no other. */
const providerLimitBytes = 3_000;
/** Likewise, with the packages that a provider is built upon, where these alone are larger than the limit. */
const withPackagesBytes: ReadonlyMap<string, number> = new Map([['./providers/oauth2', 10_000]]);

async function bytesOf(
  root: string,
  exports: readonly string[],
  packages: 'bundle' | 'external' = 'bundle',
): Promise<number> {
  const bundle = await build({
    stdin: { contents: exports.map((one) => `export ${one};`).join('\n'), resolveDir: root },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    external: packages === 'external' ? ['node:*', 'oauth4webapi'] : ['node:*'],
  });
  return gzipSync(bundle.outputFiles[0]?.contents ?? new Uint8Array(), { level: 9 }).length;
}

export async function checkSize(root: string, tree: Tree): Promise<string[]> {
  const { exports }: { readonly exports: Readonly<Record<string, string>> } = JSON.parse(
    textOf(tree, `${client}/package.json`),
  );
  const file = (path: string): string => join(root, client, path);
  const core = file('src/core/create.ts');
  const coreBytes = await bytesOf(root, [`* from '${core}'`]);
  const problems =
    coreBytes > coreLimitBytes ? [`the client's core has ${coreBytes} bytes, at most ${coreLimitBytes}`] : [];
  const own = file(exports['.'] ?? 'src/index.ts');
  const ownBytes = await bytesOf(root, [`* from '${own}'`]);
  for (const [name, path] of Object.entries(exports)) {
    if (!name.startsWith('./providers/')) continue;
    const module: object = await import(pathToFileURL(file(path)).href);
    for (const one of Object.keys(module)) {
      const both = [`* from '${own}'`, `{ ${one} } from '${file(path)}'`];
      const limits = { external: providerLimitBytes, bundle: withPackagesBytes.get(name) ?? providerLimitBytes };
      for (const packages of ['external', 'bundle'] as const) {
        const bytes = (await bytesOf(root, both, packages)) - ownBytes;
        if (bytes <= limits[packages]) continue;
        problems.push(`${one} of ${name} adds ${bytes} bytes to the client, at most ${limits[packages]}`);
        break;
      }
    }
  }
  return problems;
}
