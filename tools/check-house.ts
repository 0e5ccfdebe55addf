/**
 * What goes wrong without it: the file that becomes the project, the drawer called helpers that holds half the rules of the
 * domain, the silenced lint rule that nobody can explain, and the `only` that turns off every other test without a word.
 */

import { isForTests, isSource, isTest, type Tree } from './tree.ts';

const longestFileLines = 250;

/** Source files that may be longer, each with the reason. */
export const longFiles: ReadonlyMap<string, string> = new Map();

const drawers = /^(?:utils?|helpers?|common|shared|misc)$/;
/** Silences a tool or puts work off; fine with a reason behind a colon. */
const excuse = /\b(?:TODO|FIXME)\b|@ts-(?:ignore|expect-error)|\b(?:eslint-disable|biome-ignore)/;
const reason = /(?::|\s--)\s*\S+(?:\s+\S+){2,}/;
const narrowed = /\.(?:only|skip|todo)\(|\b(?:only|skip|todo):\s*(?:true|['"`])/;
/** A skip that depends on the machine. Only what needs a browser or another runtime may have one, a value that says why. */
const conditional = /\bskip\s*[:,}]/;
const mayDepend = /^test\/(?:browser|packages)\//;

export function checkHouse(tree: Tree, exceptions: ReadonlyMap<string, string> = longFiles): string[] {
  const problems: string[] = [];
  for (const [path, source] of tree) {
    if (!path.endsWith('.ts') && !path.endsWith('.js')) continue;
    const drawer = path
      .split('/')
      .slice(0, -1)
      .find((folder) => drawers.test(folder));
    if (drawer) problems.push(`${path}: the folder ${drawer}/ is a drawer; name it by a noun or a role`);
    const lines = source.split('\n');
    const count = source.endsWith('\n') ? lines.length - 1 : lines.length;
    if (isSource(path) && !isForTests(path) && count > longestFileLines && !exceptions.has(path)) {
      problems.push(`${path}: ${count} lines; split it, or give a reason in tools/check-house.ts`);
    }
    lines.forEach((line, at) => {
      const place = `${path}:${at + 1}`;
      const excused = excuse.exec(line);
      if (excused && isSource(path) && !reason.test(line.slice(excused.index))) {
        problems.push(`${place}: ${excused[0]} without a reason (": because …")`);
      }
      const skips = narrowed.test(line) || (conditional.test(line) && !mayDepend.test(path));
      if (isTest(path) && skips) problems.push(`${place}: narrows or skips a test`);
    });
  }
  for (const path of exceptions.keys()) {
    if (!tree.has(path)) problems.push(`${path}: stands on the list of long files, but does not exist`);
  }
  return problems;
}
