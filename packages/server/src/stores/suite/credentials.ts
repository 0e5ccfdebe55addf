import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { AlreadyExists, CursorInvalid, OwnerMissing } from '../../service/ports.ts';
import type { Rule } from './fresh.ts';
import { accessKey, eventAt, everyEvent, everyRow, settle, startMs, temporaryKey, tenant, user } from './samples.ts';

export function credentials(rule: Rule): void {
  const event = () => eventAt(startMs, { type: 'access_key.changed' });

  describe('access keys', () => {
    rule('are found with their user and their tenant', async (store) => {
      await settle(store);
      assert.deepEqual(await store.findAccessKey('ak1'), {
        accessKey: accessKey('ak1'),
        user: user('t1', 'u1'),
        tenant: tenant('t1'),
      });
      assert.equal(await store.findAccessKey('ak2'), undefined);
    });

    rule('keep their security token and their end', async (store) => {
      await settle(store);
      const key = temporaryKey('sts', startMs + 1);
      await store.createAccessKey(key, event());
      assert.deepEqual((await store.findAccessKey('sts'))?.accessKey, key);
    });

    rule('keep a sealed secret that is a part of a larger buffer', async (store) => {
      await settle(store);
      const sealedSecret = new Uint8Array([0, 0, 7, 8, 9, 0]).subarray(2, 5);
      await store.createAccessKey(accessKey('part', { sealedSecret }), event());
      assert.deepEqual([...((await store.findAccessKey('part'))?.accessKey.sealedSecret ?? [])], [7, 8, 9]);
    });

    rule('show at once that they, their user or their tenant were disabled', async (store) => {
      await settle(store);
      const statuses = async () => {
        const holder = await store.findAccessKey('ak1');
        return [holder?.accessKey.status, holder?.user.status, holder?.tenant.status];
      };
      assert.equal(await store.setAccessKeyStatus('ak1', 'disabled', event()), true);
      assert.deepEqual(await statuses(), ['disabled', 'enabled', 'enabled']);
      await store.setUser('t1', 'u1', { status: 'disabled' }, event());
      assert.deepEqual(await statuses(), ['disabled', 'disabled', 'enabled']);
      await store.setTenantStatus('t1', 'disabled', event());
      assert.deepEqual(await statuses(), ['disabled', 'disabled', 'disabled']);
      await store.setAccessKeyStatus('ak1', 'enabled', event());
      assert.deepEqual(await statuses(), ['enabled', 'disabled', 'disabled']);
    });

    rule('that do not exist are not changed, and leave no event', async (store) => {
      assert.equal(await store.setAccessKeyStatus('nobody', 'disabled', event()), false);
      assert.deepEqual(await everyEvent(store), []);
    });

    rule('are refused under an id that exists, and where their user does not, without an event', async (store) => {
      await settle(store);
      const before = (await everyEvent(store)).length;
      await assert.rejects(store.createAccessKey(accessKey('ak1'), event()), AlreadyExists);
      await assert.rejects(store.createAccessKey(accessKey('x', { userId: 'nobody' }), event()), OwnerMissing);
      await assert.rejects(store.createAccessKey(accessKey('x', { tenant: 'nobody' }), event()), OwnerMissing);
      assert.equal(await store.findAccessKey('x'), undefined);
      assert.equal((await everyEvent(store)).length, before);
    });

    rule('are listed by tenant and by user, each once', async (store) => {
      await settle(store);
      await store.createUser(user('t1', 'u2'), event());
      await store.createAccessKey(accessKey('k3', { tenant: 't2' }), event());
      await store.createAccessKey(accessKey('k1', { userId: 'u2' }), event());
      await store.createAccessKey(accessKey('k2'), event());
      const idsOf = async (filter: { tenant?: string; userId?: string }) =>
        (await everyRow((page) => store.listAccessKeys(filter, page), 1)).map((key) => key.id);
      assert.deepEqual(await idsOf({}), ['ak1', 'k1', 'k2', 'k3']);
      assert.deepEqual(await idsOf({ tenant: 't1' }), ['ak1', 'k1', 'k2']);
      assert.deepEqual(await idsOf({ userId: 'u1' }), ['ak1', 'k2', 'k3']);
      assert.deepEqual(await idsOf({ tenant: 't1', userId: 'u1' }), ['ak1', 'k2']);
      assert.deepEqual(await idsOf({ tenant: 't3' }), []);
      await assert.rejects(store.listAccessKeys({}, { limit: 1, after: 'nonsense' }), CursorInvalid);
    });
  });
}
