import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { context, policy, sampleAdministration } from '../cli/administration.sample.ts';
import { createAccessKey, findAccessKey, setAccessKeyStatus } from './administer-access-keys.ts';
import { changeClient, createClient, deleteClient, renewKey, renewSecret } from './administer-clients.ts';
import { withdrawConsent } from './administer-consents.ts';
import { changeResource, createResource, deleteResource } from './administer-resources.ts';
import { createTenant, findTenant, setTenantStatus } from './administer-tenants.ts';
import { changeUser, createUser, deleteUser } from './administer-users.ts';
import { type Administration, NotFound, withFreshCredentials } from './administration.ts';
import { securityTokenPurpose } from './authenticate-signature.ts';
import { accessKeyBinding } from './credentials.ts';
import { AlreadyExists } from './ports.ts';

const accessKey = { tenant: '100', userId: 'alice' };
const client = { tenant: '100', id: 'app', name: 'rs', permissions: ['introspect'] } as const;
const resource = { tenant: '100', id: 'https://api.example.com/v1', name: 'API' } as const;
const jwtApp = { tenant: '100', id: 'jwt', name: 'jwt', dialect: 'pds', type: 'JWT' } as const;

type Change = (parts: Administration) => Promise<unknown>;

const changes: readonly (readonly [
  type: string,
  what: string,
  subject: string | undefined,
  detail: string | undefined,
  Change,
])[] = [
  [
    'tenant.created',
    'a new tenant',
    undefined,
    'two',
    (parts) => createTenant(parts, { id: '100b', name: 'two' }, context),
  ],
  ['tenant.changed', 'a tenant', undefined, 'disabled', (parts) => setTenantStatus(parts, '100', 'disabled', context)],
  [
    'user.created',
    'a new user',
    'bob',
    'policy {"Version":"1","Statement":[]}',
    (parts) => createUser(parts, { tenant: '100', id: 'bob', name: 'Bob', policy: [] }, context),
  ],
  [
    'user.changed',
    "a user's status",
    'alice',
    'disabled',
    (parts) => changeUser(parts, '100', 'alice', { status: 'disabled' }, context),
  ],
  [
    'user.changed',
    "a user's policy",
    'alice',
    'policy {"Version":"1","Statement":[{"Effect":"Allow","Action":"log:*","Resource":"*"}]}',
    (parts) => changeUser(parts, '100', 'alice', { policy }, context),
  ],
  [
    'user.changed',
    "a user's password, without it",
    'alice',
    'role admin, password, profile',
    (parts) =>
      changeUser(
        parts,
        '100',
        'alice',
        { password: 'tiger tally', role: 'admin', profile: { nickName: 'A' } },
        context,
      ),
  ],
  ['user.deleted', 'the end of a user', 'alice', undefined, (parts) => deleteUser(parts, '100', 'alice', context)],
  [
    'client.created',
    'a new client',
    undefined,
    'app oauth resource_server, may introspect beside its own tokens',
    (parts) => createClient(parts, client, context),
  ],
  [
    'client.changed',
    "a client's status",
    undefined,
    'app status: disabled',
    async (parts) => {
      await createClient(parts, client, context);
      await changeClient(parts, 'app', { status: 'disabled' }, context);
    },
  ],
  [
    'client.changed',
    "a client's new secret, without it",
    undefined,
    'app secret',
    async (parts) => {
      await createClient(parts, client, context);
      await renewSecret(parts, 'app', context);
    },
  ],
  [
    'client.changed',
    "a client's new key, without it",
    undefined,
    'jwt key',
    async (parts) => {
      await createClient(parts, jwtApp, context);
      await renewKey(parts, 'jwt', context);
    },
  ],
  [
    'client.deleted',
    'the end of a client',
    undefined,
    'app',
    async (parts) => {
      await createClient(parts, client, context);
      await deleteClient(parts, 'app', context);
    },
  ],
  ['resource.created', 'a new resource', undefined, resource.id, (parts) => createResource(parts, resource, context)],
  [
    'resource.changed',
    'a resource',
    undefined,
    `${resource.id} status, scopes`,
    async (parts) => {
      await createResource(parts, resource, context);
      await changeResource(parts, '100', resource.id, { status: 'disabled', scopes: ['read'] }, context);
    },
  ],
  [
    'resource.deleted',
    'the end of a resource',
    undefined,
    resource.id,
    async (parts) => {
      await createResource(parts, resource, context);
      await deleteResource(parts, '100', resource.id, context);
    },
  ],
  [
    'access_key.created',
    'a new access key',
    'alice',
    'HUFU1',
    (parts) => createAccessKey(parts, { ...accessKey, id: 'HUFU1' }, context),
  ],
  [
    'access_key.changed',
    'an access key',
    'alice',
    'HUFU0 disabled',
    async (parts) => {
      await createAccessKey(parts, { ...accessKey, id: 'HUFU0' }, context);
      await setAccessKeyStatus(parts, 'HUFU0', 'disabled', context);
    },
  ],
];

describe('administration', () => {
  for (const [type, what, subject, detail, change] of changes) {
    it(`audits ${what} in the same commit, and forgets cached credentials`, async (t) => {
      const { parts, forgotten, newest } = await sampleAdministration(t);
      const before = { ...forgotten };
      await change(parts);
      for (const cache of ['credentials', 'people', 'resources'] as const) {
        assert.ok(forgotten[cache] > before[cache], cache);
      }
      const { tenant, ...event } = await newest();
      assert.deepEqual(event, {
        at: context.nowMs,
        type,
        requestId: 'request',
        remote: '192.0.2.1',
        actor: 'admin',
        ...(subject === undefined ? {} : { subject }),
        ...(detail === undefined ? {} : { detail }),
      });
      assert.match(String(tenant), /^100b?$/);
    });
  }

  it('audits a consent that is withdrawn, in the same commit', async (t) => {
    const { parts, store, newest } = await sampleAdministration(t);
    await createClient(parts, client, context);
    const consent = { tenant: '100', subject: 'alice', clientId: 'app' };
    const event = { atMs: 0, type: 'consent.granted', requestId: 'r' } as const;
    await store.saveConsent({ ...consent, scope: 'read', grantedAtMs: 0 }, event);
    await withdrawConsent(parts, consent, context);
    const { type, subject, detail, actor } = await newest();
    assert.deepEqual([type, subject, detail, actor], ['consent.withdrawn', 'alice', 'app', 'admin']);
    await assert.rejects(withdrawConsent(parts, consent, context), NotFound);
  });

  it('forgets cached credentials where a change fails, since it may have been made', async (t) => {
    const { parts, forgotten } = await sampleAdministration(t);
    const before = forgotten.credentials;
    await assert.rejects(
      withFreshCredentials(parts, () => Promise.reject(new Error('timeout'))),
      /timeout/,
    );
    assert.equal(forgotten.credentials, before + 1);
  });

  it('seals the secret to its row, and keeps hashes of what is only compared', async (t) => {
    const { parts, store, sealing } = await sampleAdministration(t);
    const temporary = { lifetimeSeconds: 900 };
    const created = await createAccessKey(parts, { ...accessKey, temporary }, context);
    const stored = (await store.findAccessKey(created.accessKey.id))?.accessKey;
    assert.ok(stored && created.securityToken !== undefined);
    assert.equal(sealing.open(stored.sealedSecret, accessKeyBinding(stored.id)), created.secret);
    assert.throws(() => sealing.open(stored.sealedSecret, accessKeyBinding('HUFUOTHER')));
    assert.equal(stored.securityTokenHash, sealing.keyedHash(created.securityToken, securityTokenPurpose));
    assert.equal(stored.expiresAtMs, context.nowMs + 900_000);
  });

  it('takes ids and secrets that a seed names', async (t) => {
    const { parts } = await sampleAdministration(t);
    const asked = { ...accessKey, id: 'STS.X', secret: 's', temporary: { lifetimeSeconds: 1, securityToken: 't' } };
    const { accessKey: made, secret, securityToken } = await createAccessKey(parts, asked, context);
    assert.deepEqual([made.id, secret, securityToken], ['STS.X', 's', 't']);
    assert.equal((await createClient(parts, { ...client, secret: 'c' }, context)).secret, 'c');
  });

  it('never replaces what is there', async (t) => {
    const { parts, sealing } = await sampleAdministration(t);
    const first = await createAccessKey(parts, { ...accessKey, id: 'HUFU1' }, context);
    await assert.rejects(createAccessKey(parts, { ...accessKey, id: 'HUFU1' }, context), AlreadyExists);
    await assert.rejects(createTenant(parts, { id: '100', name: 'again' }, context), AlreadyExists);
    assert.equal((await findTenant(parts, '100')).name, 'one');
    const { sealedSecret } = await findAccessKey(parts, 'HUFU1');
    assert.equal(sealing.open(sealedSecret, accessKeyBinding('HUFU1')), first.secret);
  });

  it('refuses what is not there by name', async (t) => {
    const { parts } = await sampleAdministration(t);
    const missing = new NotFound('user', 'bob in tenant 100');
    await assert.rejects(createAccessKey(parts, { tenant: '100', userId: 'bob' }, context), missing);
    await assert.rejects(changeUser(parts, '100', 'bob', { status: 'disabled' }, context), missing);
    await assert.rejects(
      createUser(parts, { tenant: '200', name: 'a', policy }, context),
      new NotFound('tenant', '200'),
    );
    await assert.rejects(createClient(parts, { ...client, tenant: '200' }, context), new NotFound('tenant', '200'));
    await assert.rejects(setTenantStatus(parts, '200', 'disabled', context), new NotFound('tenant', '200'));
    await assert.rejects(setAccessKeyStatus(parts, 'X', 'disabled', context), new NotFound('access key', 'X'));
    await assert.rejects(changeClient(parts, 'X', { status: 'disabled' }, context), new NotFound('client', 'X'));
    await assert.rejects(deleteClient(parts, 'X', context), new NotFound('client', 'X'));
    await assert.rejects(deleteUser(parts, '100', 'bob', context), missing);
    const noResource = new NotFound('resource', `${resource.id} in tenant 100`);
    await assert.rejects(changeResource(parts, '100', resource.id, { name: 'a' }, context), noResource);
    await assert.rejects(deleteResource(parts, '100', resource.id, context), noResource);
  });
});
