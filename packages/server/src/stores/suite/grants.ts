import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Grant } from '../../core/grant.ts';
import { AlreadyExists, type Store } from '../../service/ports.ts';
import type { Rule } from './fresh.ts';
import { eventAt, everyEvent, grantAt, issue, issued, startMs } from './samples.ts';

export function grants(rule: Rule): void {
  describe('createGrant and findGrant', () => {
    rule('find what was created, unused and without a watermark', async (store) => {
      const grant = grantAt(startMs);
      await store.createGrant(grant, issued(grant));
      assert.deepEqual(await store.findGrant(grant.id), {
        ...grant,
        useCount: 0,
        lastUsedAtMs: undefined,
        notBeforeMs: 0,
      });
    });

    rule('keep every field, the optional ones too', async (store) => {
      const grant = grantAt(startMs, {
        dialect: 'oauth',
        accessKeyId: undefined,
        clientId: 'app 虎符',
        renewByMs: startMs + 5,
        revokedAtMs: startMs + 7,
        generation: 41,
        rotatedAtMs: startMs + 6,
        successorSeen: true,
        binding: 'app secret_post',
        scope: 'openid 虎符',
        audience: 'https://api.example',
        idempotencyKeyHash: 'hash',
      });
      await store.createGrant(grant, issued(grant));
      const found = await store.findGrant(grant.id);
      assert.deepEqual(found, { ...grant, useCount: 0, lastUsedAtMs: undefined, notBeforeMs: 0 });
    });

    rule('know nothing of an id that was never issued', async (store) => {
      await issue(store, grantAt(startMs));
      assert.equal(await store.findGrant(grantAt(startMs).id), undefined);
    });

    for (const id of ['', 'x', `${grantAt(startMs).id}0`, grantAt(startMs).id.replaceAll('-', ''), "' OR 1=1 --"]) {
      rule(`know nothing of ${JSON.stringify(id.slice(0, 12))}, which is no grant id`, async (store) => {
        await issue(store, grantAt(startMs));
        assert.equal(await store.findGrant(id), undefined);
      });
    }

    rule('do not take an id in capitals for the same', async (store) => {
      const [grant] = await issue(store, grantAt(0xabcdef, {}));
      assert.equal(await store.findGrant(grant?.id.toUpperCase() ?? ''), undefined);
    });

    rule('refuse an id that exists, and leave the first grant and the log as they are', async (store) => {
      const [first] = await issue(store, grantAt(startMs));
      const second = { ...grantAt(startMs + 1), id: first?.id ?? '' };
      await assert.rejects(store.createGrant(second, issued(second)), AlreadyExists);
      assert.equal((await store.findGrant(second.id))?.issuedAtMs, startMs);
      assert.equal((await everyEvent(store)).length, 1);
    });

    rule('find a grant whose expiry is long past', async (store) => {
      const [grant] = await issue(store, grantAt(startMs, { expiresAtMs: 1, renewByMs: 1 }));
      assert.equal((await store.findGrant(grant?.id ?? ''))?.expiresAtMs, 1);
    });

    rule('give the grant with its event in the log', async (store) => {
      const grant = grantAt(startMs);
      await store.createGrant(grant, eventAt(startMs, { type: 'grant.issued', grantId: grant.id, requestId: 'r' }));
      const [event] = await everyEvent(store);
      assert.deepEqual(event, { at: startMs, type: 'grant.issued', requestId: 'r', grantId: grant.id });
    });
  });

  describe('createGrants', () => {
    const made = (...grants: readonly Grant[]) => grants.map((grant) => ({ grant, event: issued(grant) }));

    rule('find all that were created, each with its event', async (store, fresh) => {
      const grants = [grantAt(startMs), grantAt(startMs), grantAt(startMs, { audience: '11112' })];
      await store.createGrants(made(...grants));
      const look = async (open: Store) => {
        for (const grant of grants) assert.equal((await open.findGrant(grant.id))?.audience, grant.audience);
        const events = await everyEvent(open);
        assert.deepEqual(events.map(({ grantId }) => grantId).toSorted(), grants.map(({ id }) => id).toSorted());
      };
      await look(store);
      await look(await fresh.reopen());
    });

    rule('are refused as a whole where one id exists, and leave nothing of the others', async (store) => {
      const [first] = await issue(store, grantAt(startMs));
      const before = grantAt(startMs);
      const after = grantAt(startMs);
      const taken = { ...grantAt(startMs), id: first?.id ?? '' };
      await assert.rejects(store.createGrants(made(before, taken, after)), AlreadyExists);
      await assert.rejects(store.createGrants(made(after, after)), AlreadyExists);
      for (const grant of [before, after]) assert.equal(await store.findGrant(grant.id), undefined);
      assert.equal((await everyEvent(store)).length, 1);
    });

    rule('spare what others write at the same moment', async (store) => {
      const [first] = await issue(store, grantAt(startMs));
      const neighbour = grantAt(startMs);
      const taken = { ...grantAt(startMs), id: first?.id ?? '' };
      const [refused] = await Promise.allSettled([
        store.createGrants(made(grantAt(startMs), taken)),
        store.createGrant(neighbour, issued(neighbour)),
      ]);
      assert.equal(refused.status, 'rejected');
      assert.equal((await store.findGrant(neighbour.id))?.id, neighbour.id);
      assert.equal((await everyEvent(store)).length, 2);
    });

    rule('may be none', async (store) => {
      await store.createGrants([]);
      assert.deepEqual(await everyEvent(store), []);
    });
  });
}
