import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Rule } from './fresh.ts';
import { eventAt, everyEvent, grantAt, issue, startMs } from './samples.ts';

export function revocation(rule: Rule): void {
  const revoked = (grantId: string) => eventAt(startMs + 5, { type: 'grant.revoked', grantId });

  describe('revokeGrant', () => {
    rule('revokes once, keeps the first instant, and keeps the event of the first only', async (store) => {
      const [grant] = await issue(store, grantAt(startMs));
      const id = grant?.id ?? '';
      assert.equal(await store.revokeGrant(id, startMs + 5, revoked(id)), 'revoked');
      assert.equal(await store.revokeGrant(id, startMs + 9, revoked(id)), 'already');
      assert.equal((await store.findGrant(id))?.revokedAtMs, startMs + 5);
      const events = await everyEvent(store);
      assert.equal(events.filter((event) => event.type === 'grant.revoked').length, 1);
    });

    for (const id of [grantAt(startMs).id, 'no id']) {
      rule(`answers unknown for ${id.slice(0, 8)} and keeps no event`, async (store) => {
        assert.equal(await store.revokeGrant(id, startMs, revoked(id)), 'unknown');
        assert.deepEqual(await everyEvent(store), []);
      });
    }

    rule('shows in a lookup that went before it, as soon as it is answered', async (store) => {
      const [grant] = await issue(store, grantAt(startMs));
      const id = grant?.id ?? '';
      assert.equal((await store.findGrant(id))?.revokedAtMs, undefined);
      await store.revokeGrant(id, startMs + 5, revoked(id));
      assert.equal((await store.findGrant(id))?.revokedAtMs, startMs + 5);
    });

    rule('leaves every other grant alive', async (store) => {
      const [grant, other] = await issue(store, grantAt(startMs), grantAt(startMs));
      await store.revokeGrant(grant?.id ?? '', startMs, revoked(''));
      assert.equal((await store.findGrant(other?.id ?? ''))?.revokedAtMs, undefined);
    });

    rule('holds after the store was opened again', async (store, fresh) => {
      const [grant] = await issue(store, grantAt(startMs));
      await store.revokeGrant(grant?.id ?? '', startMs + 5, revoked(''));
      assert.equal((await (await fresh.reopen()).findGrant(grant?.id ?? ''))?.revokedAtMs, startMs + 5);
    });
  });
}
