/**
 * Writes the tables of docs/config.md from the schema, so that page and code cannot drift: `node tools/write-config-docs.ts`.
 * The text around the two marker lines is written by hand and stays. `npm run check` compares with `pageWithTables`.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { configDocs, type OptionDoc, schema } from '../packages/server/src/config/schema.ts';

export const configPage = new URL('../docs/config.md', import.meta.url);

const first = '<!-- options: written by tools/write-config-docs.ts -->';
const last = '<!-- end of options -->';

/** The page with fresh tables between the marker lines. */
export function pageWithTables(page: string): string {
  const from = page.indexOf(first);
  const until = page.indexOf(last);
  if (from < 0 || until < from) throw new Error(`docs/config.md must hold the lines ${first} and ${last}`);
  return `${page.slice(0, from + first.length)}\n\n${optionTables()}\n${page.slice(until)}`;
}

/** One table a section, in the order of the configuration file. */
function optionTables(): string {
  const sections = Map.groupBy(configDocs(), (option) => option.path.split('.')[0] ?? '');
  return [...sections].map(([section, options]) => `### ${section}\n\n${table(options)}`).join('\n');
}

function table(options: readonly OptionDoc[]): string {
  const rows = options.map((option) => [
    code(option.path),
    code(option.env),
    option.default === '' ? 'none' : code(option.default),
    option.unit ?? '',
    allowed(option.path),
    option.secret ? `${option.description} Secret: shown as \`***\`.` : option.description,
  ]);
  const head = ['option', 'environment', 'default', 'unit', 'allowed', 'meaning'];
  return [head, head.map(() => '---'), ...rows].map(line).join('');
}

const code = (text: string): string => `\`${text}\``;
const line = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;

/** As much of a JSON Schema node as options have. */
interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly anyOf?: readonly Shape[];
  readonly enum?: readonly string[];
  readonly type?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

// A transform has no JSON Schema of its own; its other form beside it says enough.
const root = schema.toJSONSchema({ unrepresentable: 'any' }) as Shape;

function allowed(path: string): string {
  const [section = '', name = ''] = path.split('.');
  const shape = root.properties?.[section]?.properties?.[name];
  if (!shape) throw new Error(`option ${path} is not in the schema`);
  const one = shape.anyOf?.find((form) => form.type !== undefined) ?? shape;
  if (one.enum) return one.enum.map(code).join(', ');
  if (one.minimum !== undefined && one.maximum !== undefined) return `${one.minimum} to ${one.maximum}`;
  if (one.type === 'boolean') return '`true`, `false`';
  if (one.type === 'array') return 'words, separated by commas or as a list';
  return 'text';
}

if (import.meta.main) writeFileSync(configPage, pageWithTables(readFileSync(configPage, 'utf8')));
