import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it, type TestContext } from 'node:test';
import type { Grant } from '../../core/grant.ts';
import { grantId } from '../../core/ids.ts';
import type { StoredKey } from '../../service/ports.ts';
import { user } from '../suite/samples.ts';
import { openSqliteStore, type SqliteStore } from './open.ts';
import { restoreBackup } from './restore.ts';

const nowMs = Date.UTC(2026, 10, 22);
const event = { atMs: nowMs, type: 'grant.issued', requestId: 'r' } as const;

const grant = (n: number): Grant => ({
  id: grantId(nowMs, n.toString(16).padEnd(20, '0')),
  dialect: 'sls',
  tenant: 't',
  subject: 'alice',
  accessKeyId: 'HUFU1',
  clientId: undefined,
  issuedAtMs: nowMs,
  expiresAtMs: nowMs + 86_400_000,
  renewByMs: nowMs + 86_400_000,
  accessTokenLifetimeSeconds: 60,
  binding: undefined,
  scope: undefined,
  audience: undefined,
  revokedAtMs: undefined,
  generation: 0,
  rotatedAtMs: undefined,
  successorSeen: false,
  idempotencyKeyHash: undefined,
});

const key = (n: number): StoredKey => ({
  id: `key-${n}`,
  use: 'sls',
  algorithm: 'HS256',
  sealed: Uint8Array.of(n),
  publicJwk: undefined,
  createdAtMs: nowMs + n,
  activeFromMs: nowMs + n,
  retiresAtMs: undefined,
  dropsAtMs: undefined,
});
const ends = { retiresAtMs: nowMs + 10, dropsAtMs: nowMs + 20 };

function places(t: TestContext) {
  const root = mkdtempSync(join(tmpdir(), 'hufu-test-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  return { folder: join(root, 'data'), backup: join(root, 'backup.db'), other: join(root, 'other') };
}

/** Opens, does something, closes. */
async function during<Value>(folder: string, act: (store: SqliteStore) => Promise<Value>): Promise<Value> {
  const store = await openSqliteStore({ path: folder });
  try {
    return await act(store);
  } finally {
    await store.close();
  }
}

/** A folder with three grants, people and a key, and a backup of it. */
async function withBackup(t: TestContext, masterKeyCheck = 'check') {
  const found = places(t);
  await during(found.folder, async (store) => {
    await store.claimSetting('master_key_check', masterKeyCheck);
    await store.createTenant({ id: 't', name: 't', status: 'enabled', createdAtMs: nowMs }, event);
    await store.createUser(user('t', 'alice', { createdAtMs: nowMs }), event);
    for (const n of [0, 1, 2]) await store.createGrant(grant(n), event);
    await store.addKey(key(0), undefined, ends, event);
    await store.backup(found.backup);
  });
  return found;
}

const restore = (
  folder: string,
  backup: string,
  replace = false,
  revocations: 'keep' | 'forget' = 'keep',
  at = nowMs,
) => restoreBackup({ folder, backup, replace, revocations, nowMs: at });

describe('restoring a backup', () => {
  it('into a new folder brings everything back, readable by its owner only', async (t) => {
    const { backup, other } = await withBackup(t);
    const restored = await restore(other, backup);
    assert.deepEqual(restored, { newestEventAtMs: nowMs, kept: undefined, carriedOver: undefined });
    assert.equal(statSync(other).mode & 0o777, 0o700);
    assert.equal(statSync(join(other, 'hufu.db')).mode & 0o777, 0o600);
    await during(other, async (store) => {
      assert.equal((await store.findGrant(grant(1).id))?.subject, 'alice');
      assert.equal((await store.listKeys()).length, 1);
    });
  });

  it('leaves nothing else behind', async (t) => {
    const { backup, folder } = await withBackup(t);
    const { kept } = await restore(folder, backup, true);
    assert.equal(kept, join(folder, 'hufu.db.replaced-2026-11-22T00-00-00.000Z'));
    assert.deepEqual(
      readdirSync(folder).filter((name) => !name.startsWith('hufu.lock')),
      ['hufu.db', 'hufu.db.replaced-2026-11-22T00-00-00.000Z'],
    );
  });

  it('replaces nothing unless it is told to', async (t) => {
    const { backup, folder } = await withBackup(t);
    await during(folder, (store) => store.revokeGrant(grant(0).id, nowMs, event));
    await assert.rejects(restore(folder, backup), { name: 'AlreadyExists' });
    await during(folder, async (store) => assert.equal((await store.findGrant(grant(0).id))?.revokedAtMs, nowMs));
  });

  it('is refused while a server has the folder open', async (t) => {
    const { backup, folder } = await withBackup(t);
    await during(folder, async () => {
      await assert.rejects(restore(folder, backup, true), { name: 'StoreLocked' });
    });
  });

  it('lets nothing come back to life that was ended since', async (t) => {
    const { backup, folder } = await withBackup(t);
    await during(folder, async (store) => {
      await store.revokeGrant(grant(0).id, nowMs + 5, event);
      await store.revokeAll({ level: 'subject', tenant: 't', key: 'bob', notBeforeMs: nowMs + 6 }, event);
      await store.setUser('t', 'alice', { status: 'disabled' }, event);
      await store.setTenantStatus('t', 'disabled', event);
      await store.rememberAssertion('app', 'hash', nowMs + 60_000);
      assert.equal(await store.addKey(key(1), 'key-0', ends, event), true);
      await store.createGrant(grant(3), event);
    });
    const restored = await restore(folder, backup, true);
    assert.deepEqual(restored.carriedOver, {
      revokedGrants: 1,
      usedRefreshTokens: 0,
      usedCodes: 0,
      usedAssertions: 1,
      watermarks: 1,
      disabledAccounts: 2,
      withdrawnConsents: 0,
      deletedAccounts: 0,
      changedCredentials: 0,
      signingKeys: 2,
    });
    await during(folder, async (store) => {
      assert.equal((await store.findGrant(grant(0).id))?.revokedAtMs, nowMs + 5);
      assert.equal((await store.findGrant(grant(1).id))?.revokedAtMs, undefined);
      assert.equal(await store.rememberAssertion('app', 'hash', nowMs + 60_000), false);
      // Issued after the backup: unknown, so refused.
      assert.equal(await store.findGrant(grant(3).id), undefined);
      const ofBob = { ...grant(4), subject: 'bob' };
      await store.createGrant(ofBob, event);
      assert.equal((await store.findGrant(ofBob.id))?.notBeforeMs, nowMs + 6);
      assert.equal((await store.findUser('t', 'alice'))?.status, 'disabled');
      assert.equal((await store.findTenant('t'))?.status, 'disabled');
      const keys = new Map((await store.listKeys()).map((one) => [one.id, one]));
      assert.equal(keys.get('key-0')?.retiresAtMs, ends.retiresAtMs);
      assert.equal(keys.get('key-1')?.retiresAtMs, undefined);
    });
    // The log goes on where the backup was taken, and holds.
    await during(folder, async (store) => {
      await store.appendAudit(event);
      assert.equal((await store.auditChains()).length, 1);
    });
  });

  it('lets no refresh token work again that was used since', async (t) => {
    const { backup, folder } = await withBackup(t);
    const db = new DatabaseSync(join(folder, 'hufu.db'));
    db.exec(
      `UPDATE grants SET generation = 2, rotated_at_ms = ${nowMs + 5}, successor_seen = 1, renew_by_ms = ${nowMs + 9}`,
    );
    db.close();
    assert.equal((await restore(folder, backup, true)).carriedOver?.usedRefreshTokens, 3);
    await during(folder, async (store) => {
      const found = await store.findGrant(grant(0).id);
      assert.deepEqual(
        [found?.generation, found?.rotatedAtMs, found?.successorSeen, found?.renewByMs],
        [2, nowMs + 5, true, nowMs + 9],
      );
    });
  });

  it('never moves a watermark back, and keeps those of the backup', async (t) => {
    const { folder, backup } = places(t);
    const mark = { level: 'subject', tenant: 't', key: 'alice' } as const;
    await during(folder, async (store) => {
      await store.claimSetting('master_key_check', 'check');
      await store.createGrant(grant(0), event);
      await store.revokeAll({ ...mark, notBeforeMs: nowMs + 5 }, event);
      await store.backup(backup);
      await store.revokeAll({ ...mark, notBeforeMs: nowMs + 9 }, event);
    });
    for (const atMs of [nowMs, nowMs + 1]) {
      assert.equal((await restore(folder, backup, true, 'keep', atMs)).carriedOver?.watermarks, 1);
    }
    await during(folder, async (store) => assert.equal((await store.findGrant(grant(0).id))?.notBeforeMs, nowMs + 9));
  });

  it('of another installation is refused, and changes nothing', async (t) => {
    const { backup } = await withBackup(t, 'another master key');
    const { folder } = await withBackup(t);
    await assert.rejects(restore(folder, backup, true), { name: 'ForeignBackup' });
    await during(folder, async (store) => assert.equal((await store.findGrant(grant(0).id))?.subject, 'alice'));
    assert.ok(!existsSync(join(folder, 'hufu.db.restoring')));
  });

  it('from a file that is none is refused by its name', async (t) => {
    const { folder, backup, other } = await withBackup(t);
    writeFileSync(other, 'this is no database, but a text that is long enough');
    for (const file of [other, `${backup}-missing`]) {
      await assert.rejects(restore(folder, file, true), { name: 'NotADatabase', message: new RegExp(file) });
    }
    truncateSync(backup, 8192);
    await assert.rejects(restore(folder, backup, true), { name: 'NotADatabase' });
    await during(folder, async (store) => assert.equal((await store.findGrant(grant(0).id))?.subject, 'alice'));
  });

  it('over a database that cannot be read needs the word that revocations are forgotten', async (t) => {
    const { folder, backup } = await withBackup(t);
    writeFileSync(join(folder, 'hufu.db'), 'x'.repeat(9000));
    await assert.rejects(restore(folder, backup, true), /not a database/);
    const { kept, carriedOver } = await restore(folder, backup, true, 'forget');
    assert.equal(carriedOver, undefined);
    assert.ok(kept !== undefined && statSync(kept).size === 9000);
    await during(folder, async (store) => assert.equal((await store.findGrant(grant(0).id))?.subject, 'alice'));
  });
});
