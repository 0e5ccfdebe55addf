import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { RegionAccount } from '../../core/region.ts';
import { accountStatuses } from '../../core/region.ts';
import { AlreadyExists, CursorInvalid, OwnerMissing, type Store } from '../../service/ports.ts';
import type { Rule } from './fresh.ts';
import { eventAt, everyEvent, everyRow, region, regionAccount, settle, startMs } from './samples.ts';

export function regions(rule: Rule): void {
  const event = () => eventAt(startMs, { type: 'region.changed' });

  async function settleRegions(store: Store): Promise<void> {
    await settle(store);
    for (const id of ['11112', '11126']) await store.createRegion(region(id), event());
  }

  const regionsOf = async (store: Store, tenant: string, userId: string) =>
    (await store.memberships(tenant, userId)).map((one) => one.region.id);

  describe('regions', () => {
    rule('are found and listed as they were created, in the order of their ids', async (store, fresh) => {
      const rich = region('9', {
        name: '华东一区【昆山】',
        description: '',
        status: 'disabled',
        services: '{"a":"\\"虎"}',
      });
      for (const one of [rich, region('20091'), region('11250')]) await store.createRegion(one, event());
      assert.deepEqual(await store.findRegion('9'), rich);
      assert.equal(await store.findRegion('92'), undefined);
      for (const limit of [1, 2, 3, 4]) {
        const all = await everyRow((page) => store.listRegions(page), limit);
        assert.deepEqual(all, [region('11250'), region('20091'), rich]);
      }
      await assert.rejects(store.listRegions({ limit: 1, after: 'nonsense' }), CursorInvalid);
      assert.equal((await everyEvent(store)).length, 3);
      assert.deepEqual(await (await fresh.reopen()).findRegion('9'), rich);
    });

    rule('are refused under an id that exists, without an event', async (store) => {
      await store.createRegion(region('1'), event());
      await assert.rejects(store.createRegion(region('1', { name: 'other' }), event()), AlreadyExists);
      assert.deepEqual(await store.findRegion('1'), region('1'));
      assert.equal((await everyEvent(store)).length, 1);
    });

    for (const change of [
      { name: 'other' },
      { description: '' },
      { status: 'disabled' },
      { services: '{}' },
      { name: 'other', status: 'disabled', services: '[]', description: 'there' },
      {},
    ] as const) {
      rule(`change what is named and keep the rest: ${JSON.stringify(change)}`, async (store) => {
        for (const id of ['1', '2']) await store.createRegion(region(id), event());
        assert.equal(await store.setRegion('1', change, event()), true);
        assert.deepEqual(await store.findRegion('1'), { ...region('1'), ...change });
        assert.deepEqual(await store.findRegion('2'), region('2'));
        assert.equal((await everyEvent(store)).length, 3);
      });
    }

    rule('are deleted once, with every account in them, and no other', async (store, fresh) => {
      await settleRegions(store);
      for (const regionId of ['11112', '11126']) await store.saveAccount(regionAccount(regionId), event());
      await store.saveAccount(regionAccount('11112', { tenant: 't2' }), event());
      const before = (await everyEvent(store)).length;
      assert.equal(await store.deleteRegion('11112', event()), true);
      assert.equal(await store.deleteRegion('11112', event()), false);
      assert.equal((await everyEvent(store)).length, before + 1);
      const look = async (open: Store) => {
        assert.equal(await open.findRegion('11112'), undefined);
        assert.deepEqual(await regionsOf(open, 't1', 'u1'), ['11126']);
        assert.deepEqual(await regionsOf(open, 't2', 'u1'), []);
      };
      await look(store);
      // A later region of the same id has nobody in it.
      await store.createRegion(region('11112'), event());
      assert.deepEqual(await regionsOf(store, 't2', 'u1'), []);
      assert.deepEqual(await regionsOf(await fresh.reopen(), 't1', 'u1'), ['11126']);
    });

    rule('that do not exist are not changed, without an event', async (store) => {
      assert.equal(await store.setRegion('1', { status: 'disabled' }, event()), false);
      assert.equal(await store.deleteRegion('1', event()), false);
      assert.deepEqual(await everyEvent(store), []);
    });
  });

  describe('accounts in regions', () => {
    rule('are found with their region, for their tenant and user only', async (store, fresh) => {
      await settleRegions(store);
      const second = regionAccount('11112', { account: '虎 "符"', homePath: '', status: 'Owe' });
      const elsewhere = regionAccount('11112', { tenant: 't2', status: 'Disable' });
      for (const one of [regionAccount('11126'), second, elsewhere]) await store.saveAccount(one, event());
      const look = async (open: Store) => {
        assert.deepEqual(await open.memberships('t1', 'u1'), [
          { region: region('11112'), account: second },
          { region: region('11126'), account: regionAccount('11126') },
        ]);
        assert.deepEqual(await open.memberships('t2', 'u1'), [{ region: region('11112'), account: elsewhere }]);
        assert.deepEqual(await open.memberships('t2', 'u2'), []);
      };
      await look(store);
      await look(await fresh.reopen());
    });

    for (const status of accountStatuses) {
      rule(`may be ${status}`, async (store) => {
        await settleRegions(store);
        await store.saveAccount(regionAccount('11112', { status }), event());
        assert.equal((await store.memberships('t1', 'u1'))[0]?.account.status, status);
      });
    }

    rule('take the place of earlier ones, with an event each time', async (store) => {
      await settleRegions(store);
      const before = (await everyEvent(store)).length;
      await store.saveAccount(regionAccount('11112'), event());
      const later: RegionAccount = regionAccount('11112', { account: 'other', homePath: '/other', status: 'Disable' });
      await store.saveAccount(later, event());
      assert.deepEqual(await store.memberships('t1', 'u1'), [{ region: region('11112'), account: later }]);
      assert.equal((await everyEvent(store)).length, before + 2);
    });

    rule('show their region as it is now', async (store) => {
      await settleRegions(store);
      await store.saveAccount(regionAccount('11112'), event());
      await store.setRegion('11112', { status: 'disabled' }, event());
      assert.equal((await store.memberships('t1', 'u1'))[0]?.region.status, 'disabled');
    });

    rule('are refused for a user or a region that is not there, without an event', async (store) => {
      await settleRegions(store);
      const before = (await everyEvent(store)).length;
      for (const change of [{ userId: 'u2' }, { tenant: 't3' }, { regionId: '0' }]) {
        await assert.rejects(store.saveAccount(regionAccount('11112', change), event()), OwnerMissing);
      }
      assert.equal((await everyEvent(store)).length, before);
    });

    rule('are withdrawn once, with an event, and no other with them', async (store) => {
      await settleRegions(store);
      for (const regionId of ['11112', '11126']) await store.saveAccount(regionAccount(regionId), event());
      await store.saveAccount(regionAccount('11112', { tenant: 't2' }), event());
      const before = (await everyEvent(store)).length;
      assert.equal(await store.deleteAccount('t1', 'u1', '11112', event()), true);
      assert.equal(await store.deleteAccount('t1', 'u1', '11112', event()), false);
      assert.deepEqual(await regionsOf(store, 't1', 'u1'), ['11126']);
      assert.deepEqual(await regionsOf(store, 't2', 'u1'), ['11112']);
      assert.equal((await everyEvent(store)).length, before + 1);
    });
  });
}
