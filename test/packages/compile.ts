/** Compiles a program of a consumer with the strictest settings that a consumer may have: no declaration is passed over. */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Consumer } from './consumer.ts';

const compiler = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));

export interface Surroundings {
  readonly resolution: 'nodenext' | 'bundler';
  readonly lib: readonly string[];
  /** Packages of `@types`. */
  readonly types: readonly string[];
}

/** @returns what the compiler says; nothing where it has nothing to say. */
export function compile(
  consumer: Consumer,
  files: readonly string[],
  { resolution, lib, types }: Surroundings,
): string {
  const compilerOptions = {
    target: 'es2022',
    lib,
    types,
    module: resolution === 'nodenext' ? 'nodenext' : 'esnext',
    moduleResolution: resolution,
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
  };
  consumer.write('tsconfig.json', JSON.stringify({ compilerOptions, files }));
  const { stdout, stderr, error } = spawnSync(process.execPath, [compiler], { cwd: consumer.folder, encoding: 'utf8' });
  if (error) throw error;
  return `${stdout}${stderr}`.trim();
}
