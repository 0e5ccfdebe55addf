import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { grantRefusal } from '../../core/grant.ts';
import type { Store, Watermark } from '../../service/ports.ts';
import type { Rule } from './fresh.ts';
import { eventAt, everyEvent, everyRow, grantAt, issue, startMs } from './samples.ts';

export function watermarks(rule: Rule): void {
  const event = () => eventAt(startMs, { type: 'grants.revoked' });
  const notBefore = async (store: Store, id = ''): Promise<number | undefined> =>
    (await store.findGrant(id))?.notBeforeMs;

  const levels: readonly Pick<Watermark, 'level' | 'key'>[] = [
    { level: 'tenant', key: '' },
    { level: 'subject', key: 'u1' },
    { level: 'client', key: 'c1' },
    { level: 'access_key', key: 'ak1' },
  ];

  describe('revokeAll', () => {
    for (const { level, key } of levels) {
      rule(`of a ${level} covers its grants and no others`, async (store) => {
        const mine = grantAt(startMs, { clientId: 'c1' });
        const others = [
          grantAt(startMs, { clientId: 'c1', tenant: 't2' }),
          level === 'tenant'
            ? grantAt(startMs, { tenant: '' })
            : grantAt(startMs, { subject: 'x', clientId: 'x', accessKeyId: 'x' }),
          ...(level === 'tenant'
            ? []
            : [grantAt(startMs, { subject: '', clientId: undefined, accessKeyId: undefined })]),
        ];
        await issue(store, mine, ...others);
        await store.revokeAll({ level, tenant: 't1', key, notBeforeMs: startMs }, event());
        assert.equal(await notBefore(store, mine.id), startMs);
        for (const other of others) assert.equal(await notBefore(store, other.id), 0);
      });
    }

    rule('ends exactly the grants that were issued up to it', async (store) => {
      const grants = await issue(store, ...[-1, 0, 1].map((ms) => grantAt(startMs + ms)));
      await store.revokeAll({ level: 'subject', tenant: 't1', key: 'u1', notBeforeMs: startMs }, event());
      const rows = await everyRow((page) => store.listGrants({}, page));
      assert.deepEqual(
        rows.map((row) => grantRefusal(row, startMs + 2)?.code),
        ['grant_revoked', 'grant_revoked', undefined],
      );
      for (const [at, grant] of grants.entries()) assert.deepEqual(await store.findGrant(grant.id), rows[at]);
    });

    rule('covers a grant that is written after it but was issued before', async (store) => {
      await store.revokeAll({ level: 'tenant', tenant: 't1', key: '', notBeforeMs: startMs }, event());
      const [grant] = await issue(store, grantAt(startMs));
      assert.equal(await notBefore(store, grant?.id), startMs);
    });

    rule('shows in a lookup that went before it, as soon as it is answered', async (store) => {
      const [grant] = await issue(store, grantAt(startMs));
      assert.equal(await notBefore(store, grant?.id), 0);
      await store.revokeAll({ level: 'tenant', tenant: 't1', key: '', notBeforeMs: startMs }, event());
      assert.equal(await notBefore(store, grant?.id), startMs);
    });

    rule('moves on, never back, and stays where it is told the same again', async (store, fresh) => {
      const [grant] = await issue(store, grantAt(startMs));
      const move = (ms: number) =>
        store.revokeAll({ level: 'tenant', tenant: 't1', key: '', notBeforeMs: startMs + ms }, event());
      await move(10);
      assert.equal(await notBefore(store, grant?.id), startMs + 10);
      await move(9);
      assert.equal(await notBefore(store, grant?.id), startMs + 10);
      await move(10);
      assert.equal(await notBefore(store, grant?.id), startMs + 10);
      await move(11);
      assert.equal(await notBefore(store, grant?.id), startMs + 11);
      assert.equal(await notBefore(await fresh.reopen(), grant?.id), startMs + 11);
    });

    rule('is not moved back for later either', async (store, fresh) => {
      const [grant] = await issue(store, grantAt(startMs));
      for (const ms of [10, 9]) {
        await store.revokeAll({ level: 'tenant', tenant: 't1', key: '', notBeforeMs: startMs + ms }, event());
      }
      assert.equal(await notBefore(await fresh.reopen(), grant?.id), startMs + 10);
    });

    rule('keeps its event each time', async (store) => {
      for (const ms of [10, 9]) {
        await store.revokeAll({ level: 'tenant', tenant: 't1', key: '', notBeforeMs: startMs + ms }, event());
      }
      assert.equal((await everyEvent(store)).length, 2);
    });

    rule('gives a grant the newest of all that cover it', async (store) => {
      const [grant] = await issue(store, grantAt(startMs, { clientId: 'c1' }));
      for (const [at, { level, key }] of levels.entries()) {
        const notBeforeMs = startMs + ([3, 9, 4, 5][at] ?? 0);
        await store.revokeAll({ level, tenant: 't1', key, notBeforeMs }, event());
      }
      assert.equal(await notBefore(store, grant?.id), startMs + 9);
    });
  });
}
