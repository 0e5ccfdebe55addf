/**
 * What goes wrong without it: the conformance matrix promises a test that was renamed or deleted, and a test that claims a
 * requirement by its number proves something that the matrix does not know. Both are believed for years.
 */

import { type TableRow, tableRows } from './markdown.ts';
import { isSource, isTest, type Tree, textOf } from './tree.ts';

const matrix = 'docs/rfc9700.md';

/** RFC, section, and a number within the section: `9700-4.14.2-1`. */
const rowId = /^\d{4}-(?:\d+|[A-Z])(?:\.\d+)*-[1-9]\d*$/;
const levels = new Set([
  'MUST',
  'MUST NOT',
  'REQUIRED',
  'SHOULD',
  'SHOULD NOT',
  'RECOMMENDED',
  'NOT RECOMMENDED',
  'MAY',
  'stated',
]);
/** Opens a proof without a test; docs/rfc9700.md says what each means. */
const reason = /^\*\*(?:Not offered|Not ours|By design|By the operator|In the documents|Not met)\*\*[.:] \S/;

export function checkRfc9700(tree: Tree): string[] {
  const rows = tableRows(textOf(tree, matrix));
  if (rows.length === 0) return [`${matrix}: no row found`];
  const tests = testsOf(tree);
  const names = new Set(tests.map(({ name }) => name));
  const proofs = new Map<string, readonly string[]>();
  const problems: string[] = [];
  for (const row of rows) {
    const proof = testNames(row);
    problems.push(...problemsOf(row, proof, names).map((problem) => `${matrix}: ${row.name} ${problem}`));
    if (proofs.has(row.name)) problems.push(`${matrix}: ${row.name} is given twice`);
    proofs.set(row.name, [...(proofs.get(row.name) ?? []), ...proof]);
  }
  for (const { name, path } of tests) {
    const claimed = /^\[(\d[^\]]*)\]/.exec(name)?.[1];
    if (claimed === undefined || !path.startsWith('test/oauth/')) continue;
    if (!proofs.get(claimed)?.includes(name)) {
      problems.push(`${path}: "${name}" is not in row ${claimed} of ${matrix}`);
    }
  }
  return problems;
}

function problemsOf({ name, cells }: TableRow, proof: readonly string[], tests: ReadonlySet<string>): string[] {
  const [, level = '', , text = ''] = cells;
  return [
    ...(rowId.test(name) ? [] : ['is no row id: RFC-section-number is']),
    ...(levels.has(level) ? [] : [`has no level, but "${level}"`]),
    ...(proof.length > 0 || reason.test(text) ? [] : ['names neither a test nor one of the reasons']),
    ...proof.filter((test) => !tests.has(test)).map((test) => `names a test that does not exist: ${test}`),
  ];
}

/** Whatever stands in backticks in the last column. */
const testNames = ({ cells }: TableRow): string[] =>
  [...(cells[3] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name.replaceAll('\\|', '|'));

/** A call of `it` or `test` with its name, where neither a comment nor a string begins before it on its line. */
const call =
  /^(?![ \t]*\*)(?:[^'"`/\n]*\b)?(?:it|test)\(\s*(?:'((?:\\.|[^'\\\n])*)'|"((?:\\.|[^"\\\n])*)"|`((?:\\.|[^`\\])*)`)/gm;
const substitution = /\$\{(?:[^{}]|\{[^{}]*\})*\}/g;

/** Names as the matrix quotes them: `…` stands for what a table of cases fills in. */
function testsOf(tree: Tree): { readonly name: string; readonly path: string }[] {
  return [...tree].flatMap(([path, source]) => {
    if (!isTest(path) || !(path.startsWith('test/') || isSource(path))) return [];
    return [...source.matchAll(call)].map(([, single, double, template]) => {
      const text = single ?? double ?? template?.replace(substitution, '…') ?? '';
      return { name: text.replace(/\\(.)/g, '$1'), path };
    });
  });
}
