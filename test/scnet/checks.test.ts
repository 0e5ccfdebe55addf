/** A token check that a job gateway can use: at the service, by introspection and as a library, which never disagree. */

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readLoginData, requests } from '@hufu/wire/scnet';
import { composeServer, type Server } from '../../packages/server/src/compose.ts';
import { loadConfig } from '../../packages/server/src/config/load.ts';
import { saveAccount, withdrawAccount } from '../../packages/server/src/service/administer-accounts.ts';
import { changeClient, createClient } from '../../packages/server/src/service/administer-clients.ts';
import { changeRegion, createRegion } from '../../packages/server/src/service/administer-regions.ts';
import { createTenant, setTenantStatus } from '../../packages/server/src/service/administer-tenants.ts';
import { changeUser, createUser, deleteUser } from '../../packages/server/src/service/administer-users.ts';
import { revokeAll, revokeGrant } from '../../packages/server/src/service/revoke.ts';
import { exchange } from '../harness/exchange.ts';
import { basic, jsonOf, postForm } from '../harness/oauth.ts';
import { claimsOf, dataOf } from '../harness/scnet.ts';

const tenant = 'acme';
const orgId = '6048ce7ba15c2af2e8cec12991ec13cf';
const account = { tenant, userId: 'alice', regionId: '7' };

let server: Server;
let url: string;
let folder: string;
let gateway: { readonly authorization: string };
let nowMs = Date.parse('2026-01-01T00:00:00Z');
const context = () => ({ requestId: 'test', nowMs, remote: '' });

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hufu-test-'));
  const flags = { 'data.dir': folder, 'server.port': '0', 'log.level': 'silent', 'login.passwordMemoryKibibytes': '8' };
  server = await composeServer(loadConfig({ env: {}, flags }), {
    clock: { nowMs: () => nowMs },
    masterKey: '07'.repeat(32),
  });
  const { parts } = server;
  await createTenant(parts, { id: tenant, name: 'Acme' }, context());
  await createClient(parts, { tenant, dialect: 'scnet', type: 'organisation', name: 'Acme', id: orgId }, context());
  await createRegion(parts, { id: '7', name: 'seven' }, context());
  const { client, secret = '' } = await createClient(
    parts,
    { tenant, name: 'Gateway', permissions: ['introspect', 'revoke'] },
    context(),
  );
  gateway = basic(client.id, secret);
  url = await server.listen();
});

after(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function makeAlice(): Promise<void> {
  const { parts } = server;
  const user = { tenant, id: 'alice', name: 'Alice', policy: [], loginName: 'alice', password: 'correct horse' };
  await createUser(parts, user, context());
  await saveAccount(parts, account, { account: 'act1', homePath: '/public/home/act1' }, context());
}

async function tokens(): Promise<{ readonly region: string; readonly platform: string }> {
  const { method, path, headers } = requests.passwordLogin({ user: 'alice', password: 'correct horse', orgId });
  const answer = await exchange(url, { method, target: path, headers: { ...headers }, body: undefined });
  const rows = readLoginData(dataOf(answer)) ?? [];
  const of = (id: string): string => rows.find(({ clusterId }) => clusterId === id)?.token ?? '';
  return { region: of('7'), platform: of('0') };
}

/** What each of the three says. */
async function verdicts(token: string): Promise<boolean[]> {
  const { method, path, headers } = requests.state(token);
  const state = await exchange(url, { method, target: path, headers: { ...headers }, body: undefined });
  const introspected = jsonOf(await postForm(`${url}/oauth2/introspect`, { token }, gateway));
  const check = await server.checkToken(token, 'scnet_token');
  return [
    state.body === '{"code":"0","msg":"success","data":"token is valid"}',
    introspected.active === true,
    check.active,
  ];
}

const good = [true, true, true];
const bad = [false, false, false];

describe('state, introspection and library', () => {
  before(makeAlice);

  const ends: ReadonlyArray<readonly [what: string, end: () => Promise<unknown>, mend: () => Promise<unknown>]> = [
    [
      'the user is disabled',
      () => changeUser(server.parts, tenant, 'alice', { status: 'disabled' }, context()),
      () => changeUser(server.parts, tenant, 'alice', { status: 'enabled' }, context()),
    ],
    [
      'the tenant is disabled',
      () => setTenantStatus(server.parts, tenant, 'disabled', context()),
      () => setTenantStatus(server.parts, tenant, 'enabled', context()),
    ],
    [
      'the organisation is disabled',
      () => changeClient(server.parts, orgId, { status: 'disabled' }, context()),
      () => changeClient(server.parts, orgId, { status: 'enabled' }, context()),
    ],
  ];
  for (const [what, end, mend] of ends) {
    it(`say no to every token while ${what}, and yes again afterwards`, async () => {
      const { region, platform } = await tokens();
      for (const token of [region, platform]) assert.deepEqual(await verdicts(token), good);
      await end();
      for (const token of [region, platform]) assert.deepEqual(await verdicts(token), bad);
      await mend();
      for (const token of [region, platform]) assert.deepEqual(await verdicts(token), good);
    });
  }

  const regional: typeof ends = [
    [
      'the account is disabled',
      () => saveAccount(server.parts, account, { status: 'Disable' }, context()),
      () => saveAccount(server.parts, account, { status: 'Normal' }, context()),
    ],
    [
      'the account is withdrawn',
      () => withdrawAccount(server.parts, account, context()),
      () => saveAccount(server.parts, account, { account: 'act1', homePath: '/public/home/act1' }, context()),
    ],
    [
      'the region is disabled',
      () => changeRegion(server.parts, '7', { status: 'disabled' }, context()),
      () => changeRegion(server.parts, '7', { status: 'enabled' }, context()),
    ],
  ];
  for (const [what, end, mend] of regional) {
    it(`say no to the region’s token while ${what}, and do not mind the platform’s`, async () => {
      const { region, platform } = await tokens();
      await end();
      assert.deepEqual(await verdicts(region), bad);
      assert.deepEqual(await verdicts(platform), good);
      await mend();
      assert.deepEqual(await verdicts(region), good);
    });
  }

  it('say yes to an account that owes or is on trial', async () => {
    const { region } = await tokens();
    for (const status of ['Owe', 'Trial', 'Normal'] as const) {
      await saveAccount(server.parts, account, { status }, context());
      assert.deepEqual(await verdicts(region), good);
      const check = await server.checkToken(region, 'scnet_token');
      assert.equal(check.active && check.region?.status, status);
    }
  });

  it('say no from a revocation on: one grant, or all of a user, an organisation, a tenant', async () => {
    for (const target of [
      { level: 'subject', tenant, key: 'alice' },
      { level: 'client', tenant, key: orgId },
      { level: 'tenant', tenant, key: '' },
    ] as const) {
      const { region, platform } = await tokens();
      await revokeAll(server.parts, target, context());
      for (const token of [region, platform]) assert.deepEqual(await verdicts(token), bad, target.level);
      nowMs += 1;
    }
    const { region, platform } = await tokens();
    await revokeGrant(server.parts, claimsOf(region).grantId ?? '', context());
    assert.deepEqual(await verdicts(region), bad);
    assert.deepEqual(await verdicts(platform), good);
  });

  it('say no to a token that was handed back (RFC 7009), whichever of its successors that was', async () => {
    const { region } = await tokens();
    const { method, path, headers } = requests.renew(region);
    const renewed = await exchange(url, { method, target: path, headers: { ...headers }, body: undefined });
    const successor = String(dataOf(renewed));
    assert.equal((await postForm(`${url}/oauth2/revoke`, { token: successor }, gateway)).status, 200);
    for (const token of [region, successor]) assert.deepEqual(await verdicts(token), bad);
  });

  it('say no to what is no token of theirs', async () => {
    const { region } = await tokens();
    const [header = '', payload = '', signature = ''] = region.split('.');
    const other = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    const forged = Buffer.from(JSON.stringify({ ...claimsOf(region), clusterId: '8' })).toString('base64url');
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    for (const token of [
      `${header}.${payload}.${other}`,
      `${header}.${forged}.${signature}`,
      `${none}.${payload}.`,
      'x',
    ]) {
      assert.deepEqual(await verdicts(token), bad);
    }
  });

  it('say no to every token of a user who was deleted, also where another has the id', async () => {
    const { region, platform } = await tokens();
    await deleteUser(server.parts, tenant, 'alice', context());
    for (const token of [region, platform]) assert.deepEqual(await verdicts(token), bad);
    await makeAlice();
    for (const token of [region, platform]) assert.deepEqual(await verdicts(token), bad);
    nowMs += 1;
    assert.deepEqual(await verdicts((await tokens()).region), good);
  });
});

describe('introspection', () => {
  it('tells whose token it is, for which region, and no time of issue, which the token does not hold', async () => {
    const { region } = await tokens();
    const { sid, ...told } = jsonOf(await postForm(`${url}/oauth2/introspect`, { token: region }, gateway));
    assert.equal(sid, claimsOf(region).grantId);
    assert.deepEqual(told, {
      active: true,
      token_type: 'scnet_token',
      sub: 'alice',
      exp: Math.floor(Number(claimsOf(region).expireTime) / 1000),
      aud: '7',
      client_id: orgId,
      tenant,
    });
  });
});

describe('the library', () => {
  it('tells what a gateway needs: who, in which region, as whom, until when', async () => {
    const { region, platform } = await tokens();
    const { grantId, expireTime } = claimsOf(region);
    assert.deepEqual(await server.checkToken(region, 'scnet_token'), {
      active: true,
      tenant,
      subject: 'alice',
      userName: 'alice',
      clientId: orgId,
      accessKeyId: undefined,
      grantId,
      scope: undefined,
      audience: '7',
      expiresAtMs: Number(expireTime),
      region: { id: '7', name: 'seven', account: 'act1', homePath: '/public/home/act1', status: 'Normal' },
    });
    const check = await server.checkToken(platform, 'scnet_token');
    assert.deepEqual(check.active && [check.audience, check.region], ['0', undefined]);
  });

  it('takes tokens of the type that is asked for, and no other', async () => {
    const { region } = await tokens();
    for (const type of ['sls_ticket', 'sls_access_token', 'refresh_token', '']) {
      assert.deepEqual(await server.checkToken(region, type), { active: false, reason: 'credential_invalid' });
    }
  });

  it('says why not, for the log', async () => {
    const { region } = await tokens();
    await saveAccount(server.parts, account, { status: 'Disable' }, context());
    assert.deepEqual(await server.checkToken(region, 'scnet_token'), { active: false, reason: 'region_not_allowed' });
    await saveAccount(server.parts, account, { status: 'Normal' }, context());
    const endMs = Number(claimsOf(region).expireTime);
    for (const [atMs, active] of [
      [endMs - 1, true],
      [endMs, false],
    ] as const) {
      const before = nowMs;
      nowMs = atMs;
      assert.equal((await server.checkToken(region, 'scnet_token')).active, active);
      nowMs = before;
    }
  });
});
