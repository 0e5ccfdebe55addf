/** Use case: an operator reads the audit log. */

import type { AuditFilter, AuditStore, Page, PageAsk } from './ports.ts';

const names = [
  'type',
  'requestId',
  'remote',
  'dialect',
  'operation',
  'tenant',
  'actor',
  'subject',
  'grantId',
  'reason',
  'detail',
] as const;

/** A line as `core/audit.ts` writes it, with what it says of each name. */
export interface AuditLine {
  readonly atMs: number;
  readonly values: Readonly<Partial<Record<(typeof names)[number], string>>>;
}

export async function readAuditLog(
  store: Pick<AuditStore, 'readAudit'>,
  filter: AuditFilter,
  page: PageAsk,
): Promise<Page<AuditLine>> {
  const { rows, next } = await store.readAudit(filter, page);
  return { rows: rows.map(readLine), next };
}

/** A damaged line shows as such and hides no other; `verifyAudit` tells where the damage begins. */
function readLine(row: string): AuditLine {
  const line = parse(row);
  const values: Partial<Record<(typeof names)[number], string>> = {};
  for (const name of names) {
    const value = line.get(name);
    if (typeof value === 'string') values[name] = value;
  }
  const at = line.get('at');
  return { atMs: typeof at === 'number' ? at : 0, values: { type: 'damaged', requestId: '', ...values } };
}

function parse(row: string): ReadonlyMap<string, unknown> {
  try {
    const value: unknown = JSON.parse(row);
    return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  } catch {
    return new Map();
  }
}
