/** A project of somebody else: the packages as they are published, installed by npm, and nothing of this repository. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pack } from '../../tools/pack.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

export interface Consumer extends Disposable {
  readonly folder: string;
  /** Everything that a program imports: `@hufu/client/stores/file` and so on. */
  readonly entries: readonly string[];
  write(file: string, text: string): void;
}

/** Client and wire, without their optional dependencies. Nothing is downloaded: what they depend on is copied from here. */
export function openConsumer(): Consumer {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-consumer-'));
  const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
  const [wire, client] = pack(['wire', 'client'], folder);
  const copied = withDependencies(['@hufu/client', '@types/node']).flatMap((name) =>
    name.startsWith('@hufu/') ? [] : [[name, `file:${join(repository, 'node_modules', name)}`] as const],
  );
  const dependencies = {
    '@hufu/wire': `file:${wire}`,
    '@hufu/client': `file:${client}`,
    ...Object.fromEntries(copied),
  };
  write('package.json', JSON.stringify({ private: true, type: 'module', dependencies }));
  const args = ['install', '--offline', '--install-links', '--omit=optional', '--ignore-scripts', '--no-package-lock'];
  execFileSync('npm', args, { cwd: folder, stdio: 'pipe' });
  return {
    folder,
    entries: ['@hufu/wire', '@hufu/client'].flatMap((name) => entriesOf(name, join(folder, 'node_modules', name))),
    write,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

/** These packages, and everything that they depend on. */
function withDependencies(names: readonly string[]): readonly string[] {
  const found = new Set(names);
  // A set goes on with what is added meanwhile.
  for (const name of found) {
    const path = join(repository, 'node_modules', name, 'package.json');
    const { dependencies = {} }: { readonly dependencies?: object } = JSON.parse(readFileSync(path, 'utf8'));
    for (const dependency of Object.keys(dependencies)) found.add(dependency);
  }
  return [...found];
}

/** What the two commands are made of: theirs, and for Node alone. */
const ofCommands: ReadonlySet<string> = new Set(['./cli', './terminal']);

function entriesOf(name: string, installed: string): readonly string[] {
  const manifest: { readonly exports: Readonly<Record<string, unknown>> } = JSON.parse(
    readFileSync(join(installed, 'package.json'), 'utf8'),
  );
  return Object.keys(manifest.exports)
    .filter((entry) => !ofCommands.has(entry))
    .map((entry) => `${name}${entry.slice(1)}`);
}
