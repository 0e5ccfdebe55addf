/** Refusals that come from the server's own state: limits, load, faults, people who were disabled, keys that were rotated. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { claimsOf, errorOf, openSls, type SlsBench } from '../harness/sls.ts';

const admin = async (sls: SlsBench, method: string, path: string, body?: object): Promise<Record<string, unknown>> => {
  const answer = await fetch(`${sls.url}/admin/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${sls.emulator.description.admin.token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  assert.ok(answer.ok, `${method} ${path}: ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
};

const holder = async (sls: SlsBench): Promise<{ tenant: string; subject: string }> => {
  await sls.createTicket();
  const { rows } = (await admin(sls, 'GET', '/grants')) as { rows: Array<{ tenant: string; subject: string }> };
  assert.ok(rows[0]);
  return rows[0];
};

describe('who was disabled is refused from the next request on', () => {
  it('a user: 401 Unauthorized, in words that name nobody', async () => {
    await using sls = await openSls();
    const { tenant, subject } = await holder(sls);
    await admin(sls, 'PATCH', `/users/${tenant}/${subject}`, { status: 'disabled' });
    const answer = await sls.call('/tickets');
    assert.equal(answer.status, 401);
    assert.deepEqual(errorOf(answer), {
      errorCode: 'Unauthorized',
      errorMessage: 'The AccessKeyId is unauthorized.',
    });
    await admin(sls, 'PATCH', `/users/${tenant}/${subject}`, { status: 'enabled' });
    assert.equal((await sls.call('/tickets')).status, 200);
  });

  it('an account: 401 Unauthorized, as for an overdue one', async () => {
    await using sls = await openSls();
    const { tenant } = await holder(sls);
    await admin(sls, 'PATCH', `/tenants/${tenant}`, { status: 'disabled' });
    assert.deepEqual(errorOf(await sls.call('/tickets')), {
      errorCode: 'Unauthorized',
      errorMessage: 'Your SLS service has been forbidden.',
    });
  });

  it('what they handed out sleeps with them: refused to everybody, inactive at introspection', async () => {
    await using sls = await openSls();
    const ticket = await sls.createTicket();
    const { tenant, subject } = await holder(sls);
    const { clientId, clientSecret } = sls.emulator.description.oauth.resourceServer;
    const isActive = async (): Promise<unknown> => {
      const body = new URLSearchParams({ token: ticket, client_id: clientId, client_secret: clientSecret });
      const answer = await fetch(`${sls.url}/oauth2/introspect`, { method: 'POST', body });
      return ((await answer.json()) as { active: unknown }).active;
    };
    assert.equal(await isActive(), true);
    const other = await admin(sls, 'POST', '/users', {
      tenant,
      name: 'other',
      policy: { Version: '1', Statement: [{ Effect: 'Allow', Action: 'log:*', Resource: '*' }] },
    });
    const key = await admin(sls, 'POST', '/accesskeys', { tenant, userId: other.id });
    const as = { accessKeyId: String(key.id), accessKeySecret: String(key.secret) };
    assert.equal((await sls.call('/token/refresh', { ticket }, { as })).status, 200);
    await admin(sls, 'PATCH', `/users/${tenant}/${subject}`, { status: 'disabled' });
    assert.equal(await isActive(), false);
    assert.match((await sls.call('/token/refresh', { ticket }, { as })).body, /The ticket you provided is invalid/);
    await admin(sls, 'PATCH', `/users/${tenant}/${subject}`, { status: 'enabled' });
    assert.equal(await isActive(), true);
  });

  it('says so only to who holds the secret', async () => {
    await using sls = await openSls();
    await admin(sls, 'PATCH', `/accesskeys/${sls.keys.accessKeyId}`, { status: 'disabled' });
    const answer = await sls.call('/tickets', {}, { as: { ...sls.keys, accessKeySecret: 'guess' } });
    assert.equal(errorOf(answer).errorCode, 'SignatureNotMatch');
  });
});

describe('a limit', () => {
  it('of requests a second refuses the one above it, and the next second starts anew', async () => {
    await using sls = await openSls({ config: { 'limits.requestsPerSecondPerAccessKey': '3' } });
    for (let request = 1; request <= 3; request++) assert.equal((await sls.call('/tickets')).status, 200);
    const above = await sls.call('/tickets');
    assert.equal(above.status, 403);
    assert.deepEqual(errorOf(above), {
      errorCode: 'MetaOperationQpsLimitExceeded',
      errorMessage: 'Qps limit for the meta operation is exceeded.',
    });
    sls.emulator.clock.advance(1);
    assert.equal((await sls.call('/tickets')).status, 200);
  });

  it('of waiting writes answers 503 ServerBusy and creates nothing', async () => {
    await using sls = await openSls({ config: { 'data.maxPendingWrites': '32' } });
    // Somebody else holds the database until the first caller was sent away.
    using held = new DatabaseSync(join(sls.emulator.description.dataDir, 'hufu.db'));
    held.exec('BEGIN IMMEDIATE');
    const calls = Array.from({ length: 256 }, () => sls.call('/tickets'));
    await Promise.any(calls.map(async (call) => assert.equal((await call).status, 503)));
    held.exec('ROLLBACK');
    const answers = await Promise.all(calls);
    const made = answers.filter((answer) => answer.status === 200).length;
    const busy = answers.filter((answer) => answer.status === 503);
    assert.ok(made > 0 && busy.length > 0, `${made} made, ${busy.length} busy`);
    assert.equal(made + busy.length, 256);
    for (const answer of busy) assert.equal(errorOf(answer).errorCode, 'ServerBusy');
    const { rows } = (await admin(sls, 'GET', '/grants?limit=1000')) as { rows: unknown[] };
    assert.equal(rows.length, made);
  });

  it('of time answers 500 RequestTimeout in place of a handler that hangs', async () => {
    await using sls = await openSls({ config: { 'server.requestTimeoutMs': '100' } });
    // Somebody else holds the database, so the ticket cannot be written.
    using held = new DatabaseSync(join(sls.emulator.description.dataDir, 'hufu.db'));
    held.exec('BEGIN IMMEDIATE');
    const answer = await sls.call('/tickets');
    held.exec('ROLLBACK');
    assert.equal(answer.status, 500);
    assert.equal(errorOf(answer).errorCode, 'RequestTimeout');
  });
});

describe('a rotation of the signing key', () => {
  it('stops nothing: old tickets go on, new ones carry the new key', async () => {
    await using sls = await openSls();
    const old = await sls.createTicket();
    await admin(sls, 'POST', '/keys/rotate', { use: 'sls' });
    const { rows } = (await admin(sls, 'GET', '/keys')) as { rows: Array<{ use: string; state: string }> };
    const states = rows.filter((key) => key.use === 'sls').map((key) => key.state);
    assert.deepEqual(states.sort(), ['retiring', 'signing']);
    for (const ticket of [old, await sls.createTicket()]) {
      assert.equal((await sls.call('/token/refresh', { ticket })).status, 200);
    }
  });

  it('drops the old key when the last ticket that it signed is over', async () => {
    await using sls = await openSls();
    const longest = await sls.createTicket({ expirationTime: '2592000' });
    await admin(sls, 'POST', '/keys/rotate', { use: 'sls' });
    sls.emulator.clock.set(Number(claimsOf(longest).exp) * 1000 - 1000);
    assert.equal((await sls.call('/token/refresh', { ticket: longest })).status, 200);
  });
});

describe('operation', () => {
  it('tells orchestrators that it lives and is ready, and Prometheus what it did', async () => {
    await using sls = await openSls();
    await sls.createTicket();
    await sls.call('/tickets', {}, { as: sls.denied });
    assert.equal((await fetch(`${sls.url}/healthz`)).status, 200);
    assert.equal((await fetch(`${sls.url}/readyz`)).status, 200);
    const metrics = await (await fetch(`${sls.url}/metrics`)).text();
    assert.match(metrics, /^hufu_requests_total\{dialect="sls",operation="CreateTicket",outcome="ok"\} 1$/m);
    assert.match(
      metrics,
      /^hufu_requests_total\{dialect="sls",operation="CreateTicket",outcome="permission_denied"\} 1$/m,
    );
    assert.match(metrics, /^hufu_store_pending \d+$/m);
  });

  it('keeps every issue, renewal and refusal in the audit log, under the request id of the answer', async () => {
    await using sls = await openSls();
    const created = await sls.call('/tickets');
    const ticket = (JSON.parse(created.body) as { ticket: string }).ticket;
    const renewed = await sls.call('/token/refresh', { ticket });
    const refused = await sls.call('/tickets', {}, { as: sls.denied });
    const malformed = await sls.call('/tickets', { project: 'p' });
    for (const [answer, type, reason] of [
      [created, 'grant.issued', undefined],
      [renewed, 'grant.renewed', undefined],
      [refused, 'grant.refused', 'permission_denied'],
      [malformed, 'request.refused', 'request_malformed'],
    ] as const) {
      const id = String(answer.headers['x-log-requestid']);
      const { rows } = (await admin(sls, 'GET', `/audit?requestId=${id}`)) as { rows: Array<Record<string, unknown>> };
      assert.equal(rows.length, 1, type);
      assert.equal(rows[0]?.type, type);
      assert.equal(rows[0]?.reason ?? undefined, reason);
    }
  });
});
