/** The audit log: appended, read, checked, purged. */

import type { AuditEvent } from '../../core/audit.ts';
import type { Page, PageAsk } from './page.ts';

export interface AuditFilter {
  /** First instant that is asked for. */
  readonly fromMs?: number | undefined;
  /** End of the span: the first instant behind it. */
  readonly untilMs?: number | undefined;
  readonly type?: string | undefined;
  readonly grantId?: string | undefined;
  readonly requestId?: string | undefined;
}

/** Events of one commit, chained to the block before (`core/audit.ts`). */
export interface AuditBlock {
  readonly chain: string;
  readonly number: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  readonly lines: string;
  readonly hash: string;
}

/** Where the kept part of a chain starts: the last block that a purge took away. */
export interface AuditAnchor {
  readonly chain: string;
  readonly number: number;
  readonly hash: string;
}

export interface AuditStore {
  /** Takes the event for the next commit; settles when it is on disk. Callers need not wait. */
  appendAudit(event: AuditEvent): Promise<void>;
  /** Newest first; each row is one line of JSON. `next` may be set on an empty page, where a bounded scan found nothing yet. */
  readAudit(filter: AuditFilter, page: PageAsk): Promise<Page<string>>;
  /** Oldest first, from behind `after` on. */
  auditBlocks(chain: string, after: number, limit: number): Promise<readonly AuditBlock[]>;
  /** Every chain with its anchor (number 0 and the genesis hash where nothing was purged). */
  auditChains(): Promise<readonly AuditAnchor[]>;
  /** Deletes at most `limit` blocks that ended before `beforeMs`, moving the anchor; returns how many went. */
  purgeAudit(beforeMs: number, limit: number): Promise<number>;
}
