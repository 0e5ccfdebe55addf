import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { AlreadyExists, type Store, type StoredKey } from '../../service/ports.ts';
import type { Rule } from './fresh.ts';
import { eventAt, everyEvent, signingKey, startMs } from './samples.ts';

export function keys(rule: Rule): void {
  const event = () => eventAt(startMs, { type: 'keys.rotated' });
  const add = (store: Store, key: StoredKey, expectedNewest: string | undefined, endMs = startMs) =>
    store.addKey(key, expectedNewest, { retiresAtMs: endMs, dropsAtMs: endMs + 1000 }, event());
  const endsOf = async (store: Store) =>
    (await store.listKeys()).map((key) => [key.id, key.retiresAtMs, key.dropsAtMs]);

  describe('addKey and listKeys', () => {
    rule('keep every field, the optional ones too', async (store, fresh) => {
      const first = signingKey('k1');
      const second = signingKey('k2', {
        use: 'oauth',
        algorithm: 'ES256',
        publicJwk: '{"kty":"EC"}',
        createdAtMs: 1,
        activeFromMs: 2,
        retiresAtMs: 3,
        dropsAtMs: 4,
      });
      assert.equal(await add(store, first, undefined), true);
      assert.equal(await add(store, second, undefined), true);
      assert.deepEqual(await store.listKeys(), [first, second]);
      assert.deepEqual(await (await fresh.reopen()).listKeys(), [first, second]);
    });

    rule('end the predecessors of the same use, and no other key', async (store) => {
      await add(store, signingKey('k1'), undefined);
      await add(store, signingKey('other', { use: 'oauth' }), undefined);
      assert.equal(await add(store, signingKey('k2'), 'k1', startMs + 10), true);
      assert.deepEqual(await endsOf(store), [
        ['k1', startMs + 10, startMs + 1010],
        ['other', undefined, undefined],
        ['k2', undefined, undefined],
      ]);
    });

    rule('leave a predecessor that ends sooner its end, and bring one that ends later forward', async (store) => {
      await add(store, signingKey('k1'), undefined);
      await add(store, signingKey('k2'), 'k1', startMs + 50);
      await add(store, signingKey('k3'), 'k2', startMs + 90);
      assert.deepEqual(await endsOf(store), [
        ['k1', startMs + 50, startMs + 1050],
        ['k2', startMs + 90, startMs + 1090],
        ['k3', undefined, undefined],
      ]);
      await add(store, signingKey('k4'), 'k3', startMs + 60);
      assert.deepEqual((await endsOf(store)).slice(0, 3), [
        ['k1', startMs + 50, startMs + 1050],
        ['k2', startMs + 60, startMs + 1060],
        ['k3', startMs + 60, startMs + 1060],
      ]);
    });

    rule('are refused where somebody else was first: nothing is written', async (store) => {
      await add(store, signingKey('k1'), undefined);
      const before = (await everyEvent(store)).length;
      assert.equal(await add(store, signingKey('k2'), undefined), false);
      assert.equal(await add(store, signingKey('k2'), 'k0'), false);
      assert.equal(await add(store, signingKey('k2', { use: 'oauth' }), 'k1'), false);
      assert.deepEqual(await store.listKeys(), [signingKey('k1')]);
      assert.equal((await everyEvent(store)).length, before);
    });

    rule('take the key that was added last for the newest, whatever its instants say', async (store) => {
      await add(store, signingKey('k1', { createdAtMs: 100, activeFromMs: 100 }), undefined);
      assert.equal(await add(store, signingKey('a2', { createdAtMs: 50, activeFromMs: 50 }), 'k1'), true);
      assert.equal(await add(store, signingKey('k3'), 'k1'), false);
      assert.equal(await add(store, signingKey('k3'), 'a2'), true);
    });

    rule('refuse an id that exists, and leave the predecessors as they are', async (store) => {
      await add(store, signingKey('k1'), undefined);
      await assert.rejects(add(store, signingKey('k1'), 'k1', startMs + 10), AlreadyExists);
      assert.deepEqual(await store.listKeys(), [signingKey('k1')]);
      assert.equal((await everyEvent(store)).length, 1);
    });
  });

  describe('purgeKeys', () => {
    rule('deletes keys that were dropped before the instant, not at it nor after it', async (store) => {
      for (const dropsAtMs of [999, 1000, 1001]) {
        await add(store, signingKey(`k${dropsAtMs}`, { use: `use ${dropsAtMs}`, dropsAtMs }), undefined);
      }
      await add(store, signingKey('lasting'), undefined);
      assert.equal(await store.purgeKeys(1000), 1);
      assert.deepEqual(
        (await store.listKeys()).map((key) => key.id),
        ['k1000', 'k1001', 'lasting'],
      );
      assert.equal(await store.purgeKeys(1000), 0);
    });
  });

  describe('settings', () => {
    rule('are written once: the first value stays and everybody gets it', async (store, fresh) => {
      assert.equal(await store.readSetting('check'), undefined);
      assert.equal(await store.claimSetting('check', 'first'), 'first');
      assert.equal(await store.claimSetting('check', 'second'), 'first');
      assert.equal(await store.claimSetting('other', ''), '');
      assert.equal(await store.readSetting('check'), 'first');
      assert.equal(await (await fresh.reopen()).readSetting('check'), 'first');
    });
  });
}
