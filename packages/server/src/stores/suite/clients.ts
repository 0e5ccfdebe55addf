import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Client, ClientChange } from '../../core/client.ts';
import { grantRefusal } from '../../core/grant.ts';
import { AlreadyExists, CursorInvalid, type Store } from '../../service/ports.ts';
import type { Rule } from './fresh.ts';
import { client, consent, eventAt, everyEvent, everyRow, grantAt, issue, settle, startMs } from './samples.ts';

const nowMs = startMs + 5;

/** Nothing of it is as in the sample. */
const rich: Partial<Client> = {
  name: '虎 "符"',
  status: 'disabled',
  createdAtMs: 7,
  dialect: 'pds',
  type: 'JWT',
  authentication: 'private_key_jwt',
  secretHash: undefined,
  keys: [
    { id: 'k1', jwk: '{"kty":"RSA"}' },
    { id: 'k2', jwk: '{"kty":"EC"}' },
  ],
  grantTypes: ['jwt_bearer', 'client_credentials'],
  redirectUris: ['pdshz001://callback/', 'http://127.0.0.1/'],
  requiresPkce: false,
  scopes: ['FILE.ALL', "it's"],
  isThirdParty: true,
  rotation: { rotates: false, retryWindowSeconds: 0 },
  permissions: [],
  resources: [],
};

export function clients(rule: Rule): void {
  const event = () => eventAt(startMs, { type: 'client.changed' });
  const idsOf = async (store: Store, filter: { tenant?: string; dialect?: string }) =>
    (await everyRow((page) => store.listClients(filter, page), 1)).map(({ id }) => id);

  describe('clients', () => {
    rule('are found and listed as they were created', async (store, fresh) => {
      await settle(store);
      const second = client('c2', { ...rich, tenant: 't2' });
      await store.createClient(client('c1'), event());
      await store.createClient(second, event());
      assert.deepEqual(await store.findClient('c1'), client('c1'));
      assert.deepEqual(await store.findClient('c2'), second);
      assert.equal(await store.findClient('c3'), undefined);
      assert.deepEqual(await everyRow((page) => store.listClients({}, page), 1), [client('c1'), second]);
      assert.deepEqual(await (await fresh.reopen()).findClient('c2'), second);
    });

    for (const authentication of ['none', 'client_secret', 'private_key_jwt'] as const) {
      rule(`may authenticate by ${authentication}`, async (store) => {
        await store.createClient(client('c1', { authentication }), event());
        assert.equal((await store.findClient('c1'))?.authentication, authentication);
      });
    }

    rule('are listed by tenant, by dialect and by both, each once', async (store) => {
      for (const [id, tenant, dialect] of [
        ['a', 't1', 'oauth'],
        ['b', 't2', 'pds'],
        ['c', 't1', 'pds'],
        ['d', '*', 'oauth'],
      ] as const) {
        await store.createClient(client(id, { tenant, dialect }), event());
      }
      assert.deepEqual(await idsOf(store, {}), ['a', 'b', 'c', 'd']);
      assert.deepEqual(await idsOf(store, { tenant: 't1' }), ['a', 'c']);
      assert.deepEqual(await idsOf(store, { tenant: '*' }), ['d']);
      assert.deepEqual(await idsOf(store, { dialect: 'pds' }), ['b', 'c']);
      assert.deepEqual(await idsOf(store, { tenant: 't1', dialect: 'pds' }), ['c']);
      assert.deepEqual(await idsOf(store, { tenant: 't3' }), []);
      await assert.rejects(store.listClients({}, { limit: 1, after: 'nonsense' }), CursorInvalid);
    });

    rule('are refused under an id that exists, whatever its tenant, without an event', async (store) => {
      await store.createClient(client('c1'), event());
      await assert.rejects(store.createClient(client('c1', { tenant: 't2' }), event()), AlreadyExists);
      assert.deepEqual(await store.findClient('c1'), client('c1'));
      assert.equal((await everyEvent(store)).length, 1);
    });
  });

  describe('setClient', () => {
    const changes: readonly ClientChange[] = [
      { name: 'other' },
      { status: 'disabled' },
      { secretHash: 'newer' },
      { secretHash: undefined },
      { keys: [{ id: 'k', jwk: '{}' }] },
      { redirectUris: [] },
      { scopes: ['read'] },
      { isThirdParty: true },
      { rotation: { rotates: false, retryWindowSeconds: 30 } },
      { permissions: ['revoke'] },
      { name: 'other', rotation: { rotates: true, retryWindowSeconds: 0 }, permissions: [] },
      {},
    ];
    for (const change of changes) {
      rule(`changes what is named and keeps the rest: ${JSON.stringify(change)}`, async (store) => {
        await store.createClient(client('c1'), event());
        await store.createClient(client('c2'), event());
        assert.equal(await store.setClient('c1', change, event()), true);
        assert.deepEqual(await store.findClient('c1'), { ...client('c1'), ...change });
        assert.deepEqual(await store.findClient('c2'), client('c2'));
        assert.equal((await everyEvent(store)).length, 3);
      });
    }

    rule('takes a retry window and a false flag away again', async (store) => {
      await store.createClient(client('c1', { ...rich }), event());
      const change: ClientChange = { isThirdParty: false, rotation: { rotates: true, retryWindowSeconds: undefined } };
      await store.setClient('c1', change, event());
      assert.deepEqual(await store.findClient('c1'), client('c1', { ...rich, ...change }));
    });

    rule('of one that does not exist changes nothing, without an event', async (store) => {
      assert.equal(await store.setClient('c1', { status: 'disabled' }, event()), false);
      assert.deepEqual(await everyEvent(store), []);
    });
  });

  describe('deleteClient', () => {
    const refusalOf = async (store: Store, id = '') => {
      const found = await store.findGrant(id);
      return found && grantRefusal(found, nowMs + 1)?.code;
    };

    rule('takes the client away, with its event', async (store, fresh) => {
      await store.createClient(client('c1'), event());
      await store.createClient(client('c2'), event());
      assert.equal(await store.deleteClient('c1', nowMs, eventAt(nowMs, { type: 'client.deleted' })), true);
      assert.equal(await store.findClient('c1'), undefined);
      assert.deepEqual(await idsOf(store, {}), ['c2']);
      assert.equal((await everyEvent(store))[0]?.type, 'client.deleted');
      assert.equal(await (await fresh.reopen()).findClient('c1'), undefined);
    });

    rule(
      'ends every grant that the client was given, one looked up before included, and no other',
      async (store, fresh) => {
        await store.createClient(client('c1'), event());
        const [mine, latest, later, others, none] = await issue(
          store,
          grantAt(startMs, { clientId: 'c1' }),
          grantAt(nowMs, { clientId: 'c1' }),
          grantAt(nowMs + 1, { clientId: 'c1' }),
          grantAt(startMs, { clientId: 'c2' }),
          grantAt(startMs),
        );
        assert.equal(await refusalOf(store, mine?.id), undefined);
        await store.deleteClient('c1', nowMs, event());
        const look = async (open: Store) => {
          for (const ended of [mine, latest]) assert.equal(await refusalOf(open, ended?.id), 'grant_revoked');
          for (const alive of [later, others, none]) assert.equal(await refusalOf(open, alive?.id), undefined);
        };
        await look(store);
        await look(await fresh.reopen());
      },
    );

    rule('of a client of every tenant ends its grants in each of them', async (store, fresh) => {
      await store.createClient(client('c1', { tenant: '*' }), event());
      const sessions = ['t1', 't2', '*'].map((tenant) =>
        grantAt(startMs, { tenant, clientId: 'c1', generation: 1, binding: 'app' }),
      );
      await issue(store, ...sessions);
      for (const { id } of sessions) assert.equal(await refusalOf(store, id), undefined);
      await store.deleteClient('c1', nowMs, event());
      for (const { id } of sessions) {
        assert.equal(await refusalOf(store, id), 'grant_revoked');
        const outcome = await store.rotate({
          grantId: id,
          presented: { generation: 1, binding: 'app', idempotencyKeyHash: undefined },
          policy: { rotates: true, retryWindowSeconds: 60, renewalLifetimeSeconds: 60 },
          nowMs: nowMs + 1,
          event: { atMs: nowMs, requestId: 'r' },
        });
        assert.equal(outcome.did === 'refused' && outcome.reason.code, 'grant_revoked');
      }
      const again = await fresh.reopen();
      for (const { id } of sessions) assert.equal(await refusalOf(again, id), 'grant_revoked');
    });

    rule('leaves nothing to a later client of the same id', async (store) => {
      await settle(store);
      await store.createClient(client('c1'), event());
      await store.createClient(client('c2'), event());
      const [old] = await issue(store, grantAt(startMs, { clientId: 'c1' }));
      await store.saveConsent(consent(), event());
      await store.saveConsent(consent({ clientId: 'c2' }), event());
      await store.deleteClient('c1', nowMs, event());
      await store.createClient(client('c1'), event());
      assert.equal(await refusalOf(store, old?.id), 'grant_revoked');
      assert.equal(await store.findConsent('t1', 'u1', 'c1'), undefined);
      assert.deepEqual(await store.findConsent('t1', 'u1', 'c2'), consent({ clientId: 'c2' }));
    });

    rule('of one that does not exist ends nothing, without an event', async (store) => {
      const [grant] = await issue(store, grantAt(startMs, { clientId: 'c1' }));
      assert.equal(await store.deleteClient('c1', nowMs, event()), false);
      assert.equal(await refusalOf(store, grant?.id), undefined);
      assert.equal((await everyEvent(store)).length, 1);
    });

    rule('is done by exactly one of 64 callers at once', async (store) => {
      await store.createClient(client('c1'), event());
      const calls = Array.from({ length: 64 }, () => store.deleteClient('c1', nowMs, event()));
      assert.equal((await Promise.all(calls)).filter((isGone) => isGone).length, 1);
      assert.equal((await everyEvent(store)).length, 2);
    });
  });
}
