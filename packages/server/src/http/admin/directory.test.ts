import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Json, type SampleServer, sampleServer } from '../../cli/server.sample.ts';
import { signSls } from '../../emulator/sign-sls.ts';

const allowTickets = {
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: ['log:CreateTicket', 'log:RefreshToken'], Resource: 'acs:log:*:*:ticket/*' }],
};

const rows = (body: Json): Json[] => body.rows as Json[];
const host = '127.0.0.1';

/** A tenant, a user who may make tickets, and an access key. */
async function populate({ call }: SampleServer, temporarySeconds?: number) {
  await call('POST', '/tenants', { id: '100', name: 'one' });
  await call('POST', '/users', { tenant: '100', id: 'alice', name: 'Alice', policy: allowTickets });
  const { body } = await call('POST', '/accesskeys', { tenant: '100', userId: 'alice', temporarySeconds });
  return body;
}

async function createTicket({ server }: SampleServer, key: Json, securityToken = key.securityToken): Promise<string> {
  const credentials = {
    accessKeyId: String(key.id),
    accessKeySecret: String(key.secret),
    securityToken: typeof securityToken === 'string' ? securityToken : undefined,
  };
  const signed = signSls(credentials, { path: '/tickets', host, atMs: server.parts.clock.nowMs() });
  const answer = await server.app.inject({ method: 'POST', url: signed.target, headers: signed.headers });
  return answer.statusCode === 200 ? 'ticket' : String(answer.json().errorCode);
}

describe('access keys', () => {
  it('work from the moment they are made, and their secrets are shown this once', async (t) => {
    const sample = await sampleServer(t);
    const key = await populate(sample);
    assert.match(String(key.id), /^HUFU[A-Z0-9]{20}$/);
    assert.match(String(key.secret), /^[0-9A-Za-z]{43}$/);
    assert.equal(key.securityToken, null);
    assert.equal(await createTicket(sample, key), 'ticket');
    const shown = [
      await sample.call('GET', '/accesskeys'),
      await sample.call('GET', `/accesskeys/${key.id}`),
      await sample.call('PATCH', `/accesskeys/${key.id}`, { status: 'enabled' }),
      await sample.call('GET', '/audit'),
    ];
    for (const { status, body } of shown) {
      assert.equal(status, 200);
      assert.ok(!JSON.stringify(body).includes(String(key.secret)));
      assert.doesNotMatch(JSON.stringify(body), /sealed|hash/i);
    }
  });

  it('are temporary with a security token and an end', async (t) => {
    const sample = await sampleServer(t);
    const key = await populate(sample, 900);
    assert.match(String(key.id), /^STS\.HUFU[A-Z0-9]{20}$/);
    assert.match(String(key.securityToken), /^[0-9A-Za-z]{43}$/);
    assert.equal(Date.parse(String(key.expiresAt)) - Date.parse(String(key.createdAt)), 900_000);
    assert.equal(await createTicket(sample, key), 'ticket');
    assert.notEqual(await createTicket(sample, key, null), 'ticket');
  });

  for (const [what, path] of [
    ['the access key', (key: Json) => `/accesskeys/${key.id}`],
    ['its user', () => '/users/100/alice'],
    ['its tenant', () => '/tenants/100'],
  ] as const) {
    it(`are refused from the next request on when ${what} is disabled, and taken again when it is enabled`, async (t) => {
      const sample = await sampleServer(t);
      const key = await populate(sample);
      assert.equal(await createTicket(sample, key), 'ticket');
      assert.equal((await sample.call('PATCH', path(key), { status: 'disabled' })).body.status, 'disabled');
      assert.equal(await createTicket(sample, key), 'Unauthorized');
      await sample.call('PATCH', path(key), { status: 'enabled' });
      assert.equal(await createTicket(sample, key), 'ticket');
    });
  }

  it('follow a new policy from the next request on', async (t) => {
    const sample = await sampleServer(t);
    const key = await populate(sample);
    assert.equal(await createTicket(sample, key), 'ticket');
    await sample.call('PATCH', '/users/100/alice', { policy: { Version: '1', Statement: [] } });
    assert.equal(await createTicket(sample, key), 'Unauthorized');
  });

  it('take an id that the operator chose, never a secret', async (t) => {
    const { call, ...sample } = await sampleServer(t);
    await populate({ call, ...sample });
    const asked = { tenant: '100', userId: 'alice', id: 'LTAI5tOld' };
    assert.equal((await call('POST', '/accesskeys', asked)).body.id, 'LTAI5tOld');
    assert.equal((await call('POST', '/accesskeys', asked)).body.error, 'already_exists');
    const refused = await call('POST', '/accesskeys', { ...asked, id: 'other', secret: 'chosen' });
    assert.equal(refused.body.error, 'invalid_request');
    assert.match(String(refused.body.message), /unknown member secret/);
  });

  it('belong to a user who is there', async (t) => {
    const { call } = await sampleServer(t);
    await call('POST', '/tenants', { id: '100', name: 'one' });
    const { status, body } = await call('POST', '/accesskeys', { tenant: '100', userId: 'nobody' });
    assert.deepEqual([status, body.error], [404, 'not_found']);
  });

  for (const [seconds, status] of [
    [0, 400],
    [1, 201],
    [30 * 86_400, 201],
    [30 * 86_400 + 1, 400],
    [1.5, 400],
  ] as const) {
    it(`answer ${status} for a life of ${seconds} s`, async (t) => {
      const { call, ...sample } = await sampleServer(t);
      await populate({ call, ...sample });
      const asked = { tenant: '100', userId: 'alice', temporarySeconds: seconds };
      assert.equal((await call('POST', '/accesskeys', asked)).status, status);
    });
  }
});

describe('tenants and users', () => {
  it('get ids in the shape of the vendor', async (t) => {
    const { call } = await sampleServer(t);
    const tenant = (await call('POST', '/tenants', { name: '客户' })).body;
    assert.match(String(tenant.id), /^1\d{15}$/);
    const user = (await call('POST', '/users', { tenant: tenant.id, name: 'Alice' })).body;
    assert.match(String(user.id), /^2\d{17}$/);
    assert.deepEqual(user.policy, { Version: '1', Statement: [] });
    assert.deepEqual((await call('GET', `/tenants/${tenant.id}`)).body, tenant);
    assert.deepEqual((await call('GET', `/users/${tenant.id}/${user.id}`)).body, user);
  });

  it('are paged without gaps or repeats', async (t) => {
    const { call } = await sampleServer(t);
    for (let n = 0; n < 5; n++) await call('POST', '/tenants', { id: `t${n}`, name: `n${n}` });
    const seen: unknown[] = [];
    let path = '/tenants?limit=2';
    for (let pages = 1; ; pages++) {
      const { body } = await call('GET', path);
      assert.deepEqual(Object.keys(body), ['rows', 'next']);
      seen.push(...rows(body).map(({ id }) => id));
      if (body.next === null) {
        assert.equal(pages, 3);
        break;
      }
      path = `/tenants?limit=2&after=${encodeURIComponent(String(body.next))}`;
    }
    assert.deepEqual(seen, ['t0', 't1', 't2', 't3', 't4']);
  });

  it('are listed by tenant', async (t) => {
    const { call } = await sampleServer(t);
    for (const tenant of ['a', 'b']) {
      await call('POST', '/tenants', { id: tenant, name: tenant });
      await call('POST', '/users', { tenant, id: `of-${tenant}`, name: tenant });
    }
    assert.deepEqual(
      rows((await call('GET', '/users?tenant=b')).body).map(({ id }) => id),
      ['of-b'],
    );
  });

  it('refuse names that could forge a line', async (t) => {
    const { call } = await sampleServer(t);
    for (const name of ['a\nb', 'a\u001b[2J', 'a\u202eb', '', 'x'.repeat(129)]) {
      assert.equal((await call('POST', '/tenants', { name })).status, 400, JSON.stringify(name));
    }
    assert.equal((await call('POST', '/tenants', { name: 'x'.repeat(128) })).status, 201);
  });

  it('refuse a policy that is not enforced, by the name of the member', async (t) => {
    const { call } = await sampleServer(t);
    await call('POST', '/tenants', { id: '100', name: 'one' });
    const statement = { Effect: 'Allow', Action: '*', Resource: '*', Condition: {} };
    const policy = { Version: '1', Statement: [statement] };
    const { status, body } = await call('POST', '/users', { tenant: '100', name: 'a', policy });
    assert.equal(status, 400);
    assert.equal(body.message, 'body.policy.Statement.0: Condition is not supported');
  });

  it('change by a change only', async (t) => {
    const { call, ...sample } = await sampleServer(t);
    await populate({ call, ...sample });
    assert.equal((await call('PATCH', '/users/100/alice', {})).status, 400);
    assert.equal((await call('PATCH', '/users/100/nobody', { status: 'disabled' })).status, 404);
    assert.equal((await call('PATCH', '/tenants/200', { status: 'disabled' })).status, 404);
    assert.equal((await call('PATCH', '/accesskeys/HUFU0', { status: 'disabled' })).status, 404);
    assert.equal((await call('PATCH', '/clients/app-0', { status: 'disabled' })).status, 404);
  });
});
