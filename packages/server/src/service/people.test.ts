import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from '../core/client.ts';
import { noProfile, type User } from '../core/directory.ts';
import { createPeople } from './people.ts';

const user = (id: string, status: User['status'] = 'enabled'): User => ({
  tenant: 't',
  id,
  name: id,
  status,
  policy: [],
  createdAtMs: 0,
  loginName: undefined,
  passwordHash: undefined,
  role: 'user',
  profile: noProfile,
  firstLoginAtMs: undefined,
});

const client = (id: string, status: Client['status'] = 'enabled'): Client => ({
  id,
  tenant: 't',
  name: id,
  status,
  createdAtMs: 0,
  dialect: 'oauth',
  type: 'service',
  authentication: 'client_secret',
  secretHash: undefined,
  keys: [],
  grantTypes: [],
  redirectUris: [],
  requiresPkce: false,
  scopes: [],
  isThirdParty: false,
  rotation: { rotates: true, retryWindowSeconds: undefined },
  permissions: [],
  resources: [],
});

/** A directory in memory that counts who is looked up. */
function directory() {
  const users = new Map<string, User>();
  const clients = new Map<string, Client>();
  const looked: string[] = [];
  const people = createPeople(
    {
      findTenant: async (id) => {
        looked.push(`tenant ${id}`);
        return id === 't' ? { id, name: id, status: 'enabled', createdAtMs: 0 } : undefined;
      },
      findUser: async (_tenant, id) => {
        looked.push(`user ${id}`);
        return users.get(id);
      },
      findClient: async (id) => {
        looked.push(`client ${id}`);
        return clients.get(id);
      },
      memberships: async () => [],
    },
    10,
  );
  return { users, clients, people, looked };
}

test('a client that acts for itself may act, and is looked up once', async () => {
  const { clients, people, looked } = directory();
  clients.set('app', client('app'));
  const holder = { tenant: 't', subject: 'app', clientId: 'app' };
  assert.equal(await people.mayAct(holder), true);
  assert.equal((await people.standing(holder)).user, undefined);
  assert.deepEqual(looked, ['tenant t', 'client app', 'user app']);
});

test('a user who takes the place of such a client counts from the moment at which everything is forgotten', async () => {
  const { users, clients, people } = directory();
  clients.set('app', client('app'));
  const holder = { tenant: 't', subject: 'app', clientId: 'app' };
  assert.equal(await people.mayAct(holder), true);
  users.set('app', user('app', 'disabled'));
  people.forget();
  assert.equal(await people.mayAct(holder), false);
});

test('who is not there is looked up each time, so that made-up ids push nobody out', async () => {
  const { people, looked } = directory();
  for (let time = 0; time < 2; time++) {
    assert.equal(await people.mayAct({ tenant: 't', subject: 'nobody', clientId: undefined }), false);
    assert.equal(await people.findUser('t', 'nobody'), undefined);
    // A client that there is not acts for nobody, itself included.
    assert.equal(await people.mayAct({ tenant: 't', subject: 'gone', clientId: 'gone' }), false);
  }
  assert.deepEqual(
    ['user nobody', 'client gone', 'user gone'].map((name) => looked.filter((one) => one === name).length),
    [4, 2, 2],
  );
});

test('who is disabled may not act: the user, the client, the tenant that there is not', async () => {
  const { users, clients, people } = directory();
  users.set('u', user('u')).set('off', user('off', 'disabled'));
  clients.set('app', client('app')).set('app-off', client('app-off', 'disabled'));
  for (const [holder, mayAct] of [
    [{ tenant: 't', subject: 'u', clientId: undefined }, true],
    [{ tenant: 't', subject: 'u', clientId: 'app' }, true],
    [{ tenant: 't', subject: 'off', clientId: 'app' }, false],
    [{ tenant: 't', subject: 'u', clientId: 'app-off' }, false],
    [{ tenant: 't', subject: 'app-off', clientId: 'app-off' }, false],
    [{ tenant: 'other', subject: 'u', clientId: 'app' }, false],
  ] as const) {
    assert.equal(await people.mayAct(holder), mayAct, JSON.stringify(holder));
  }
});

test('a directory that cannot answer is an error, and nothing of it is kept', async () => {
  let isAway = true;
  const people = createPeople(
    {
      findTenant: async (id) => {
        if (isAway) throw new Error('away');
        return { id, name: id, status: 'enabled', createdAtMs: 0 };
      },
      findUser: async (_tenant, id) => user(id),
      findClient: async () => undefined,
      memberships: async () => [],
    },
    10,
  );
  const holder = { tenant: 't', subject: 'u', clientId: undefined };
  await assert.rejects(people.standing(holder), /away/);
  isAway = false;
  assert.equal(await people.mayAct(holder), true);
});
