import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Rule } from './fresh.ts';
import { accessKey, eventAt, everyEvent, everyRow, grantAt, issue, settle, startMs, temporaryKey } from './samples.ts';

export function purge(rule: Rule): void {
  const ending = (expiresAtMs: number) => grantAt(startMs, { expiresAtMs });

  describe('purgeExpired', () => {
    rule('deletes what ended before the instant, not at it nor after it', async (store) => {
      const [before, at, after] = await issue(store, ending(4999), ending(5000), ending(5001));
      assert.equal(await store.purgeExpired(5000, 100), 1);
      assert.equal(await store.findGrant(before?.id ?? ''), undefined);
      assert.equal((await store.findGrant(at?.id ?? ''))?.expiresAtMs, 5000);
      assert.equal((await store.findGrant(after?.id ?? ''))?.expiresAtMs, 5001);
    });

    rule('keeps a grant that can no longer be renewed but has not ended', async (store) => {
      await issue(store, grantAt(startMs, { renewByMs: 1, expiresAtMs: 5000 }));
      assert.equal(await store.purgeExpired(5000, 100), 0);
    });

    rule('deletes a revoked grant when it has ended, no sooner', async (store) => {
      await issue(store, { ...ending(5000), revokedAtMs: 1 });
      assert.equal(await store.purgeExpired(5000, 100), 0);
      assert.equal(await store.purgeExpired(5001, 100), 1);
    });

    rule('deletes the oldest first, at most as many as it is told', async (store) => {
      await issue(store, ...[50, 10, 40, 20, 30].map(ending));
      assert.equal(await store.purgeExpired(100, 2), 2);
      const left = await everyRow((page) => store.listGrants({}, page));
      assert.deepEqual(left.map((grant) => grant.expiresAtMs).sort(), [30, 40, 50]);
      assert.equal(await store.purgeExpired(100, 2), 2);
      assert.equal(await store.purgeExpired(100, 2), 1);
      assert.equal(await store.purgeExpired(100, 2), 0);
    });

    rule('no longer finds a purged grant that was looked up just before', async (store) => {
      const [grant] = await issue(store, ending(10));
      assert.equal((await store.findGrant(grant?.id ?? ''))?.expiresAtMs, 10);
      await store.purgeExpired(100, 2);
      assert.equal(await store.findGrant(grant?.id ?? ''), undefined);
    });

    rule('deletes temporary access keys by the same rule, and never a lasting one', async (store) => {
      await settle(store);
      for (const expiresAtMs of [4999, 5000, 5001]) {
        await store.createAccessKey(temporaryKey(`sts${expiresAtMs}`, expiresAtMs), eventAt(startMs));
      }
      await store.createAccessKey(accessKey('lasting', { status: 'disabled' }), eventAt(startMs));
      assert.equal(await store.purgeExpired(5000, 100), 1);
      const left = await everyRow((page) => store.listAccessKeys({}, page));
      assert.deepEqual(
        left.map((key) => key.id),
        ['ak1', 'lasting', 'sts5000', 'sts5001'],
      );
    });

    rule('counts grants and access keys together, each kind up to the limit', async (store) => {
      await settle(store);
      await issue(store, ending(1), ending(2), ending(3));
      for (const id of ['a', 'b', 'c']) await store.createAccessKey(temporaryKey(id, 1), eventAt(startMs));
      assert.equal(await store.purgeExpired(100, 2), 4);
      assert.equal(await store.purgeExpired(100, 2), 2);
      assert.equal(await store.purgeExpired(100, 2), 0);
    });

    rule('leaves the log as it is', async (store) => {
      await issue(store, ending(1));
      await store.purgeExpired(100, 2);
      assert.equal((await everyEvent(store)).length, 1);
    });
  });

  describe('oldestExpired', () => {
    rule('is the end of the oldest grant that a purge has still to delete', async (store) => {
      await issue(store, ending(30), ending(10), ending(20));
      assert.equal(await store.oldestExpired(100), 10);
      await store.purgeExpired(100, 1);
      assert.equal(await store.oldestExpired(100), 20);
    });

    rule('counts a grant that ended before the instant, not at it nor after it', async (store) => {
      assert.equal(await store.oldestExpired(5000), undefined);
      await issue(store, ending(5001));
      assert.equal(await store.oldestExpired(5000), undefined);
      await issue(store, ending(5000));
      assert.equal(await store.oldestExpired(5000), undefined);
      await issue(store, ending(4999));
      assert.equal(await store.oldestExpired(5000), 4999);
    });
  });
}
