/**
 * What goes wrong without it: an entry of `exports` or `bin` that points at a renamed file is found by the first user who
 * installs the package, since nothing inside the repository imports it by that name.
 */

import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Tree } from './tree.ts';

interface Manifest {
  readonly name?: string;
  /** A path, or one for each condition. */
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly bin?: Readonly<Record<string, string>>;
}

const load = (path: string): Promise<unknown> => import(pathToFileURL(path).href);

export async function checkExports(root: string, tree: Tree, importFile = load): Promise<string[]> {
  const problems: string[] = [];
  for (const [path, text] of tree) {
    if (!/^packages\/[^/]+\/package\.json$/.test(path)) continue;
    const manifest: Manifest = JSON.parse(text);
    const file = (target: string): string => posix.join(posix.dirname(path), target);
    for (const [name, target] of Object.entries(manifest.bin ?? {})) {
      if (!tree.has(file(target))) problems.push(`${path}: bin ${name} points at ${target}, which does not exist`);
    }
    const targets = Object.entries(manifest.exports ?? {}).flatMap(([name, target]) =>
      (typeof target === 'string' ? [target] : Object.values(target)).map((one) => [name, one] as const),
    );
    for (const [name, target] of targets) {
      const place = `${path}: export ${name}`;
      const source = tree.get(file(target));
      if (source === undefined) {
        problems.push(`${place} points at ${target}, which does not exist`);
        continue;
      }
      if (!/^\/(?:\*\*|\/)[\s*]*[^\s*/]/.test(source))
        problems.push(`${file(target)}: opens without saying what it is for`);
      await importFile(join(root, file(target))).catch((error: unknown) => {
        problems.push(`${place} cannot be imported: ${error instanceof Error ? error.message : String(error)}`);
      });
    }
  }
  return problems;
}
