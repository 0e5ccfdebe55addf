import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Rule } from './fresh.ts';
import { everyEvent, everyRow, grantAt, issue, startMs } from './samples.ts';

export function uses(rule: Rule): void {
  describe('recordUses', () => {
    rule('adds counts and moves the last use', async (store) => {
      const [grant] = await issue(store, grantAt(startMs));
      const grantId = grant?.id ?? '';
      await store.recordUses([{ grantId, count: 2, lastUsedAtMs: startMs + 10 }]);
      assert.equal((await store.findGrant(grantId))?.useCount, 2);
      await store.recordUses([{ grantId, count: 3, lastUsedAtMs: startMs + 20 }]);
      const found = await store.findGrant(grantId);
      assert.equal(found?.useCount, 5);
      assert.equal(found?.lastUsedAtMs, startMs + 20);
    });

    rule('never moves the last use back', async (store) => {
      const [grant] = await issue(store, grantAt(startMs));
      const grantId = grant?.id ?? '';
      await store.recordUses([{ grantId, count: 1, lastUsedAtMs: startMs + 20 }]);
      await store.recordUses([{ grantId, count: 1, lastUsedAtMs: startMs + 19 }]);
      const found = await store.findGrant(grantId);
      assert.equal(found?.lastUsedAtMs, startMs + 20);
      assert.equal(found?.useCount, 2);
    });

    rule('marks many grants at once and passes over those it does not know', async (store) => {
      const grants = await issue(store, grantAt(startMs), grantAt(startMs + 1), grantAt(startMs + 2));
      const unknown = grantAt(startMs + 3);
      const marks = [...grants, unknown].map(({ id }, at) => ({
        grantId: id,
        count: at + 1,
        lastUsedAtMs: startMs + at,
      }));
      await store.recordUses([...marks, { grantId: 'no id', count: 1, lastUsedAtMs: 1 }]);
      const rows = await everyRow((page) => store.listGrants({}, page));
      assert.deepEqual(
        rows.map((row) => row.useCount),
        [1, 2, 3],
      );
    });

    rule('adds two marks of one grant in one call', async (store) => {
      const [grant] = await issue(store, grantAt(startMs));
      const mark = { grantId: grant?.id ?? '', count: 4, lastUsedAtMs: startMs };
      await store.recordUses([mark, mark]);
      assert.equal((await store.findGrant(mark.grantId))?.useCount, 8);
    });

    rule('takes no marks at all', async (store) => {
      await store.recordUses([]);
    });

    rule('leaves no event', async (store) => {
      const [grant] = await issue(store, grantAt(startMs));
      await store.recordUses([{ grantId: grant?.id ?? '', count: 1, lastUsedAtMs: startMs }]);
      assert.equal((await everyEvent(store)).length, 1);
    });
  });
}
