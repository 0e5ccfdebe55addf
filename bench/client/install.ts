/** A fresh `npm install` of one contestant in a folder of its own, and what it takes there. */

import { cpSync, lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runToEnd } from '../processes/run-to-end.ts';
import { temporaryFolder } from '../processes/temporary-folder.ts';

export interface Installed {
  /** On the disk, as `du` counts. */
  readonly bytes: number;
  readonly packages: number;
}

export interface Installation extends AsyncDisposable {
  readonly installed: Installed;
  /** Runs one of `programs/` with what is installed here; gives what it printed. */
  run(program: string, ask: object): Promise<string>;
  /** Where `run` has the program. */
  fileOf(program: string): string;
}

const programs = join(import.meta.dirname, 'programs');

/** @param omit kinds of dependencies that are left out, by npm's names. */
export async function install(specifiers: readonly string[], omit: readonly string[] = []): Promise<Installation> {
  const folder = await temporaryFolder('install');
  const { path } = folder;
  writeFileSync(join(path, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const flags = [
    '--prefix',
    path,
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    ...omit.map((one) => `--omit=${one}`),
  ];
  await runToEnd('npm', ['install', ...flags, ...specifiers]);
  // A program finds what is installed beside it.
  cpSync(programs, path, { recursive: true });
  const fileOf = (program: string): string => join(path, program);
  return {
    installed: installedIn(join(path, 'node_modules')),
    fileOf,
    run: (program, ask) => runToEnd(process.execPath, [fileOf(program), JSON.stringify(ask)]),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

function installedIn(modules: string): Installed {
  const { packages }: { readonly packages: object } = JSON.parse(
    readFileSync(join(modules, '.package-lock.json'), 'utf8'),
  );
  return { bytes: diskBytes(modules), packages: Object.keys(packages).length };
}

/** `stat` counts in blocks of 512 bytes, whatever those of the file system are. */
const blockBytes = 512;

function diskBytes(folder: string): number {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true });
  return [{ parentPath: folder, name: '' }, ...files].reduce(
    (sum, { parentPath, name }) => sum + lstatSync(join(parentPath, name)).blocks * blockBytes,
    0,
  );
}
