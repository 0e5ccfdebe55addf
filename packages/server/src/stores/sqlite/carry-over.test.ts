import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { grantRefusal } from '../../core/grant.ts';
import type { Store } from '../../service/ports.ts';
import { loginPolicy } from '../suite/login-attempts.ts';
import {
  accessKey,
  client,
  code,
  consent,
  eventAt,
  grantAt,
  issue,
  region,
  regionAccount,
  resource,
  settle,
  startMs,
  user,
} from '../suite/samples.ts';
import type { CarriedOver } from './carry-over.ts';
import { freshFolder } from './fresh.sample.ts';
import { openSqliteStore, type SqliteStore } from './open.ts';
import { restoreBackup } from './restore.ts';

const event = eventAt(startMs);
const laterMs = startMs + 60_000;

const nothing: CarriedOver = {
  revokedGrants: 0,
  usedRefreshTokens: 0,
  usedCodes: 0,
  usedAssertions: 0,
  watermarks: 0,
  disabledAccounts: 0,
  withdrawnConsents: 0,
  deletedAccounts: 0,
  changedCredentials: 0,
  signingKeys: 0,
};

const session = grantAt(startMs, { clientId: 'c1', accessKeyId: undefined, generation: 1 });

/** People, clients, a session, consents and codes, as they stand in the backup. */
async function fill(store: Store): Promise<void> {
  await store.claimSetting('master_key_check', 'check');
  await settle(store);
  const login = { loginName: 'bob', passwordHash: 'old', role: 'admin' };
  await store.createUser(user('t1', 'bob', login), event);
  await store.createAccessKey(accessKey('ak2', { userId: 'bob' }), event);
  for (const id of ['c1', 'c2']) await store.createClient(client(id), event);
  await store.createResource(resource('t1', 'https://api.example/'), event);
  for (const clientId of ['c1', 'c2']) await store.saveConsent(consent({ clientId }), event);
  await store.saveConsent(consent({ subject: 'bob' }), event);
  for (const id of ['7', '8']) await store.createRegion(region(id), event);
  for (const regionId of ['7', '8']) await store.saveAccount(regionAccount(regionId), event);
  await store.saveAccount(regionAccount('7', { userId: 'bob', status: 'Owe' }), event);
  for (const hash of ['one', 'two']) await store.createCode(code(hash), event);
  await issue(store, session, { ...grantAt(startMs), subject: 'bob' });
}

async function during<Value>(path: string, act: (store: SqliteStore) => Promise<Value>): Promise<Value> {
  const store = await openSqliteStore({ path });
  try {
    return await act(store);
  } finally {
    await store.close();
  }
}

/** Fills a store, backs it up, does `since`, restores, and tells what was carried over. */
async function restored(t: TestContext, since: (store: SqliteStore) => Promise<unknown>) {
  const { path, remove } = freshFolder();
  t.after(remove);
  const folder = join(path, 'data');
  const backup = join(path, 'backup.db');
  await during(folder, async (store) => {
    await fill(store);
    await store.backup(backup);
    await since(store);
  });
  const { carriedOver } = await restoreBackup({ folder, backup, replace: true, revocations: 'keep', nowMs: startMs });
  return { carriedOver, look: <Value>(act: (store: SqliteStore) => Promise<Value>) => during(folder, act) };
}

const redeem = (store: Store, hash: string, atMs: number) =>
  store.redeemCode({
    hash,
    presented: { clientId: 'c1', redirectUri: undefined, challenge: 'challenge' },
    grant: grantAt(atMs, { clientId: 'c1' }),
    nowMs: atMs,
    event: { atMs, requestId: 'r' },
  });

describe('a restored backup', () => {
  it('is as it was where nothing was ended since', async (t) => {
    const { carriedOver, look } = await restored(t, async () => undefined);
    assert.deepEqual(carriedOver, nothing);
    await look(async (store) => {
      assert.equal((await store.findUser('t1', 'bob'))?.passwordHash, 'old');
      assert.deepEqual(await store.findConsent('t1', 'u1', 'c1'), consent());
      assert.deepEqual(await redeem(store, 'one', laterMs), { did: 'redeemed' });
    });
  });

  it('makes no code redeemable again that was redeemed since', async (t) => {
    const { carriedOver, look } = await restored(t, (store) => redeem(store, 'one', laterMs));
    assert.deepEqual(carriedOver, { ...nothing, usedCodes: 1 });
    await look(async (store) => {
      const outcome = await redeem(store, 'one', laterMs);
      assert.equal(outcome.did === 'refused' && outcome.reason.code, 'code_replayed');
      assert.deepEqual(await redeem(store, 'two', laterMs), { did: 'redeemed' });
    });
  });

  it('brings no user back that was deleted since, nor its access keys, consents, sessions and codes', async (t) => {
    const { carriedOver, look } = await restored(t, async (store) => {
      await store.deleteUser('t1', 'u1', laterMs, event);
    });
    // Its access key, its two accounts in regions, and itself.
    assert.deepEqual(carriedOver, { ...nothing, watermarks: 1, withdrawnConsents: 2, deletedAccounts: 4 });
    await look(async (store) => {
      assert.deepEqual(await store.memberships('t1', 'u1'), []);
      assert.equal((await store.memberships('t1', 'bob')).length, 1);
      assert.equal(await store.findUser('t1', 'u1'), undefined);
      assert.equal(await store.findAccessKey('ak1'), undefined);
      assert.equal(await store.findConsent('t1', 'u1', 'c1'), undefined);
      const found = await store.findGrant(session.id);
      assert.equal(found && grantRefusal(found, laterMs)?.code, 'grant_revoked');
      const outcome = await redeem(store, 'one', laterMs);
      assert.equal(outcome.did === 'refused' && outcome.reason.code, 'code_expired');
      assert.equal((await store.findAccessKey('ak2'))?.user.id, 'bob');
      assert.equal((await store.findUser('t2', 'u1'))?.tenant, 't2');
    });
  });

  it('gives no account in a region back that was withdrawn or disabled since, nor opens a region', async (t) => {
    const { carriedOver, look } = await restored(t, async (store) => {
      await store.deleteAccount('t1', 'u1', '7', event);
      await store.saveAccount(regionAccount('7', { userId: 'bob', status: 'Disable' }), event);
      await store.setRegion('8', { status: 'disabled' }, event);
    });
    assert.deepEqual(carriedOver, { ...nothing, disabledAccounts: 2, deletedAccounts: 1 });
    await look(async (store) => {
      const [left, ...others] = await store.memberships('t1', 'u1');
      assert.deepEqual([left?.region.id, left?.region.status, others.length], ['8', 'disabled', 0]);
      assert.equal((await store.memberships('t1', 'bob'))[0]?.account.status, 'Disable');
    });
  });

  it('gives no account back in a region that was deleted since', async (t) => {
    const { carriedOver, look } = await restored(t, (store) => store.deleteRegion('7', event));
    assert.deepEqual(carriedOver, { ...nothing, deletedAccounts: 2 });
    await look(async (store) => {
      assert.deepEqual(await store.memberships('t1', 'bob'), []);
      assert.equal((await store.memberships('t1', 'u1')).length, 1);
    });
  });

  it('keeps what was granted or topped up since out: only ends are taken over', async (t) => {
    const { carriedOver, look } = await restored(t, async (store) => {
      await store.saveAccount(regionAccount('8', { userId: 'bob' }), event);
      await store.saveAccount(regionAccount('7', { userId: 'bob', status: 'Normal' }), event);
    });
    assert.deepEqual(carriedOver, nothing);
    await look(async (store) => {
      const found = await store.memberships('t1', 'bob');
      assert.deepEqual(
        found.map(({ account }) => account.status),
        ['Owe'],
      );
    });
  });

  it('brings no client back that was deleted since, nor its consents, sessions and codes', async (t) => {
    const { carriedOver, look } = await restored(t, (store) => store.deleteClient('c1', laterMs, event));
    assert.deepEqual(carriedOver, { ...nothing, watermarks: 1, withdrawnConsents: 2, deletedAccounts: 1 });
    await look(async (store) => {
      assert.equal(await store.findClient('c1'), undefined);
      assert.equal((await store.findClient('c2'))?.id, 'c2');
      assert.deepEqual(await store.findConsent('t1', 'u1', 'c2'), consent({ clientId: 'c2' }));
      const found = await store.findGrant(session.id);
      assert.equal(found && grantRefusal(found, laterMs)?.code, 'grant_revoked');
      const outcome = await redeem(store, 'one', laterMs);
      assert.equal(outcome.did === 'refused' && outcome.reason.code, 'code_expired');
    });
  });

  it('leaves an id that was deleted and given anew to nobody until the operator says to whom', async (t) => {
    const { carriedOver, look } = await restored(t, async (store) => {
      await store.deleteUser('t1', 'bob', laterMs, event);
      await store.createUser(user('t1', 'bob', { createdAtMs: laterMs + 1, passwordHash: 'new' }), event);
      await store.deleteClient('c2', laterMs, event);
      await store.createClient(client('c2', { createdAtMs: laterMs + 1 }), event);
    });
    assert.deepEqual(carriedOver, {
      ...nothing,
      watermarks: 2,
      disabledAccounts: 2,
      withdrawnConsents: 2,
      // The access key of the first bob.
      deletedAccounts: 1,
      changedCredentials: 1,
    });
    await look(async (store) => {
      assert.equal((await store.findUser('t1', 'bob'))?.status, 'disabled');
      assert.equal((await store.findClient('c2'))?.status, 'disabled');
      assert.equal(await store.findAccessKey('ak2'), undefined);
      assert.equal((await store.findAccessKey('ak1'))?.user.status, 'enabled');
    });
  });

  it('keeps everybody where the database that it replaces never had them, or all were only logged out', async (t) => {
    const { path, remove } = freshFolder();
    t.after(remove);
    const [folder, old, backup] = [join(path, 'data'), join(path, 'old'), join(path, 'backup.db')];
    await during(old, async (store) => {
      await fill(store);
      await store.revokeAll({ level: 'subject', tenant: 't1', key: 'u1', notBeforeMs: laterMs }, event);
      await store.backup(backup);
    });
    await during(folder, (store) => store.claimSetting('master_key_check', 'check'));
    const { carriedOver } = await restoreBackup({ folder, backup, replace: true, revocations: 'keep', nowMs: startMs });
    assert.equal(carriedOver?.deletedAccounts, 0);
    await during(folder, async (store) => {
      assert.equal((await store.findAccessKey('ak1'))?.user.id, 'u1');
      assert.equal((await store.findClient('c1'))?.id, 'c1');
    });
  });

  it('keeps who was made after the deletion, where an older backup gives way to a newer one', async (t) => {
    const { path, remove } = freshFolder();
    t.after(remove);
    const [folder, older, newer] = [join(path, 'data'), join(path, 'older.db'), join(path, 'newer.db')];
    const again = { createdAtMs: laterMs + 1 };
    await during(folder, async (store) => {
      await fill(store);
      await store.deleteUser('t1', 'bob', laterMs, event);
      await store.deleteClient('c2', laterMs, event);
      await store.backup(older);
      await store.createUser(user('t1', 'bob', again), event);
      await store.createAccessKey(accessKey('ak3', { userId: 'bob', ...again }), event);
      await store.createClient(client('c2', again), event);
      await store.backup(newer);
    });
    await restoreBackup({ folder, backup: older, replace: true, revocations: 'forget', nowMs: startMs });
    const ask = { folder, backup: newer, replace: true, revocations: 'keep', nowMs: startMs + 1 } as const;
    assert.deepEqual((await restoreBackup(ask)).carriedOver, nothing);
    await during(folder, async (store) => {
      assert.equal((await store.findAccessKey('ak3'))?.user.id, 'bob');
      assert.equal((await store.findClient('c2'))?.id, 'c2');
    });
  });

  it('knows the last password, secret and keys only', async (t) => {
    const keys = [{ id: 'k', jwk: '{}' }];
    const { carriedOver, look } = await restored(t, async (store) => {
      await store.setUser('t1', 'bob', { passwordHash: 'new', role: 'user', name: 'Robert' }, event);
      await store.setClient('c1', { secretHash: 'new secret', name: 'other' }, event);
      await store.setClient('c2', { keys }, event);
    });
    assert.deepEqual(carriedOver, { ...nothing, changedCredentials: 3 });
    await look(async (store) => {
      const bob = await store.findUser('t1', 'bob');
      assert.deepEqual([bob?.passwordHash, bob?.role, bob?.name], ['new', 'admin', 'user bob']);
      assert.deepEqual(await store.findClient('c1'), client('c1', { secretHash: 'new secret' }));
      assert.deepEqual(await store.findClient('c2'), client('c2', { keys }));
    });
  });

  it('asks again for a consent that was withdrawn or changed since', async (t) => {
    const { carriedOver, look } = await restored(t, async (store) => {
      await store.deleteConsent('t1', 'u1', 'c1', event);
      await store.saveConsent(consent({ clientId: 'c2', scope: '' }), event);
    });
    assert.deepEqual(carriedOver, { ...nothing, withdrawnConsents: 2 });
    await look(async (store) => {
      for (const clientId of ['c1', 'c2']) assert.equal(await store.findConsent('t1', 'u1', clientId), undefined);
      assert.deepEqual(await store.findConsent('t1', 'bob', 'c1'), consent({ subject: 'bob' }));
    });
  });

  it('keeps disabled what was disabled since', async (t) => {
    const { carriedOver, look } = await restored(t, async (store) => {
      await store.setClient('c1', { status: 'disabled' }, event);
      await store.setResource('t1', 'https://api.example/', { status: 'disabled' }, event);
      await store.setUser('t1', 'bob', { status: 'disabled' }, event);
      await store.setAccessKeyStatus('ak1', 'disabled', event);
    });
    assert.deepEqual(carriedOver, { ...nothing, disabledAccounts: 4 });
    await look(async (store) => {
      assert.equal((await store.findClient('c1'))?.status, 'disabled');
      assert.equal((await store.findClient('c2'))?.status, 'enabled');
      assert.equal((await store.findResource('t1', 'https://api.example/'))?.status, 'disabled');
      assert.equal((await store.findUser('t1', 'bob'))?.status, 'disabled');
      assert.equal((await store.findAccessKey('ak1'))?.accessKey.status, 'disabled');
    });
  });

  it('goes on counting login attempts where they stood', async (t) => {
    const { look } = await restored(t, async (store) => {
      for (let failures = 0; failures < 4; failures++) await store.countAttempt('bob', loginPolicy, startMs);
    });
    await look(async (store) => {
      assert.equal((await store.countAttempt('bob', loginPolicy, startMs + 1999)).do, 'refuse');
      assert.equal((await store.countAttempt('bob', loginPolicy, startMs + 2000)).do, 'try');
    });
  });
});
