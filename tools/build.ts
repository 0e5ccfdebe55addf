/**
 * Makes `packages/<name>/dist` ready for `npm pack`: JavaScript and type declarations, since Node strips no types of what
 * is installed under `node_modules`. The paths inside stay those of the source, so that every relative URL
 * (`package.json`, worker files, `bin`) holds in both. `npm run build`; needs nothing but the development dependencies.
 */

import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Manifest, publishedManifest, withEmittedNames } from './publish.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Those that others are built upon come first. */
export const packages = ['wire', 'client', 'server'] as const;
export type PackageName = (typeof packages)[number];

/** @returns the folder that is published. */
export function build(name: PackageName): string {
  const folder = join(root, 'packages', name);
  const dist = join(folder, 'dist');
  rmSync(dist, { recursive: true, force: true });
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '-p', join(folder, 'tsconfig.build.json')], { stdio: 'inherit' });
  const rewrite = (from: string, to: string): void => {
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, withEmittedNames(readFileSync(from, 'utf8')));
  };
  for (const file of globSync('src/**/*.d.ts', { cwd: dist })) rewrite(join(dist, file), join(dist, file));

  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  for (const file of Object.values(manifest.bin ?? {})) {
    rewrite(join(folder, file), join(dist, file));
    chmodSync(join(dist, file), 0o755);
  }
  const published = publishedManifest(manifest);
  writeFileSync(join(dist, 'package.json'), `${JSON.stringify(published.manifest, null, 2)}\n`);
  for (const file of ['LICENSE', 'README.md']) {
    if (existsSync(join(root, file))) cpSync(join(root, file), join(dist, file));
  }
  const missing = published.files.filter((file) => !existsSync(join(dist, file)));
  if (missing.length > 0) throw new Error(`${name}: not emitted: ${missing.join(', ')}`);
  return dist;
}

if (import.meta.main) {
  for (const name of packages) process.stdout.write(`built ${relative(root, build(name))}\n`);
}
