import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Grant } from '../../core/grant.ts';
import { CursorInvalid, type GrantFilter, type Store } from '../../service/ports.ts';
import type { Rule } from './fresh.ts';
import { eventAt, everyRow, grantAt, issue, settle, startMs, temporaryKey } from './samples.ts';

export function grantLists(rule: Rule): void {
  const idsOf = async (store: Store, filter: GrantFilter, limit?: number): Promise<string[]> =>
    (await everyRow((page) => store.listGrants(filter, page), limit)).map((grant) => grant.id);

  describe('listGrants', () => {
    rule('gives the oldest first, whenever they were written', async (store) => {
      const grants = [grantAt(startMs + 2), grantAt(startMs), grantAt(startMs + 3), grantAt(startMs + 1)];
      await issue(store, ...grants);
      const rows = await everyRow((page) => store.listGrants({}, page));
      assert.deepEqual(
        rows.map((row) => row.issuedAtMs - startMs),
        [0, 1, 2, 3],
      );
    });

    rule('gives rows as findGrant does', async (store) => {
      const [grant] = await issue(store, grantAt(startMs));
      assert.deepEqual((await store.listGrants({}, { limit: 1, after: undefined })).rows, [
        await store.findGrant(grant?.id ?? ''),
      ]);
    });

    rule('is empty, and at its end, where nothing is', async (store) => {
      assert.deepEqual(await store.listGrants({}, { limit: 10, after: undefined }), { rows: [], next: undefined });
    });

    for (const limit of [1, 2, 3, 4, 5, 1000]) {
      rule(`gives each of four rows once in pages of ${limit}`, async (store) => {
        const grants = await issue(store, ...[0, 1, 1, 2].map((ms) => grantAt(startMs + ms)));
        assert.deepEqual(
          await idsOf(store, {}, limit),
          grants.map((grant) => grant.id),
        );
        const first = await store.listGrants({}, { limit, after: undefined });
        assert.equal(first.rows.length, Math.min(limit, 4));
      });
    }

    rule('neither repeats nor loses a row while others are added', async (store) => {
      const before = await issue(store, ...[10, 20, 30, 40, 50].map((ms) => grantAt(startMs + ms)));
      const seen: string[] = [];
      let after: string | undefined;
      let added = 0;
      do {
        const page = await store.listGrants({}, { limit: 1, after });
        seen.push(...page.rows.map((row) => row.id));
        // One behind the cursor and one before it, at every step of the first rows.
        if (added++ < 5) await issue(store, grantAt(startMs + 5), grantAt(startMs + 45));
        after = page.next;
      } while (after !== undefined);
      assert.equal(new Set(seen).size, seen.length);
      for (const grant of before) assert.ok(seen.includes(grant.id));
    });

    rule('goes on behind a row that is gone', async (store) => {
      const grants = await issue(
        store,
        grantAt(startMs, { expiresAtMs: 1 }),
        grantAt(startMs + 1),
        grantAt(startMs + 2),
      );
      const page = await store.listGrants({}, { limit: 1, after: undefined });
      assert.equal(await store.purgeExpired(2, 10), 1);
      const rest = await store.listGrants({}, { limit: 10, after: page.next });
      assert.deepEqual(
        rest.rows.map((row) => row.id),
        grants.slice(1).map((grant) => grant.id),
      );
    });

    for (const after of ['', 'nonsense', '!', Buffer.from('{}').toString('base64url')]) {
      rule(`refuses ${JSON.stringify(after)}, which is no cursor`, async (store) => {
        await assert.rejects(store.listGrants({}, { limit: 1, after }), CursorInvalid);
      });
    }

    const mine: Partial<Grant> = { tenant: 't1', subject: 'u1', accessKeyId: 'ak1', clientId: 'c1' };
    const others: readonly Partial<Grant>[] = [
      { ...mine, tenant: 't2' },
      { ...mine, subject: 'u2' },
      { ...mine, accessKeyId: 'ak2' },
      { ...mine, accessKeyId: undefined },
      { ...mine, clientId: 'c2' },
      { ...mine, clientId: undefined },
    ];
    const filters: readonly (readonly [GrantFilter, (grant: Grant) => boolean])[] = [
      [{ tenant: 't1' }, (grant) => grant.tenant === 't1'],
      [{ subject: 'u1' }, (grant) => grant.subject === 'u1'],
      [{ clientId: 'c1' }, (grant) => grant.clientId === 'c1'],
      [{ tenant: 't1', subject: 'u1' }, (grant) => grant.tenant === 't1' && grant.subject === 'u1'],
      [{ tenant: 't1', clientId: 'c1' }, (grant) => grant.tenant === 't1' && grant.clientId === 'c1'],
      [{ subject: 'u2', clientId: 'c1' }, (grant) => grant.subject === 'u2' && grant.clientId === 'c1'],
      [{ tenant: 't1', subject: 'u1', accessKeyId: 'ak2' }, (grant) => grant.accessKeyId === 'ak2'],
      [{ tenant: 'nobody' }, () => false],
      [{ accessKeyId: 'nobody' }, () => false],
      [{}, () => true],
    ];
    for (const [filter, isWanted] of filters) {
      rule(`gives exactly the grants of ${JSON.stringify(filter)}`, async (store) => {
        const grants = await issue(store, ...[mine, ...others].map((change, at) => grantAt(startMs + at, change)));
        const wanted = grants.filter(isWanted).map((grant) => grant.id);
        assert.deepEqual(await idsOf(store, filter), wanted);
        assert.deepEqual(await idsOf(store, filter, 1), wanted);
      });
    }

    rule("gives an access key's grants, not those of the same user's other keys", async (store) => {
      await settle(store);
      const grants = await issue(
        store,
        grantAt(startMs),
        grantAt(startMs + 1, { accessKeyId: 'ak9' }),
        grantAt(startMs + 2),
      );
      const wanted = [grants[0]?.id, grants[2]?.id];
      assert.deepEqual(await idsOf(store, { accessKeyId: 'ak1' }), wanted);
      assert.deepEqual(await idsOf(store, { accessKeyId: 'ak1', tenant: 't1', subject: 'u1' }), wanted);
      assert.deepEqual(await idsOf(store, { accessKeyId: 'ak1', tenant: 't2' }), []);
    });

    rule("gives a disabled access key's grants too", async (store) => {
      await settle(store);
      const [grant] = await issue(store, grantAt(startMs));
      await store.setAccessKeyStatus('ak1', 'disabled', eventAt(startMs));
      assert.deepEqual(await idsOf(store, { accessKeyId: 'ak1' }), [grant?.id]);
    });

    rule('gives the grants of a temporary access key that was purged', async (store) => {
      await settle(store);
      await store.createAccessKey(temporaryKey('sts1', startMs), eventAt(startMs));
      const [grant] = await issue(store, grantAt(startMs, { accessKeyId: 'sts1' }), grantAt(startMs + 1));
      assert.equal(await store.purgeExpired(startMs + 1, 10), 1);
      assert.deepEqual(await idsOf(store, { accessKeyId: 'sts1' }), [grant?.id]);
    });
  });
}
