import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { AlreadyExists } from '../../service/ports.ts';
import type { Rule } from './fresh.ts';
import { client, code, eventAt, everyEvent, settle, startMs } from './samples.ts';

export function codes(rule: Rule): void {
  const event = () => eventAt(startMs, { type: 'code.issued' });
  const unused = { redeemedBy: undefined, notBeforeMs: 0 };

  describe('one-time codes', () => {
    rule('are found by their hash as they were created, with an event', async (store, fresh) => {
      const poor = code('poor', { codeChallenge: undefined, scope: undefined, audience: undefined });
      await store.createCode(code('rich'), event());
      await store.createCode(poor, event());
      assert.deepEqual(await store.findCode('rich'), { ...code('rich'), ...unused });
      assert.deepEqual(await store.findCode('poor'), { ...poor, ...unused });
      for (const hash of ['Rich', 'rich ', '']) assert.equal(await store.findCode(hash), undefined);
      assert.equal((await everyEvent(store)).length, 2);
      assert.deepEqual(await (await fresh.reopen()).findCode('rich'), { ...code('rich'), ...unused });
    });

    rule('are refused under a hash that exists, without an event', async (store) => {
      await store.createCode(code('one'), event());
      await assert.rejects(store.createCode(code('one', { subject: 'u2' }), event()), AlreadyExists);
      assert.equal((await store.findCode('one'))?.subject, 'u1');
      assert.equal((await everyEvent(store)).length, 1);
    });

    for (const [level, key] of [
      ['tenant', ''],
      ['subject', 'u1'],
      ['client', 'c1'],
    ] as const) {
      rule(`show the newest watermark over their ${level}`, async (store, fresh) => {
        await store.createCode(code('one'), event());
        assert.equal((await store.findCode('one'))?.notBeforeMs, 0);
        for (const ms of [9, 5]) {
          await store.revokeAll({ level, tenant: 't1', key, notBeforeMs: startMs + ms }, event());
        }
        await store.revokeAll({ level, tenant: 't2', key, notBeforeMs: startMs + 99 }, event());
        assert.equal((await store.findCode('one'))?.notBeforeMs, startMs + 9);
        assert.equal((await (await fresh.reopen()).findCode('one'))?.notBeforeMs, startMs + 9);
      });
    }

    rule('are under the watermark that the end of their user or client leaves', async (store) => {
      await settle(store);
      await store.createClient(client('c1'), event());
      await store.createCode(code('one'), event());
      await store.deleteClient('c1', startMs + 1, event());
      assert.equal((await store.findCode('one'))?.notBeforeMs, startMs + 1);
      await store.deleteUser('t1', 'u1', startMs + 2, event());
      assert.equal((await store.findCode('one'))?.notBeforeMs, startMs + 2);
    });
  });

  describe('purgeCodes', () => {
    rule('deletes what ended before the instant, not at it nor after it', async (store) => {
      for (const expiresAtMs of [4999, 5000, 5001]) {
        await store.createCode(code(`${expiresAtMs}`, { issuedAtMs: 1, expiresAtMs }), event());
      }
      assert.equal(await store.purgeCodes(5000, 100), 1);
      assert.equal(await store.findCode('4999'), undefined);
      for (const hash of ['5000', '5001']) assert.equal((await store.findCode(hash))?.hash, hash);
    });

    rule('deletes the oldest first, at most as many as it is told', async (store) => {
      for (const expiresAtMs of [50, 10, 40, 20, 30]) {
        await store.createCode(code(`${expiresAtMs}`, { issuedAtMs: 1, expiresAtMs }), event());
      }
      assert.equal(await store.purgeCodes(100, 2), 2);
      assert.equal(await store.findCode('20'), undefined);
      assert.equal((await store.findCode('30'))?.hash, '30');
      assert.equal(await store.purgeCodes(100, 2), 2);
      assert.equal(await store.purgeCodes(100, 2), 1);
      assert.equal(await store.purgeCodes(100, 2), 0);
    });
  });
}
