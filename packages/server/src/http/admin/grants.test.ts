import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { type Json, sampleServer } from '../../cli/server.sample.ts';
import { grantId } from '../../core/ids.ts';

const startMs = Date.UTC(2026, 10, 22);
const daySeconds = 24 * 60 * 60;

/** A server on a clock that the test moves, with `count` grants of alice, one second apart. */
async function withGrants(t: TestContext, count: number) {
  const clock = { ms: startMs, nowMs: () => clock.ms };
  const sample = await sampleServer(t, { clock });
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const issuedAtMs = startMs + n * 1000;
    const id = grantId(issuedAtMs, n.toString(16).padStart(20, '0'));
    ids.push(id);
    const grant = {
      id,
      dialect: 'sls',
      tenant: '100',
      subject: 'alice',
      accessKeyId: 'HUFU1',
      clientId: undefined,
      issuedAtMs,
      expiresAtMs: issuedAtMs + daySeconds * 1000,
      renewByMs: issuedAtMs + daySeconds * 1000,
      accessTokenLifetimeSeconds: 3600,
      binding: undefined,
      scope: undefined,
      audience: undefined,
      revokedAtMs: undefined,
      generation: 0,
      rotatedAtMs: undefined,
      successorSeen: false,
      idempotencyKeyHash: undefined,
    };
    const event = { atMs: issuedAtMs, type: 'grant.issued', requestId: `r${n}`, grantId: id } as const;
    await sample.server.parts.store.createGrant(grant, event);
  }
  clock.ms = startMs + count * 1000;
  const states = async (): Promise<unknown[]> =>
    ((await sample.call('GET', '/grants')).body.rows as Json[]).map(({ state }) => state);
  return { ...sample, clock, ids, states };
}

describe('grants', () => {
  it('show their whole state, with the uses that are not written yet', async (t) => {
    const { server, call, ids, clock } = await withGrants(t, 1);
    const [id = ''] = ids;
    server.parts.usage.mark(id, clock.ms);
    await server.parts.usage.flush();
    server.parts.usage.mark(id, clock.ms + 500);
    assert.deepEqual((await call('GET', `/grants/${id}`)).body, {
      id,
      dialect: 'sls',
      tenant: '100',
      subject: 'alice',
      accessKeyId: 'HUFU1',
      clientId: null,
      state: 'active',
      issuedAt: '2026-11-22T00:00:00.000Z',
      expiresAt: '2026-11-23T00:00:00.000Z',
      renewBy: '2026-11-23T00:00:00.000Z',
      accessTokenLifetimeSeconds: 3600,
      revokedAt: null,
      generation: 0,
      useCount: 2,
      lastUsedAt: '2026-11-22T00:00:01.500Z',
      scope: null,
      audience: null,
      rotatedAt: null,
      successorSeen: false,
    });
  });

  for (const [afterMs, state] of [
    [-1, 'active'],
    [0, 'expired'],
    [1, 'expired'],
  ] as const) {
    it(`are ${state} ${afterMs} ms after their end`, async (t) => {
      const { states, clock } = await withGrants(t, 1);
      clock.ms = startMs + daySeconds * 1000 + afterMs;
      assert.deepEqual(await states(), [state]);
    });
  }

  it('are revoked once, and then already', async (t) => {
    const { call, ids, states } = await withGrants(t, 2);
    const revoke = async (): Promise<Json> => (await call('POST', `/grants/${ids[0]}/revoke`)).body;
    assert.deepEqual(await revoke(), { id: ids[0], result: 'revoked' });
    assert.deepEqual(await revoke(), { id: ids[0], result: 'already' });
    assert.deepEqual(await states(), ['revoked', 'active']);
  });

  it('that are not there are not found', async (t) => {
    const { call } = await withGrants(t, 0);
    const unknown = grantId(startMs, '0'.repeat(20));
    assert.equal((await call('GET', `/grants/${unknown}`)).status, 404);
    assert.equal((await call('POST', `/grants/${unknown}/revoke`)).status, 404);
    assert.equal((await call('GET', '/grants/no-grant-id')).status, 400);
  });

  for (const body of [
    { level: 'tenant', tenant: '100' },
    { level: 'subject', tenant: '100', key: 'alice' },
    { level: 'access_key', tenant: '100', key: 'HUFU1' },
  ]) {
    it(`end together by ${body.level}, and leave an audit event`, async (t) => {
      const { call, states, clock } = await withGrants(t, 3);
      const answer = await call('POST', '/grants/revoke', body);
      assert.deepEqual(answer.body, { key: '', ...body, notBefore: new Date(clock.ms).toISOString() });
      assert.deepEqual(await states(), ['revoked', 'revoked', 'revoked']);
      const audit = (await call('GET', '/audit?type=grants.revoked')).body.rows as Json[];
      assert.deepEqual(
        audit.map(({ tenant, actor, detail }) => [tenant, actor, detail]),
        [['100', 'admin', `${body.level} ${body.key ?? ''}`.trim()]],
      );
    });
  }

  it('of others stay', async (t) => {
    const { call, states } = await withGrants(t, 1);
    await call('POST', '/grants/revoke', { level: 'subject', tenant: '100', key: 'bob' });
    await call('POST', '/grants/revoke', { level: 'tenant', tenant: '200' });
    assert.deepEqual(await states(), ['active']);
  });

  it('are not revoked by a target that is not clear', async (t) => {
    const { call, states } = await withGrants(t, 1);
    for (const body of [
      { level: 'subject', tenant: '100' },
      { level: 'tenant', tenant: '100', key: 'alice' },
      { level: 'everybody', tenant: '100' },
      { level: 'subject', key: 'alice' },
      {},
    ]) {
      assert.equal((await call('POST', '/grants/revoke', body)).status, 400, JSON.stringify(body));
    }
    assert.deepEqual(await states(), ['active']);
  });

  it('are listed by filter, page by page', async (t) => {
    const { call, ids } = await withGrants(t, 3);
    const first = (await call('GET', '/grants?subject=alice&tenant=100&limit=2')).body;
    assert.deepEqual(
      (first.rows as Json[]).map(({ id }) => id),
      ids.slice(0, 2),
    );
    const rest = (await call('GET', `/grants?subject=alice&tenant=100&limit=2&after=${first.next}`)).body;
    assert.deepEqual(
      (rest.rows as Json[]).map(({ id }) => id),
      ids.slice(2),
    );
    assert.equal(rest.next, null);
    assert.deepEqual((await call('GET', '/grants?accessKeyId=HUFU2')).body.rows, []);
  });
});

describe('the audit log', () => {
  it('is read by grant, by request and by time', async (t) => {
    const { call, ids } = await withGrants(t, 3);
    const requests = async (query: string): Promise<unknown[]> =>
      ((await call('GET', `/audit?${query}`)).body.rows as Json[]).map(({ requestId }) => requestId);
    assert.deepEqual(await requests('type=grant.issued'), ['r2', 'r1', 'r0']);
    assert.deepEqual(await requests(`grantId=${ids[1]}`), ['r1']);
    assert.deepEqual(await requests('requestId=r2'), ['r2']);
    assert.deepEqual(await requests('type=grant.issued&from=2026-11-22T08:00:01%2B08:00'), ['r2', 'r1']);
    assert.equal((await call('GET', '/audit?from=yesterday')).status, 400);
  });

  it('holds, and shows a head that is not in it', async (t) => {
    const { call } = await withGrants(t, 2);
    const { body } = await call('POST', '/audit/verify');
    assert.deepEqual(Object.keys(body), ['ok', 'blocks', 'events', 'chains', 'broken']);
    assert.equal(body.ok, true);
    const [chain] = body.chains as { head: { chain: string; number: number; hash: string } }[];
    assert.ok(chain);
    assert.equal((await call('POST', '/audit/verify', { heads: [chain.head] })).body.ok, true);
    const cut = { ...chain.head, number: chain.head.number + 1 };
    const refused = (await call('POST', '/audit/verify', { heads: [cut] })).body;
    assert.equal(refused.ok, false);
    assert.deepEqual(refused.broken, [{ chain: cut.chain, number: cut.number, problem: 'head_mismatch' }]);
  });
});

describe('signing keys', () => {
  it('rotate, and show no private half', async (t) => {
    const { call } = await withGrants(t, 0);
    const before = (await call('GET', '/keys')).body.rows as Json[];
    const { status, body } = await call('POST', '/keys/rotate', { use: 'sls' });
    assert.equal(status, 200);
    const after = body.rows as Json[];
    assert.equal(after.length, before.length + 1);
    const names = ['id', 'use', 'algorithm', 'state', 'createdAt', 'activeFrom', 'retiresAt', 'dropsAt'];
    for (const key of after) assert.deepEqual(Object.keys(key), names);
    assert.equal(after.filter(({ use, state }) => use === 'sls' && state === 'signing').length, 1);
    const [event] = (await call('GET', '/audit?type=keys.rotated')).body.rows as Json[];
    assert.equal(event?.actor, 'admin');
  });

  it('are published ahead of their first token, unless it must be at once', async (t) => {
    const states = async (immediately: boolean): Promise<unknown> => {
      const { call } = await withGrants(t, 0);
      const rows = (await call('POST', '/keys/rotate', { use: 'oauth', immediately })).body.rows as Json[];
      return rows.filter(({ use }) => use === 'oauth').map(({ state }) => state);
    };
    assert.deepEqual(await states(false), ['published', 'signing']);
    assert.deepEqual(await states(true), ['signing', 'retiring']);
  });

  it('of an unknown use are not found', async (t) => {
    const { call } = await withGrants(t, 0);
    assert.equal((await call('POST', '/keys/rotate', { use: 'nobody' })).status, 404);
    assert.equal((await call('POST', '/keys/rotate', {})).status, 400);
  });
});
