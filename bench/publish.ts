/** Keeps the results: always as JSON, and in the README where a run is meant to be published. */

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Results } from './results.ts';

const folder = join(import.meta.dirname, 'results');
const readme = join(import.meta.dirname, 'README.md');
const [begin, end] = ['<!-- results: written by `npm run bench -- --publish` -->', '<!-- end of results -->'];

export function keepResults(results: Results): void {
  mkdirSync(folder, { recursive: true });
  write(join(folder, 'latest.json'), `${JSON.stringify(results, null, 2)}\n`);
}

export function publishReport(report: string): void {
  const text = readFileSync(readme, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`bench/README.md lacks the lines ${begin} and ${end}`);
  write(readme, `${text.slice(0, from)}${begin}\n\n${report}\n${text.slice(to)}`);
}

/** A run that is interrupted leaves the old file as it was. */
function write(file: string, text: string): void {
  writeFileSync(`${file}.tmp`, text);
  renameSync(`${file}.tmp`, file);
}
