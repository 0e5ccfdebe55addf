import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { auditLine } from '../../core/audit.ts';
import { type AuditFilter, CursorInvalid, type Store } from '../../service/ports.ts';
import type { Rule } from './fresh.ts';
import { eventAt, everyEvent, everyRow, grantAt, issue, startMs } from './samples.ts';

export function auditLog(rule: Rule): void {
  const full = eventAt(startMs, {
    type: 'grant.refused',
    remote: '2001:db8::1',
    dialect: 'sls',
    operation: 'CreateTicket',
    tenant: 't1',
    actor: 'ak1',
    subject: 'u1',
    grantId: grantAt(startMs).id,
    reason: 'permission_denied',
    detail: 'quotes " and \\ and\nnew lines and 虎符',
  });

  describe('appendAudit and readAudit', () => {
    rule('give each event as the line that core writes', async (store) => {
      await store.appendAudit(full);
      const page = await store.readAudit({}, { limit: 10, after: undefined });
      assert.deepEqual(page, { rows: [auditLine(full)], next: undefined });
    });

    rule('give the newest first, in the order of the commits', async (store) => {
      // Instants run backwards: what counts is the order in which the log took them.
      for (const ms of [30, 20, 10]) await store.appendAudit(eventAt(startMs + ms));
      assert.deepEqual(
        (await everyEvent(store)).map((event) => Number(event.at) - startMs),
        [10, 20, 30],
      );
    });

    rule('keep events whose caller does not wait, in the order in which they came', async (store) => {
      for (let at = 0; at < 100; at++) void store.appendAudit(eventAt(startMs, { requestId: `r${at}` }));
      await store.appendAudit(eventAt(startMs, { requestId: 'r100' }));
      assert.deepEqual(
        (await everyEvent(store)).map((event) => event.requestId),
        Array.from({ length: 101 }, (_, at) => `r${100 - at}`),
      );
    });

    for (const limit of [1, 2, 3, 7, 20, 21, 1000]) {
      rule(`give each of twenty lines once in pages of ${limit}`, async (store) => {
        const wanted: string[] = [];
        for (let commit = 0; commit < 4; commit++) {
          const events = Array.from({ length: 5 }, () => eventAt(startMs));
          await Promise.all(events.map((event) => store.appendAudit(event)));
          wanted.push(...events.map(auditLine));
        }
        const lines = await everyRow((page) => store.readAudit({}, page), limit);
        assert.deepEqual(lines.toReversed(), wanted);
      });
    }

    rule('neither repeat nor lose a line while others are added', async (store) => {
      const before = Array.from({ length: 6 }, () => eventAt(startMs));
      await Promise.all(before.map((event) => store.appendAudit(event)));
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await store.readAudit({}, { limit: 1, after });
        seen.push(...page.rows);
        await store.appendAudit(eventAt(startMs));
        after = page.next;
      } while (after !== undefined);
      assert.deepEqual(seen.toReversed(), before.map(auditLine));
    });

    for (const after of ['', 'nonsense', Buffer.from('["a"]').toString('base64url')]) {
      rule(`refuse ${JSON.stringify(after)}, which is no cursor`, async (store) => {
        await assert.rejects(store.readAudit({}, { limit: 1, after }), CursorInvalid);
      });
    }
  });

  describe('readAudit with a filter', () => {
    const requestsOf = async (store: Store, filter: AuditFilter): Promise<unknown[]> => {
      const lines = await everyRow((page) => store.readAudit(filter, page), 2);
      return lines.map((line) => JSON.parse(line).requestId);
    };

    rule('by time includes the start and not the end', async (store) => {
      for (const ms of [1, 2, 3, 4, 5]) await store.appendAudit(eventAt(startMs + ms, { requestId: `r${ms}` }));
      assert.deepEqual(await requestsOf(store, { fromMs: startMs + 2, untilMs: startMs + 4 }), ['r3', 'r2']);
      assert.deepEqual(await requestsOf(store, { fromMs: startMs + 4 }), ['r5', 'r4']);
      assert.deepEqual(await requestsOf(store, { untilMs: startMs + 2 }), ['r1']);
      assert.deepEqual(await requestsOf(store, { fromMs: startMs + 6 }), []);
      assert.deepEqual(await requestsOf(store, { untilMs: startMs + 1 }), []);
    });

    rule('by time looks into a commit that holds other times too', async (store) => {
      await Promise.all([9, 1, 5, 6, 4].map((ms) => store.appendAudit(eventAt(startMs + ms, { requestId: `r${ms}` }))));
      assert.deepEqual(await requestsOf(store, { fromMs: startMs + 5, untilMs: startMs + 6 }), ['r5']);
    });

    rule('by type, grant and request gives exactly those', async (store) => {
      const grantId = grantAt(startMs).id;
      await store.appendAudit(eventAt(startMs, { requestId: 'r1', type: 'grant.renewed', grantId }));
      await store.appendAudit(eventAt(startMs, { requestId: 'r2', type: 'grant.refused', grantId }));
      await store.appendAudit(eventAt(startMs, { requestId: 'r3', type: 'grant.renewed' }));
      await store.appendAudit(eventAt(startMs, { requestId: 'r4', type: 'grant.refused', detail: grantId }));
      await store.appendAudit(eventAt(startMs, { requestId: 'r5', detail: 'r1' }));
      assert.deepEqual(await requestsOf(store, { type: 'grant.renewed' }), ['r3', 'r1']);
      assert.deepEqual(await requestsOf(store, { grantId }), ['r2', 'r1']);
      assert.deepEqual(await requestsOf(store, { requestId: 'r1' }), ['r1']);
      assert.deepEqual(await requestsOf(store, { grantId, type: 'grant.refused' }), ['r2']);
      assert.deepEqual(await requestsOf(store, { requestId: 'r9' }), []);
    });

    rule('finds a word that JSON has to escape', async (store) => {
      const requestId = 'quote " and 虎';
      await store.appendAudit(eventAt(startMs, { requestId }));
      assert.deepEqual(await requestsOf(store, { requestId }), [requestId]);
    });
  });

  describe('the events of changes', () => {
    rule('stand in the log when the change is answered, and after the store was opened again', async (store, fresh) => {
      const grants = await issue(store, ...[0, 1, 2].map((ms) => grantAt(startMs + ms)));
      const wanted = grants.map((grant) => grant.id).toReversed();
      assert.deepEqual(
        (await everyEvent(store)).map((event) => event.grantId),
        wanted,
      );
      assert.deepEqual(
        (await everyEvent(await fresh.reopen())).map((event) => event.grantId),
        wanted,
      );
    });
  });
}
