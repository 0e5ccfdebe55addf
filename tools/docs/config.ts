/** Every option of the configuration has one row in docs/config.md, with its environment name, default and unit. */

import { tableRows } from '../markdown.ts';

export interface OptionDoc {
  readonly path: string;
  readonly env: string;
  readonly default: string;
  readonly unit?: string;
}

export function compareConfig(doc: string, options: readonly OptionDoc[]): string[] {
  const rows = tableRows(doc);
  const problems: string[] = [];
  for (const option of options) {
    const own = rows.filter(({ name }) => name === option.path);
    const [row] = own;
    if (!row || own.length > 1) {
      problems.push(`docs/config.md: ${option.path} needs one row and has ${own.length}`);
      continue;
    }
    for (const word of [option.env, option.default].filter(Boolean)) {
      if (!row.cells.some((cell) => cell.includes(`\`${word}\``))) {
        problems.push(`docs/config.md: the row of ${option.path} does not name \`${word}\``);
      }
    }
    if (option.unit !== undefined && !row.cells.some((cell) => cell.split(/[\s`]+/).includes(option.unit ?? ''))) {
      problems.push(`docs/config.md: the row of ${option.path} does not name its unit, ${option.unit}`);
    }
  }
  const known = new Set(options.map(({ path }) => path));
  for (const { name } of rows) {
    if (!known.has(name)) problems.push(`docs/config.md: no option is called ${name}`);
  }
  return problems;
}
