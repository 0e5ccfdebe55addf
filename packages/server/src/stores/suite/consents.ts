import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { OwnerMissing, type Store } from '../../service/ports.ts';
import type { Rule } from './fresh.ts';
import { client, consent, eventAt, everyEvent, settle, startMs } from './samples.ts';

async function settleClients(store: Store): Promise<void> {
  await settle(store);
  for (const id of ['c1', 'c2']) await store.createClient(client(id), eventAt(startMs, { type: 'client.created' }));
}

export function consents(rule: Rule): void {
  const event = () => eventAt(startMs, { type: 'consent.granted' });

  describe('consents', () => {
    rule('are found as they were given, for their tenant, user and client only', async (store, fresh) => {
      await settleClients(store);
      const before = (await everyEvent(store)).length;
      await store.saveConsent(consent({ scope: 'read "all"' }), event());
      assert.deepEqual(await store.findConsent('t1', 'u1', 'c1'), consent({ scope: 'read "all"' }));
      for (const [tenant, subject, clientId] of [
        ['t2', 'u1', 'c1'],
        ['t1', 'u2', 'c1'],
        ['t1', 'u1', 'c2'],
      ] as const) {
        assert.equal(await store.findConsent(tenant, subject, clientId), undefined);
      }
      assert.equal((await everyEvent(store)).length, before + 1);
      const again = await fresh.reopen();
      assert.deepEqual(await again.findConsent('t1', 'u1', 'c1'), consent({ scope: 'read "all"' }));
    });

    rule('take the place of earlier ones', async (store) => {
      await settleClients(store);
      await store.saveConsent(consent({ scope: 'read write' }), event());
      await store.saveConsent(consent({ clientId: 'c2' }), event());
      const later = consent({ scope: 'read', grantedAtMs: startMs + 1 });
      await store.saveConsent(later, event());
      assert.deepEqual(await store.findConsent('t1', 'u1', 'c1'), later);
      assert.deepEqual(await store.findConsent('t1', 'u1', 'c2'), consent({ clientId: 'c2' }));
    });

    rule('are withdrawn once, with an event, and no other with them', async (store) => {
      await settleClients(store);
      for (const clientId of ['c1', 'c2']) await store.saveConsent(consent({ clientId }), event());
      const before = (await everyEvent(store)).length;
      assert.equal(await store.deleteConsent('t1', 'u1', 'c1', event()), true);
      assert.equal(await store.deleteConsent('t1', 'u1', 'c1', event()), false);
      assert.equal(await store.deleteConsent('t2', 'u1', 'c2', event()), false);
      assert.equal(await store.findConsent('t1', 'u1', 'c1'), undefined);
      assert.deepEqual(await store.findConsent('t1', 'u1', 'c2'), consent({ clientId: 'c2' }));
      assert.equal((await everyEvent(store)).length, before + 1);
    });

    rule('are refused where the user or the client is gone, without an event', async (store) => {
      await settleClients(store);
      const before = (await everyEvent(store)).length;
      for (const change of [{ subject: 'u2' }, { tenant: 't3' }, { clientId: 'c3' }]) {
        await assert.rejects(store.saveConsent(consent(change), event()), OwnerMissing);
      }
      assert.equal((await everyEvent(store)).length, before);
    });
  });
}
