import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { AlreadyExists } from '../../service/ports.ts';
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
}
