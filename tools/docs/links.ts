/** Every relative link of a document leads to a file of the repository. */

import { posix } from 'node:path';
import { relativeLinks } from '../markdown.ts';
import type { Tree } from '../tree.ts';

export function brokenLinks(tree: Tree, exists: (path: string) => boolean): string[] {
  const problems: string[] = [];
  for (const [path, markdown] of tree) {
    if (!path.endsWith('.md')) continue;
    for (const target of relativeLinks(markdown)) {
      const file = posix.join(posix.dirname(path), target);
      if (file.startsWith('../') || !exists(file)) problems.push(`${path}: links to ${target}, which does not exist`);
    }
  }
  return problems;
}
