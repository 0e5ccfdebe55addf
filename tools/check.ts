/** Runs every check of the house: `npm run check:tools`. One line a check, then what it found; fails if any found something. */

import { fileURLToPath } from 'node:url';
import { checkDocs } from './check-docs.ts';
import { checkExports } from './check-exports.ts';
import { checkHouse } from './check-house.ts';
import { checkImports } from './check-imports.ts';
import { checkLibrary } from './check-library.ts';
import { checkRfc9700 } from './check-rfc9700.ts';
import { checkSize } from './check-size.ts';
import { report } from './report.ts';
import { readTree } from './tree.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const tree = readTree(root);

const passed = await report(
  [
    { name: 'imports', run: () => checkImports(tree) },
    { name: 'house rules', run: () => checkHouse(tree) },
    { name: 'exports', run: () => checkExports(root, tree) },
    { name: 'library', run: () => checkLibrary(tree) },
    { name: 'sizes', run: () => checkSize(root, tree) },
    ...checkDocs(root, tree),
    { name: 'docs/rfc9700.md', run: () => checkRfc9700(tree) },
  ],
  (line) => process.stdout.write(`${line}\n`),
);
process.exitCode = passed ? 0 : 1;
