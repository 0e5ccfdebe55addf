import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { UserChange, UserProfile } from '../../core/directory.ts';
import { grantRefusal } from '../../core/grant.ts';
import { AlreadyExists, type Store } from '../../service/ports.ts';
import type { Rule } from './fresh.ts';
import {
  accessKey,
  client,
  consent,
  eventAt,
  everyEvent,
  everyRow,
  grantAt,
  issue,
  region,
  regionAccount,
  settle,
  startMs,
  user,
} from './samples.ts';

const nowMs = startMs + 5;

const profile: UserProfile = {
  nickName: '小"虎"',
  avatar: 'https://img.example/a.png',
  driveId: '1001',
  sandboxDriveId: '1002',
  data: '{"a":[1,"\\n"]}',
};

export function users(rule: Rule): void {
  const event = () => eventAt(startMs, { type: 'user.changed' });

  describe('users who log in', () => {
    rule('keep their login name, password hash, role, profile and first login', async (store, fresh) => {
      await settle(store);
      const rich = user('t1', 'u2', {
        loginName: 'alice@example.com',
        passwordHash: '$argon2id$v=19$m=1,t=1,p=1$c2FsdA$aGFzaA',
        role: 'superadmin',
        profile,
        firstLoginAtMs: startMs,
      });
      await store.createUser(rich, event());
      assert.deepEqual(await store.findUser('t1', 'u2'), rich);
      assert.deepEqual((await everyRow((page) => store.listUsers({}, page)))[1], rich);
      await store.createAccessKey(accessKey('ak2', { userId: 'u2' }), event());
      assert.deepEqual((await store.findAccessKey('ak2'))?.user, rich);
      assert.deepEqual(await (await fresh.reopen()).findUser('t1', 'u2'), rich);
    });

    rule('are found by their login name, as it stands, in their tenant only', async (store) => {
      await settle(store);
      const alice = user('t1', 'u2', { loginName: 'alice' });
      await store.createUser(alice, event());
      await store.createUser(user('t2', 'u2', { loginName: 'bob' }), event());
      assert.deepEqual(await store.findUserByLogin('t1', 'alice'), alice);
      for (const [tenant, name] of [
        ['t2', 'alice'],
        ['t1', 'bob'],
        ['t1', 'Alice'],
        ['t1', 'alice '],
        ['t1', ''],
        ['t1', 'u2'],
      ] as const) {
        assert.equal(await store.findUserByLogin(tenant, name), undefined);
      }
    });

    rule(
      'are refused under a login name of their tenant, without an event, and not under one of another',
      async (store) => {
        await settle(store);
        await store.createUser(user('t1', 'u2', { loginName: 'alice' }), event());
        const before = (await everyEvent(store)).length;
        await assert.rejects(store.createUser(user('t1', 'u3', { loginName: 'alice' }), event()), AlreadyExists);
        await assert.rejects(store.setUser('t1', 'u1', { loginName: 'alice', name: 'x' }, event()), AlreadyExists);
        assert.equal(await store.findUser('t1', 'u3'), undefined);
        assert.deepEqual(await store.findUser('t1', 'u1'), user('t1', 'u1'));
        assert.equal((await everyEvent(store)).length, before);
        await store.createUser(user('t2', 'u3', { loginName: 'alice' }), event());
        assert.equal((await store.findUserByLogin('t2', 'alice'))?.id, 'u3');
      },
    );

    rule('may keep their own login name, give it up for another, and leave it to somebody else', async (store) => {
      await settle(store);
      await store.createUser(user('t1', 'u2', { loginName: 'alice' }), event());
      assert.equal(await store.setUser('t1', 'u2', { loginName: 'alice' }, event()), true);
      assert.equal(await store.setUser('t1', 'u2', { loginName: 'alice2' }, event()), true);
      assert.equal(await store.setUser('t1', 'u1', { loginName: 'alice' }, event()), true);
      assert.equal((await store.findUserByLogin('t1', 'alice'))?.id, 'u1');
      assert.equal((await store.findUserByLogin('t1', 'alice2'))?.id, 'u2');
    });

    rule('without a login name may be many', async (store) => {
      await settle(store);
      await store.createUser(user('t1', 'u2'), event());
      await store.createUser(user('t1', 'u3'), event());
      assert.equal((await everyRow((page) => store.listUsers({ tenant: 't1' }, page))).length, 3);
    });

    rule('get a login name that 64 callers want at once by exactly one of them', async (store) => {
      await settle(store);
      const calls = Array.from({ length: 64 }, (_, at) =>
        store.createUser(user('t1', `new${at}`, { loginName: 'alice' }), event()),
      );
      const answers = await Promise.allSettled(calls);
      assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 1);
      for (const answer of answers) if (answer.status === 'rejected') assert.ok(answer.reason instanceof AlreadyExists);
    });
  });

  describe('setUser', () => {
    const changes: readonly UserChange[] = [
      { name: 'other' },
      { status: 'disabled' },
      { policy: [] },
      { loginName: 'alice' },
      { passwordHash: 'hash' },
      { role: 'admin' },
      { profile },
      { name: 'other', role: 'admin', profile },
    ];
    for (const change of changes) {
      rule(`changes ${Object.keys(change).join(', ')} and keeps the rest`, async (store) => {
        await settle(store);
        assert.equal(await store.setUser('t1', 'u1', change, event()), true);
        assert.deepEqual(await store.findUser('t1', 'u1'), { ...user('t1', 'u1'), ...change });
        const all = { name: undefined, status: undefined, policy: undefined, loginName: undefined };
        await store.setUser(
          't1',
          'u1',
          { ...all, passwordHash: undefined, role: undefined, profile: undefined },
          event(),
        );
        assert.deepEqual(await store.findUser('t1', 'u1'), { ...user('t1', 'u1'), ...change });
        assert.deepEqual(await store.findUser('t2', 'u1'), user('t2', 'u1'));
      });
    }
  });

  describe('markFirstLogin', () => {
    rule('is true for exactly one of 64 callers at once, and never again', async (store, fresh) => {
      await settle(store);
      const before = (await everyEvent(store)).length;
      const calls = Array.from({ length: 64 }, (_, at) => store.markFirstLogin('t1', 'u1', nowMs + at));
      const answers = await Promise.all(calls);
      assert.equal(answers.filter((isFirst) => isFirst).length, 1);
      const firstLoginAtMs = nowMs + answers.indexOf(true);
      assert.deepEqual(await store.findUser('t1', 'u1'), user('t1', 'u1', { firstLoginAtMs }));
      assert.deepEqual(await store.findUser('t2', 'u1'), user('t2', 'u1'));
      assert.equal((await everyEvent(store)).length, before);
      assert.equal(await (await fresh.reopen()).markFirstLogin('t1', 'u1', nowMs), false);
    });

    rule('is false for somebody who does not exist', async (store) => {
      assert.equal(await store.markFirstLogin('t1', 'u1', nowMs), false);
    });
  });

  describe('deleteUser', () => {
    const deleted = () => eventAt(nowMs, { type: 'user.deleted' });
    const refusalOf = async (store: Store, id = '') => {
      const found = await store.findGrant(id);
      return found && grantRefusal(found, nowMs + 1)?.code;
    };

    rule('takes the user away with its access keys, and nobody else, with its event', async (store, fresh) => {
      await settle(store);
      await store.createUser(user('t1', 'u2', { loginName: 'alice' }), event());
      await store.createAccessKey(accessKey('ak2', { userId: 'u2' }), event());
      await store.createAccessKey(accessKey('ak3', { userId: 'u2' }), event());
      assert.equal(await store.deleteUser('t1', 'u2', nowMs, deleted()), true);
      assert.equal((await everyEvent(store))[0]?.type, 'user.deleted');
      const look = async (open: Store) => {
        assert.equal(await open.findUser('t1', 'u2'), undefined);
        assert.equal(await open.findUserByLogin('t1', 'alice'), undefined);
        for (const id of ['ak2', 'ak3']) assert.equal(await open.findAccessKey(id), undefined);
        assert.equal((await open.findAccessKey('ak1'))?.user.id, 'u1');
        assert.deepEqual(await open.findUser('t2', 'u1'), user('t2', 'u1'));
      };
      await look(store);
      await look(await fresh.reopen());
    });

    rule('ends every grant of the user, one looked up before included, and no other', async (store, fresh) => {
      await settle(store);
      const [mine, byKey, latest, later, others, elsewhere] = await issue(
        store,
        grantAt(startMs, { accessKeyId: undefined, clientId: 'c1' }),
        grantAt(startMs),
        grantAt(nowMs),
        grantAt(nowMs + 1),
        grantAt(startMs, { subject: 'u2' }),
        grantAt(startMs, { tenant: 't2' }),
      );
      assert.equal(await refusalOf(store, mine?.id), undefined);
      await store.deleteUser('t1', 'u1', nowMs, deleted());
      const look = async (open: Store) => {
        for (const ended of [mine, byKey, latest]) assert.equal(await refusalOf(open, ended?.id), 'grant_revoked');
        for (const alive of [later, others, elsewhere]) assert.equal(await refusalOf(open, alive?.id), undefined);
      };
      await look(store);
      await look(await fresh.reopen());
    });

    rule('leaves nothing to a later user of the same id', async (store) => {
      await settle(store);
      await store.createClient(client('c1'), event());
      await store.createUser(user('t1', 'u2'), event());
      for (const subject of ['u1', 'u2']) await store.saveConsent(consent({ subject }), event());
      await store.createRegion(region('7'), event());
      for (const userId of ['u1', 'u2']) await store.saveAccount(regionAccount('7', { userId }), event());
      await store.setUser('t1', 'u1', { loginName: 'alice', passwordHash: 'hash', role: 'admin', profile }, event());
      await store.markFirstLogin('t1', 'u1', nowMs);
      const [old] = await issue(store, grantAt(startMs));
      await store.deleteUser('t1', 'u1', nowMs, deleted());
      await store.createUser(user('t1', 'u1'), event());
      assert.deepEqual(await store.findUser('t1', 'u1'), user('t1', 'u1'));
      assert.equal(await store.findConsent('t1', 'u1', 'c1'), undefined);
      assert.deepEqual(await store.findConsent('t1', 'u2', 'c1'), consent({ subject: 'u2' }));
      assert.deepEqual(await store.memberships('t1', 'u1'), []);
      assert.equal((await store.memberships('t1', 'u2')).length, 1);
      assert.equal(await refusalOf(store, old?.id), 'grant_revoked');
      assert.equal(await store.findAccessKey('ak1'), undefined);
      assert.equal(await store.markFirstLogin('t1', 'u1', nowMs), true);
    });

    rule('of one that does not exist ends nothing, without an event', async (store) => {
      await settle(store);
      const [grant] = await issue(store, grantAt(startMs, { subject: 'u9' }));
      const before = (await everyEvent(store)).length;
      assert.equal(await store.deleteUser('t1', 'u9', nowMs, deleted()), false);
      assert.equal(await refusalOf(store, grant?.id), undefined);
      assert.equal((await everyEvent(store)).length, before);
    });

    rule('never moves a watermark back', async (store) => {
      await settle(store);
      const [grant] = await issue(store, grantAt(nowMs + 1));
      const mark = { level: 'subject', tenant: 't1', key: 'u1', notBeforeMs: nowMs + 1 } as const;
      await store.revokeAll(mark, event());
      await store.deleteUser('t1', 'u1', nowMs, deleted());
      assert.equal(await refusalOf(store, grant?.id), 'grant_revoked');
    });
  });
}
