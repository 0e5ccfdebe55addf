/** Every error code that a client can meet and every reason that the audit log names has its row in docs/errors.md. */

import { tableRows } from '../markdown.ts';

/** Codes of the union in `core/reasons.ts`. */
export const reasonCodes = (source: string): string[] =>
  [...source.matchAll(/readonly code: '([a-z_]+)'/g)].map(([, code = '']) => code);

/** Codes of the table in `http/plain-refusal.ts`. */
export const plainCodes = (source: string): string[] =>
  [...source.matchAll(/status: \d+,\s*code: '([A-Za-z]+)'/g)].map(([, code = '']) => code);

/** @param wireCodes codes of each system; one that two systems share, or a reason as well, needs a row for each. */
export function compareErrors(doc: string, reasonsSource: string, wireCodes: readonly (readonly string[])[]): string[] {
  const reasons = reasonCodes(reasonsSource);
  if (reasons.length === 0) return ['no reason code found in packages/server/src/core/reasons.ts'];
  const wanted = count([...wireCodes.flat(), ...reasons]);
  const present = count(tableRows(doc).map(({ name }) => name));
  const problems: string[] = [];
  for (const [code, times] of wanted) {
    const rows = present.get(code) ?? 0;
    if (rows !== times) problems.push(`docs/errors.md: ${code} needs ${times} row(s) and has ${rows}`);
  }
  for (const code of present.keys()) {
    if (!wanted.has(code)) problems.push(`docs/errors.md: no code is called ${code}`);
  }
  return problems;
}

function count(codes: readonly string[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const code of codes) times.set(code, (times.get(code) ?? 0) + 1);
  return times;
}
