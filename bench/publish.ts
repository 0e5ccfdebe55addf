/** Keeps what a part found: always as JSON, and in the README where a run is meant to be published. */

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Part } from './parts.ts';
import type { Result } from './results.ts';

const folder = join(import.meta.dirname, 'results');
const readme = join(import.meta.dirname, 'README.md');

export function keepResult<P extends Part>(result: Result<P>): void {
  mkdirSync(folder, { recursive: true });
  write(join(folder, `${result.part}.json`), `${JSON.stringify(result, null, 2)}\n`);
}

export function publishReport(part: Part, report: string): void {
  write(readme, withSection(readFileSync(readme, 'utf8'), part, report));
}

/** The text with what stands between the lines of this part replaced; everything else stays as it is. */
export function withSection(text: string, part: Part, report: string): string {
  const begin = `<!-- ${part}: written by \`npm run bench -- --publish\` -->`;
  const end = `<!-- end of ${part} -->`;
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`bench/README.md lacks the lines ${begin} and ${end}`);
  return `${text.slice(0, from)}${begin}\n\n${report}\n${text.slice(to)}`;
}

/** A run that is interrupted leaves the old file as it was. */
function write(file: string, text: string): void {
  writeFileSync(`${file}.tmp`, text);
  renameSync(`${file}.tmp`, file);
}
