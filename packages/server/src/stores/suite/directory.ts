import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { AlreadyExists, CursorInvalid, OwnerMissing } from '../../service/ports.ts';
import type { Rule } from './fresh.ts';
import { eventAt, everyEvent, everyRow, settle, startMs, tenant, user } from './samples.ts';

export function directory(rule: Rule): void {
  const event = () => eventAt(startMs, { type: 'user.changed' });

  describe('tenants', () => {
    rule('are found and listed as they were created', async (store) => {
      const first = tenant('a', { name: '虎 "符"', status: 'disabled', createdAtMs: 5 });
      await store.createTenant(first, event());
      await store.createTenant(tenant('b'), event());
      assert.deepEqual(await store.findTenant('a'), first);
      assert.equal(await store.findTenant('c'), undefined);
      for (const limit of [1, 2, 3]) {
        assert.deepEqual(await everyRow((page) => store.listTenants(page), limit), [first, tenant('b')]);
      }
    });

    rule('are refused under an id that exists, without an event', async (store) => {
      await store.createTenant(tenant('a'), event());
      await assert.rejects(store.createTenant(tenant('a', { name: 'other' }), event()), AlreadyExists);
      assert.deepEqual(await store.findTenant('a'), tenant('a'));
      assert.equal((await everyEvent(store)).length, 1);
    });

    rule('change their status where they exist, with an event only then', async (store) => {
      await store.createTenant(tenant('a'), event());
      assert.equal(await store.setTenantStatus('a', 'disabled', event()), true);
      assert.equal((await store.findTenant('a'))?.status, 'disabled');
      assert.equal(await store.setTenantStatus('b', 'disabled', event()), false);
      assert.equal((await everyEvent(store)).length, 2);
    });
  });

  describe('users', () => {
    rule('are found and listed as they were created, one of each tenant', async (store) => {
      await settle(store);
      const rich = user('t2', 'a', {
        status: 'disabled',
        policy: [{ effect: 'Deny', actions: ['log:*'], resources: ['*', 'acs:log:*:*:ticket/"'] }],
      });
      await store.createUser(rich, event());
      assert.deepEqual(await store.findUser('t2', 'a'), rich);
      assert.equal(await store.findUser('t1', 'a'), undefined);
      assert.deepEqual(await everyRow((page) => store.listUsers({}, page), 1), [
        user('t1', 'u1'),
        rich,
        user('t2', 'u1'),
      ]);
      assert.deepEqual(await everyRow((page) => store.listUsers({ tenant: 't2' }, page), 1), [rich, user('t2', 'u1')]);
      assert.deepEqual(await everyRow((page) => store.listUsers({ tenant: 't3' }, page)), []);
    });

    rule('are refused under an id that exists in their tenant', async (store) => {
      await settle(store);
      await assert.rejects(store.createUser(user('t1', 'u1'), event()), AlreadyExists);
    });

    rule('are refused in a tenant that does not exist, without an event', async (store) => {
      await assert.rejects(store.createUser(user('nobody', 'u1'), event()), OwnerMissing);
      assert.equal(await store.findUser('nobody', 'u1'), undefined);
      assert.deepEqual(await everyEvent(store), []);
    });

    rule('change what is named and keep the rest', async (store) => {
      await settle(store);
      const policy = [{ effect: 'Deny', actions: ['*'], resources: ['*'] }] as const;
      assert.equal(await store.setUser('t1', 'u1', { status: 'disabled' }, event()), true);
      assert.deepEqual(await store.findUser('t1', 'u1'), user('t1', 'u1', { status: 'disabled' }));
      assert.equal(await store.setUser('t1', 'u1', { policy }, event()), true);
      assert.deepEqual(await store.findUser('t1', 'u1'), user('t1', 'u1', { status: 'disabled', policy }));
      assert.equal(await store.setUser('t1', 'u1', { policy: [], status: 'enabled' }, event()), true);
      assert.deepEqual(await store.findUser('t1', 'u1'), user('t1', 'u1', { policy: [] }));
      assert.deepEqual(await store.findUser('t2', 'u1'), user('t2', 'u1'));
    });

    rule('that do not exist are not changed, and leave no event', async (store) => {
      await settle(store);
      const before = (await everyEvent(store)).length;
      assert.equal(await store.setUser('t1', 'u2', { status: 'disabled' }, event()), false);
      assert.equal(await store.setUser('t3', 'u1', { status: 'disabled' }, event()), false);
      assert.equal((await everyEvent(store)).length, before);
    });

    rule('are not listed behind what is no cursor', async (store) => {
      await assert.rejects(store.listUsers({}, { limit: 1, after: 'nonsense' }), CursorInvalid);
      await assert.rejects(store.listTenants({ limit: 1, after: 'nonsense' }), CursorInvalid);
    });
  });
}
