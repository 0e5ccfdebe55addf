/**
 * What goes wrong without it: a library that loads a command line. One import of something handy in `cli/`, and every page and
 * every server that wants a token gets prompts, QR codes and a parser of arguments with it.
 */

import { posix } from 'node:path';
import { importsOf } from './check-imports.ts';
import { type Tree, textOf } from './tree.ts';

const client = 'packages/client';

/** Exports of the client that the two commands are made of. */
const ofCommands: ReadonlySet<string> = new Set(['./cli', './terminal']);
/** What only the commands are built upon. */
const packagesOfCommands: ReadonlySet<string> = new Set(['commander', '@clack/prompts', 'uqr', 'open']);

export function checkLibrary(tree: Tree): string[] {
  const { exports }: { readonly exports: Readonly<Record<string, string>> } = JSON.parse(
    textOf(tree, `${client}/package.json`),
  );
  return Object.entries(exports).flatMap(([name, path]) =>
    ofCommands.has(name) ? [] : problemsOf(tree, name, posix.join(client, path)),
  );
}

function problemsOf(tree: Tree, name: string, entry: string): string[] {
  const problems: string[] = [];
  const waiting: string[] = [entry];
  const seen = new Set(waiting);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    for (const specifier of importsOf(tree.get(path) ?? '')) {
      if (packagesOfCommands.has(specifier)) problems.push(`export ${name} reaches ${specifier} by ${path}`);
      const target = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined;
      if (target === undefined || seen.has(target)) continue;
      if (target.startsWith(`${client}/src/cli/`)) problems.push(`export ${name} reaches ${target} by ${path}`);
      seen.add(target);
      waiting.push(target);
    }
  }
  return problems;
}
