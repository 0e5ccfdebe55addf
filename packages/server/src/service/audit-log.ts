/** Use case: an operator reads the audit log. */

import { z } from 'zod';
import type { AuditFilter, AuditStore, Page, PageAsk } from './ports.ts';

const text = z.string().optional();

/** A line as `core/audit.ts` writes it. */
const line = z.object({
  at: z.number(),
  type: z.string(),
  requestId: z.string(),
  remote: text,
  dialect: text,
  operation: text,
  tenant: text,
  actor: text,
  subject: text,
  grantId: text,
  reason: text,
  detail: text,
});

export type AuditLine = z.output<typeof line>;

export async function readAuditLog(
  store: Pick<AuditStore, 'readAudit'>,
  filter: AuditFilter,
  page: PageAsk,
): Promise<Page<AuditLine>> {
  const { rows, next } = await store.readAudit(filter, page);
  return { rows: rows.map((row) => line.parse(JSON.parse(row))), next };
}
