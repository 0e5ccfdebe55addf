import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { type Json, sampleServer } from '../cli/server.sample.ts';
import { createAccessKey, findAccessKey, setAccessKeyStatus } from './administer-access-keys.ts';
import { createClient, setClientStatus } from './administer-clients.ts';
import { createTenant, findTenant, setTenantStatus } from './administer-tenants.ts';
import { changeUser, createUser } from './administer-users.ts';
import { type Administration, NotFound, withFreshCredentials } from './administration.ts';
import { clientSecretPurpose } from './authenticate-client.ts';
import { securityTokenPurpose } from './authenticate-signature.ts';
import { accessKeyBinding } from './credentials.ts';
import { AlreadyExists } from './ports.ts';

const context = { requestId: 'request', nowMs: Date.UTC(2026, 10, 22), remote: '192.0.2.1' };
const policy = [{ effect: 'Allow', actions: ['log:*'], resources: ['*'] }] as const;

/** An administration on a real store, with a tenant and a user; counts how often credentials are forgotten. */
async function administration(t: TestContext) {
  const { server } = await sampleServer(t);
  const { store, sealing, random } = server.parts;
  const forgotten = { times: 0 };
  const credentials = { forget: () => void forgotten.times++ };
  const parts: Administration = { store, sealing, random, credentials, people: { forget: () => undefined } };
  await createTenant(parts, { id: '100', name: 'one' }, context);
  await createUser(parts, { tenant: '100', id: 'alice', name: 'Alice', policy }, context);
  const newest = async (): Promise<Json> =>
    JSON.parse((await store.readAudit({}, { limit: 1, after: undefined })).rows[0] ?? '');
  return { parts, store, sealing, forgotten, newest };
}

const accessKey = { tenant: '100', userId: 'alice' };
const client = { tenant: '100', id: 'app', name: 'rs', permissions: ['introspect'] } as const;

type Change = (parts: Administration) => Promise<unknown>;

const changes: readonly (readonly [type: string, what: string, subject: string | undefined, detail: string, Change])[] =
  [
    [
      'tenant.created',
      'a new tenant',
      undefined,
      'two',
      (parts) => createTenant(parts, { id: '100b', name: 'two' }, context),
    ],
    [
      'tenant.changed',
      'a tenant',
      undefined,
      'disabled',
      (parts) => setTenantStatus(parts, '100', 'disabled', context),
    ],
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
      const { parts, forgotten, newest } = await administration(t);
      const before = forgotten.times;
      await change(parts);
      assert.ok(forgotten.times > before);
      const { tenant, ...event } = await newest();
      assert.deepEqual(event, {
        at: context.nowMs,
        type,
        requestId: 'request',
        remote: '192.0.2.1',
        actor: 'admin',
        ...(subject === undefined ? {} : { subject }),
        detail,
      });
      assert.match(String(tenant), /^100b?$/);
    });
  }

  it('audits clients, whose secrets nothing caches', async (t) => {
    const { parts, newest } = await administration(t);
    await createClient(parts, client, context);
    assert.equal((await newest()).detail, 'app may introspect');
    await setClientStatus(parts, 'app', 'disabled', context);
    assert.deepEqual([(await newest()).type, (await newest()).detail], ['client.changed', 'app disabled']);
  });

  it('forgets cached credentials where a change fails, since it may have been made', async (t) => {
    const { parts, forgotten } = await administration(t);
    const before = forgotten.times;
    await assert.rejects(
      withFreshCredentials(parts, () => Promise.reject(new Error('timeout'))),
      /timeout/,
    );
    assert.equal(forgotten.times, before + 1);
  });

  it('seals the secret to its row, and keeps hashes of what is only compared', async (t) => {
    const { parts, store, sealing } = await administration(t);
    const temporary = { lifetimeSeconds: 900 };
    const created = await createAccessKey(parts, { ...accessKey, temporary }, context);
    const stored = (await store.findAccessKey(created.accessKey.id))?.accessKey;
    assert.ok(stored && created.securityToken !== undefined);
    assert.equal(sealing.open(stored.sealedSecret, accessKeyBinding(stored.id)), created.secret);
    assert.throws(() => sealing.open(stored.sealedSecret, accessKeyBinding('HUFUOTHER')));
    assert.equal(stored.securityTokenHash, sealing.keyedHash(created.securityToken, securityTokenPurpose));
    assert.equal(stored.expiresAtMs, context.nowMs + 900_000);
    const { secret } = await createClient(parts, client, context);
    assert.equal((await store.findClient('app'))?.secretHash, sealing.keyedHash(secret, clientSecretPurpose));
  });

  it('takes ids and secrets that a seed names', async (t) => {
    const { parts } = await administration(t);
    const asked = { ...accessKey, id: 'STS.X', secret: 's', temporary: { lifetimeSeconds: 1, securityToken: 't' } };
    const { accessKey: made, secret, securityToken } = await createAccessKey(parts, asked, context);
    assert.deepEqual([made.id, secret, securityToken], ['STS.X', 's', 't']);
    assert.equal((await createClient(parts, { ...client, secret: 'c' }, context)).secret, 'c');
  });

  it('never replaces what is there', async (t) => {
    const { parts, sealing } = await administration(t);
    const first = await createAccessKey(parts, { ...accessKey, id: 'HUFU1' }, context);
    await assert.rejects(createAccessKey(parts, { ...accessKey, id: 'HUFU1' }, context), AlreadyExists);
    await assert.rejects(createTenant(parts, { id: '100', name: 'again' }, context), AlreadyExists);
    assert.equal((await findTenant(parts, '100')).name, 'one');
    const { sealedSecret } = await findAccessKey(parts, 'HUFU1');
    assert.equal(sealing.open(sealedSecret, accessKeyBinding('HUFU1')), first.secret);
  });

  it('refuses what is not there by name', async (t) => {
    const { parts } = await administration(t);
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
    await assert.rejects(setClientStatus(parts, 'X', 'disabled', context), new NotFound('client', 'X'));
  });
});
