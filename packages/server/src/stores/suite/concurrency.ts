import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { AlreadyExists, OwnerMissing } from '../../service/ports.ts';
import type { Rule } from './fresh.ts';
import { eventAt, everyEvent, everyRow, grantAt, issue, issued, signingKey, startMs, tenant, user } from './samples.ts';

const callers = Array.from({ length: 64 }, (_, caller) => caller);

export function concurrency(rule: Rule): void {
  describe('of 64 callers at once', () => {
    rule('exactly one revokes a grant, and its event alone is kept', async (store) => {
      const [grant] = await issue(store, grantAt(startMs));
      const id = grant?.id ?? '';
      const answers = await Promise.all(
        callers.map((caller) =>
          store.revokeGrant(id, startMs + caller, eventAt(startMs, { type: 'grant.revoked', requestId: `r${caller}` })),
        ),
      );
      assert.deepEqual(answers.toSorted(), [...callers.slice(1).map(() => 'already'), 'revoked']);
      const winner = answers.indexOf('revoked');
      assert.equal((await store.findGrant(id))?.revokedAtMs, startMs + winner);
      const kept = (await everyEvent(store)).filter((event) => event.type === 'grant.revoked');
      assert.deepEqual(
        kept.map((event) => event.requestId),
        [`r${winner}`],
      );
    });

    rule('exactly one claims a setting, and all get its value', async (store) => {
      const answers = await Promise.all(callers.map((caller) => store.claimSetting('check', `value ${caller}`)));
      assert.equal(new Set(answers).size, 1);
      assert.equal(await store.readSetting('check'), answers[0]);
    });

    rule('exactly one adds the next key', async (store) => {
      const end = { retiresAtMs: startMs, dropsAtMs: startMs };
      await store.addKey(signingKey('k'), undefined, end, eventAt(startMs));
      const answers = await Promise.all(
        callers.map((caller) => store.addKey(signingKey(`k${caller}`), 'k', end, eventAt(startMs))),
      );
      assert.equal(answers.filter((isAdded) => isAdded).length, 1);
      assert.deepEqual(
        (await store.listKeys()).map((key) => key.id),
        ['k', `k${answers.indexOf(true)}`],
      );
      assert.equal((await everyEvent(store)).length, 2);
    });

    rule('exactly one creates a grant of one id', async (store) => {
      const grant = grantAt(startMs);
      const answers = await Promise.allSettled(
        callers.map((caller) => store.createGrant({ ...grant, generation: caller }, issued(grant))),
      );
      const winners = answers.flatMap(({ status }, caller) => (status === 'fulfilled' ? [caller] : []));
      assert.equal(winners.length, 1);
      assert.equal((await store.findGrant(grant.id))?.generation, winners[0]);
      for (const answer of answers) if (answer.status === 'rejected') assert.ok(answer.reason instanceof AlreadyExists);
      assert.equal((await everyEvent(store)).length, 1);
    });

    rule('the farthest moves a watermark', async (store) => {
      const [grant] = await issue(store, grantAt(startMs));
      await Promise.all(
        callers.map((caller) => {
          const notBeforeMs = startMs + ((caller * 37) % 64);
          return store.revokeAll({ level: 'tenant', tenant: 't1', key: '', notBeforeMs }, eventAt(startMs));
        }),
      );
      assert.equal((await store.findGrant(grant?.id ?? ''))?.notBeforeMs, startMs + 63);
    });

    rule('each adds its uses', async (store) => {
      const [grant] = await issue(store, grantAt(startMs));
      const grantId = grant?.id ?? '';
      await Promise.all(
        callers.map((caller) => store.recordUses([{ grantId, count: 1, lastUsedAtMs: startMs + caller }])),
      );
      const found = await store.findGrant(grantId);
      assert.equal(found?.useCount, 64);
      assert.equal(found?.lastUsedAtMs, startMs + 63);
    });

    rule('none deletes a row that another has deleted', async (store) => {
      await issue(store, ...Array.from({ length: 20 }, () => grantAt(startMs, { expiresAtMs: 1 })));
      const answers = await Promise.all(callers.map(() => store.purgeExpired(2, 3)));
      assert.equal(
        answers.reduce((sum, gone) => sum + gone, 0),
        20,
      );
    });
  });

  describe('a refused call', () => {
    rule('leaves those that came with it untouched', async (store) => {
      const [old] = await issue(store, grantAt(startMs));
      const first = grantAt(startMs + 1);
      const twin = { ...grantAt(startMs + 2), id: old?.id ?? '' };
      const last = grantAt(startMs + 3);
      const answers = await Promise.allSettled([
        store.createGrant(first, issued(first)),
        store.createGrant(twin, issued(twin)),
        store.createTenant(tenant('t1'), eventAt(startMs)),
        store.createUser(user('nobody', 'u1'), eventAt(startMs)),
        store.addKey(signingKey('k'), 'not there', { retiresAtMs: 0, dropsAtMs: 0 }, eventAt(startMs)),
        store.createUser(user('t1', 'u1'), eventAt(startMs)),
        store.createGrant(last, issued(last)),
      ]);
      assert.deepEqual(
        answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : answer.reason.constructor)),
        [undefined, AlreadyExists, undefined, OwnerMissing, false, undefined, undefined],
      );
      const grants = await everyRow((page) => store.listGrants({}, page));
      assert.deepEqual(
        grants.map((grant) => grant.id),
        [old?.id, first.id, last.id],
      );
      assert.deepEqual(await store.findUser('t1', 'u1'), user('t1', 'u1'));
      assert.equal((await everyEvent(store)).length, 5);
    });
  });
}
