/** Builds packages and packs them as they would be published. */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { build, type PackageName } from './build.ts';

/**
 * Writes into `packages/<name>/dist` on its way: two at once would be in each other's.
 *
 * @param into a folder that exists.
 * @returns the tarballs, in the order of `names`, which is one in which they can be built.
 */
export function pack(names: readonly PackageName[], into: string): readonly string[] {
  return names.map((name) => {
    const options = { cwd: build(name), encoding: 'utf8', stdio: 'pipe' } as const;
    const told = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', into], options);
    // As `npm pack --json` documents it.
    const [packed] = JSON.parse(told) as readonly { readonly filename: string }[];
    if (!packed) throw new Error(`${name}: npm packed nothing`);
    return join(into, packed.filename);
  });
}
