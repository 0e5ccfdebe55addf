/** The files that the checks look at, as text by path; paths are relative to the root and use `/`. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Tree = ReadonlyMap<string, string>;

const passedOver = new Set(['node_modules', 'dist', 'coverage', '.git']);
const text = /\.(?:ts|js|json|md)$/;

export function readTree(root: string): Tree {
  const files = new Map<string, string>();
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (passedOver.has(entry.name)) continue;
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile() && text.test(entry.name)) files.set(path, readFileSync(join(root, path), 'utf8'));
    }
  };
  walk('');
  return files;
}

/** Stops a check with a clear word when a file that it compares is not there. */
export function textOf(tree: Tree, path: string): string {
  const found = tree.get(path);
  if (found === undefined) throw new Error(`${path} does not exist`);
  return found;
}

export const isSource = (path: string): boolean => /^packages\/[^/]+\/src\/.*\.ts$/.test(path);
export const isTest = (path: string): boolean => path.endsWith('.test.ts');

/** What only tests use, so that it stays out of what is published. */
export const isForTests = (path: string): boolean =>
  isTest(path) || /\.sample\.ts$|\/golden\/|\/stores\/suite\//.test(path);

/** Source text without comments, and with quoted strings emptied, so that a rule about code does not trip over words. */
export const codeOf = (source: string): string =>
  source.replace(
    /(`(?:\\[\s\S]|[^`\\])*`)|('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (_, template: string | undefined, quoted: string | undefined) => template ?? (quoted ? "''" : ''),
  );
