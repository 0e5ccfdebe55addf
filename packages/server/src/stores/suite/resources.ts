import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { AlreadyExists, CursorInvalid, OwnerMissing } from '../../service/ports.ts';
import type { Rule } from './fresh.ts';
import { eventAt, everyEvent, everyRow, resource, settle, startMs } from './samples.ts';

const api = 'https://api.example/';

export function resources(rule: Rule): void {
  const event = () => eventAt(startMs, { type: 'resource.changed' });

  describe('resources', () => {
    rule('are found and listed as they were created, one of each tenant', async (store, fresh) => {
      await settle(store);
      const rich = resource('t2', api, { name: '虎 "符"', status: 'disabled', accessTokens: 'opaque', scopes: [] });
      const other = resource('t1', 'https://other.example/');
      for (const one of [other, rich, resource('t1', api)]) await store.createResource(one, event());
      assert.deepEqual(await store.findResource('t2', api), rich);
      assert.deepEqual(await store.findResource('t1', api), resource('t1', api));
      assert.equal(await store.findResource('t2', other.id), undefined);
      assert.equal(await store.findResource('t1', api.slice(0, -1)), undefined);
      for (const limit of [1, 2, 3, 4]) {
        const all = await everyRow((page) => store.listResources({}, page), limit);
        assert.deepEqual(all, [resource('t1', api), other, rich]);
        const first = await everyRow((page) => store.listResources({ tenant: 't1' }, page), limit);
        assert.deepEqual(first, [resource('t1', api), other]);
      }
      assert.deepEqual(await everyRow((page) => store.listResources({ tenant: 't3' }, page)), []);
      await assert.rejects(store.listResources({}, { limit: 1, after: 'nonsense' }), CursorInvalid);
      assert.deepEqual(await (await fresh.reopen()).findResource('t2', api), rich);
    });

    rule(
      'are refused under an id of their tenant, and in a tenant that does not exist, without an event',
      async (store) => {
        await settle(store);
        await store.createResource(resource('t1', api), event());
        const before = (await everyEvent(store)).length;
        await assert.rejects(store.createResource(resource('t1', api, { name: 'other' }), event()), AlreadyExists);
        await assert.rejects(store.createResource(resource('t3', api), event()), OwnerMissing);
        assert.deepEqual(await store.findResource('t1', api), resource('t1', api));
        assert.equal((await everyEvent(store)).length, before);
      },
    );

    for (const change of [
      { name: 'other' },
      { status: 'disabled' },
      { accessTokens: 'opaque' },
      { scopes: [] },
      { name: 'other', scopes: ['admin'] },
      {},
    ] as const) {
      rule(`change what is named and keep the rest: ${JSON.stringify(change)}`, async (store) => {
        await settle(store);
        for (const tenant of ['t1', 't2']) await store.createResource(resource(tenant, api), event());
        const before = (await everyEvent(store)).length;
        assert.equal(await store.setResource('t1', api, change, event()), true);
        assert.deepEqual(await store.findResource('t1', api), { ...resource('t1', api), ...change });
        assert.deepEqual(await store.findResource('t2', api), resource('t2', api));
        assert.equal((await everyEvent(store)).length, before + 1);
      });
    }

    rule('are deleted once, in their tenant only, with an event', async (store) => {
      await settle(store);
      for (const tenant of ['t1', 't2']) await store.createResource(resource(tenant, api), event());
      const before = (await everyEvent(store)).length;
      assert.equal(await store.deleteResource('t1', api, event()), true);
      assert.equal(await store.deleteResource('t1', api, event()), false);
      assert.equal(await store.findResource('t1', api), undefined);
      assert.deepEqual(await store.findResource('t2', api), resource('t2', api));
      assert.equal((await everyEvent(store)).length, before + 1);
    });

    rule('that do not exist are not changed, without an event', async (store) => {
      assert.equal(await store.setResource('t1', api, { status: 'disabled' }, event()), false);
      assert.equal(await store.deleteResource('t1', api, event()), false);
      assert.deepEqual(await everyEvent(store), []);
    });
  });
}
