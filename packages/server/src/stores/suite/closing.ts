import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { type Store, StoreUnavailable } from '../../service/ports.ts';
import type { Rule } from './fresh.ts';
import { loginPolicy } from './login-attempts.ts';
import {
  accessKey,
  client,
  code,
  consent,
  eventAt,
  everyRow,
  grantAt,
  issued,
  region,
  regionAccount,
  resource,
  signingKey,
  startMs,
  tenant,
  user,
} from './samples.ts';

const page = { limit: 1, after: undefined };
const event = eventAt(startMs);

/** Every method of the port but `close`. */
const calls: Readonly<
  Record<Exclude<keyof Store, 'close' | 'pending' | 'isBehind'>, (store: Store) => Promise<unknown>>
> = {
  createGrant: (store) => store.createGrant(grantAt(startMs), event),
  createGrants: (store) => store.createGrants([{ grant: grantAt(startMs), event }]),
  findGrant: (store) => store.findGrant(grantAt(startMs).id),
  listGrants: (store) => store.listGrants({}, page),
  recordUses: (store) => store.recordUses([{ grantId: grantAt(startMs).id, count: 1, lastUsedAtMs: 1 }]),
  revokeGrant: (store) => store.revokeGrant(grantAt(startMs).id, startMs, event),
  rotate: (store) =>
    store.rotate({
      grantId: grantAt(startMs).id,
      presented: { generation: 1, binding: undefined, idempotencyKeyHash: undefined },
      policy: { rotates: true, retryWindowSeconds: 60, renewalLifetimeSeconds: 60 },
      nowMs: startMs,
      event,
    }),
  markSuccessorSeen: (store) => store.markSuccessorSeen(grantAt(startMs).id, 1),
  rememberAssertion: (store) => store.rememberAssertion('app', 'hash', startMs),
  purgeAssertions: (store) => store.purgeAssertions(1, 1),
  revokeAll: (store) => store.revokeAll({ level: 'tenant', tenant: 't1', key: '', notBeforeMs: 1 }, event),
  purgeExpired: (store) => store.purgeExpired(1, 1),
  oldestExpired: (store) => store.oldestExpired(1),
  appendAudit: (store) => store.appendAudit(event),
  readAudit: (store) => store.readAudit({}, page),
  auditBlocks: (store) => store.auditBlocks('main', 0, 1),
  auditChains: (store) => store.auditChains(),
  purgeAudit: (store) => store.purgeAudit(1, 1),
  createTenant: (store) => store.createTenant(tenant('t'), event),
  findTenant: (store) => store.findTenant('t'),
  setTenantStatus: (store) => store.setTenantStatus('t', 'enabled', event),
  listTenants: (store) => store.listTenants(page),
  createUser: (store) => store.createUser(user('t', 'u'), event),
  findUser: (store) => store.findUser('t', 'u'),
  setUser: (store) => store.setUser('t', 'u', {}, event),
  findUserByLogin: (store) => store.findUserByLogin('t', 'login'),
  deleteUser: (store) => store.deleteUser('t', 'u', startMs, event),
  markFirstLogin: (store) => store.markFirstLogin('t', 'u', startMs),
  listUsers: (store) => store.listUsers({}, page),
  createAccessKey: (store) => store.createAccessKey(accessKey('a'), event),
  findAccessKey: (store) => store.findAccessKey('a'),
  setAccessKeyStatus: (store) => store.setAccessKeyStatus('a', 'enabled', event),
  listAccessKeys: (store) => store.listAccessKeys({}, page),
  createClient: (store) => store.createClient(client('c'), event),
  findClient: (store) => store.findClient('c'),
  setClient: (store) => store.setClient('c', {}, event),
  deleteClient: (store) => store.deleteClient('c', startMs, event),
  listClients: (store) => store.listClients({}, page),
  createResource: (store) => store.createResource(resource('t', 'r'), event),
  findResource: (store) => store.findResource('t', 'r'),
  setResource: (store) => store.setResource('t', 'r', {}, event),
  deleteResource: (store) => store.deleteResource('t', 'r', event),
  listResources: (store) => store.listResources({}, page),
  createRegion: (store) => store.createRegion(region('1'), event),
  findRegion: (store) => store.findRegion('1'),
  setRegion: (store) => store.setRegion('1', {}, event),
  deleteRegion: (store) => store.deleteRegion('1', event),
  listRegions: (store) => store.listRegions(page),
  saveAccount: (store) => store.saveAccount(regionAccount('1'), event),
  deleteAccount: (store) => store.deleteAccount('t', 'u', '1', event),
  memberships: (store) => store.memberships('t', 'u'),
  createCode: (store) => store.createCode(code('hash'), event),
  findCode: (store) => store.findCode('hash'),
  redeemCode: (store) =>
    store.redeemCode({
      hash: 'hash',
      presented: { clientId: 'c', redirectUri: undefined, challenge: undefined },
      grant: grantAt(startMs),
      nowMs: startMs,
      event,
    }),
  purgeCodes: (store) => store.purgeCodes(1, 1),
  countAttempt: (store) => store.countAttempt('key', loginPolicy, startMs),
  forgetAttempts: (store) => store.forgetAttempts('key'),
  purgeAttempts: (store) => store.purgeAttempts(1, 1),
  saveConsent: (store) => store.saveConsent(consent(), event),
  findConsent: (store) => store.findConsent('t', 'u', 'c'),
  deleteConsent: (store) => store.deleteConsent('t', 'u', 'c', event),
  listKeys: (store) => store.listKeys(),
  addKey: (store) => store.addKey(signingKey('k'), undefined, { retiresAtMs: 1, dropsAtMs: 1 }, event),
  purgeKeys: (store) => store.purgeKeys(1),
  readSetting: (store) => store.readSetting('s'),
  claimSetting: (store) => store.claimSetting('s', 'v'),
  ping: (store) => store.ping(),
};

export function closing(rule: Rule): void {
  describe('an open store', () => {
    rule('can be pinged', async (store) => {
      await store.ping();
    });

    rule('says how many callers wait', async (store) => {
      assert.equal(store.pending, 0);
      const taken = [0, 1, 2].map((ms) => store.appendAudit(eventAt(startMs + ms)));
      assert.equal(store.pending, 3);
      await Promise.all(taken);
      assert.equal(store.pending, 0);
    });

    rule('has everything that it answered when it is opened again', async (store, fresh) => {
      const grants = Array.from({ length: 200 }, (_, at) => grantAt(startMs + at));
      await Promise.all(grants.map((grant) => store.createGrant(grant, issued(grant))));
      const again = await fresh.reopen();
      const rows = await everyRow((ask) => again.listGrants({}, ask), 50);
      assert.deepEqual(
        rows.map((row) => row.id),
        grants.map((grant) => grant.id),
      );
    });

    rule('keeps the order of changes whose answers were awaited', async (store, fresh) => {
      await store.createTenant(tenant('t1'), event);
      for (const status of ['disabled', 'enabled', 'disabled'] as const) {
        await store.setTenantStatus('t1', status, event);
      }
      assert.equal((await (await fresh.reopen()).findTenant('t1'))?.status, 'disabled');
    });
  });

  describe('close', () => {
    rule('finishes what was taken', async (store, fresh) => {
      const grants = Array.from({ length: 100 }, (_, at) => grantAt(startMs + at));
      const taken = Promise.all(grants.map((grant) => store.createGrant(grant, issued(grant))));
      await store.close();
      await taken;
      const again = await fresh.reopen();
      assert.equal((await everyRow((ask) => again.listGrants({}, ask))).length, 100);
    });

    rule('takes nothing more from its first moment on', async (store) => {
      const closed = store.close();
      await assert.rejects(store.createGrant(grantAt(startMs), event), StoreUnavailable);
      await closed;
    });

    rule('may be called twice', async (store) => {
      await Promise.all([store.close(), store.close()]);
      await store.close();
    });

    rule('leaves StoreUnavailable to every call after it', async (store) => {
      await store.close();
      for (const [name, call] of Object.entries(calls)) await assert.rejects(call(store), StoreUnavailable, name);
      assert.equal(store.pending, 0);
    });
  });
}
