/** The two READMEs say the same: as many headings of each depth, in the same order. */

import { withoutCodeBlocks } from '../markdown.ts';

const depths = (markdown: string): string[] =>
  [...withoutCodeBlocks(markdown).matchAll(/^(#{1,6}) +\S/gm)].map(([, marks = '']) => marks);

export function compareReadmes(english: string, chinese: string): string[] {
  const ours = depths(english);
  const theirs = depths(chinese);
  if (ours.length === 0) return ['README.md has no heading'];
  if (ours.length !== theirs.length) return [`README.md has ${ours.length} headings, README.zh-CN.md ${theirs.length}`];
  const apart = ours.findIndex((depth, at) => depth !== theirs[at]);
  return apart < 0 ? [] : [`heading ${apart + 1} is not of the same depth in README.md and README.zh-CN.md`];
}
