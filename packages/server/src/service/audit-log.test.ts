import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { auditLine } from '../core/audit.ts';
import { readAuditLog } from './audit-log.ts';
import type { AuditFilter, PageAsk } from './ports.ts';

const page: PageAsk = { limit: 10, after: undefined };

describe('reading the audit log', () => {
  it('reads what was written, and passes filter and page on', async () => {
    const asked: [AuditFilter, PageAsk][] = [];
    const line = auditLine({ atMs: 5, type: 'grant.issued', requestId: 'r', tenant: 't' });
    const readAudit = async (filter: AuditFilter, ask: PageAsk) => {
      asked.push([filter, ask]);
      return { rows: [line], next: 'more' };
    };
    const result = await readAuditLog({ readAudit }, { grantId: 'g' }, page);
    assert.deepEqual(asked, [[{ grantId: 'g' }, page]]);
    assert.deepEqual(result, {
      rows: [{ atMs: 5, values: { type: 'grant.issued', requestId: 'r', tenant: 't' } }],
      next: 'more',
    });
  });

  for (const line of ['', 'null', '{', '[1]', '{"at":"x","type":1}']) {
    it(`shows the damaged line ${JSON.stringify(line)} as such`, async () => {
      const readAudit = async () => ({ rows: [line], next: undefined });
      const { rows } = await readAuditLog({ readAudit }, {}, page);
      assert.deepEqual(rows, [{ atMs: 0, values: { type: 'damaged', requestId: '' } }]);
    });
  }
});
