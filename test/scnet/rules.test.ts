/** Rows, claims, lifetimes and the end of renewal. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  badToken,
  claimsOf,
  dataOf,
  dayMs,
  openScnet,
  refusalOf,
  renewedOf,
  type ScnetBench,
} from '../harness/scnet.ts';

const expireMs = (token: string): number => Number(claimsOf(token).expireTime);
const logins = {
  'by password': (scnet: ScnetBench) => scnet.passwordLogin(),
  'by AK/SK': (scnet: ScnetBench) => scnet.accessKeyLogin(),
} as const;

describe('a login', () => {
  for (const [how, login] of Object.entries(logins)) {
    it(`gives a row for each region, null where the account is disabled, and the platform’s own last: ${how}`, async () => {
      await using scnet = await openScnet();
      const rows = dataOf(await login(scnet)) as { clusterName: string; clusterId: string; token: string | null }[];
      assert.deepEqual(
        rows.map(({ clusterId, clusterName, token }) => [clusterId, clusterName, token === null ? null : 'token']),
        [
          ['11112', 'OpenAPI计算中心', 'token'],
          ['111131', 'test中心', null],
          ['11126', '华东一区【昆山】', 'token'],
          ['0', 'ac', 'token'],
        ],
      );
      for (const row of rows) assert.deepEqual(Object.keys(row), ['clusterName', 'clusterId', 'token']);
      // What the emulator says of itself is what the login gives.
      const told = scnet.demo.clusters.map(({ clusterId, status }) => [
        clusterId,
        status === 'Disable' ? null : 'token',
      ]);
      assert.deepEqual(
        new Map(rows.map(({ clusterId, token }) => [clusterId, token && 'token'])),
        new Map(told as [string, string | null][]),
      );
    });

    it(`signs the documented claims, all texts, in their order: ${how}`, async () => {
      await using scnet = await openScnet();
      const tokens = await scnet.tokens(login(scnet));
      const { orgId: invoker, user } = scnet.demo;
      const expireTime = String(scnet.nowMs() + dayMs);
      for (const [clusterId, token] of Object.entries(tokens)) {
        const [header = '', payload = '', signature = ''] = token.split('.');
        assert.equal(Buffer.from(header, 'base64url').toString(), '{"alg":"HS256","typ":"JWT"}');
        assert.equal(signature.length, 43);
        const { grantId, ...claims } = claimsOf(token);
        assert.match(String(grantId), /^[0-9a-f]{8}-[0-9a-f]{4}-4/);
        assert.deepEqual(Object.keys(claimsOf(token)), [
          'computeUser',
          'accountStatus',
          'creator',
          'role',
          'expireTime',
          'clusterId',
          'invoker',
          'user',
          'userId',
          'grantId',
          'generation',
        ]);
        assert.deepEqual(claims, {
          computeUser: clusterId === '0' ? 'root' : 'act0001',
          accountStatus: clusterId === '11126' ? 'Owe' : 'Normal',
          creator: 'ac',
          role: '1',
          expireTime,
          clusterId,
          invoker,
          user,
          userId: '11655048541',
          generation: '0',
        });
        assert.doesNotMatch(Buffer.from(payload, 'base64url').toString(), /:\s|,\s|:\d/);
      }
    });
  }

  it('of a user without any region gives the platform’s row alone', async () => {
    await using scnet = await openScnet();
    for (const id of ['11112', '11126', '111131']) {
      await scnet.admin('DELETE', `/regions/${id}/accounts/scnetdemo/11655048541`);
    }
    assert.deepEqual(Object.keys(await scnet.tokens()), ['0']);
  });

  it('does not tell of a region that is disabled as a whole', async () => {
    await using scnet = await openScnet();
    await scnet.admin('PATCH', '/regions/11126', { status: 'disabled' });
    assert.deepEqual(Object.keys(await scnet.tokens()).toSorted(), ['0', '11112']);
  });

  it('has the claims of the platform’s token that are set for it', async () => {
    const config = { 'scnet.platformClusterIdClaim': '11125', 'scnet.platformComputeUser': 'platform' };
    await using scnet = await openScnet({ config });
    const { 0: platform = '', 11112: region = '' } = await scnet.tokens();
    const { clusterId, computeUser } = claimsOf(platform);
    assert.deepEqual([clusterId, computeUser], ['11125', 'platform']);
    assert.equal(claimsOf(region).clusterId, '11112');
    // It is the platform's all the same.
    assert.equal(refusalOf(await scnet.center(platform)), '10001 internal_error');
  });

  it('gives every token an end of its own, never behind that of the login', async () => {
    const config = { 'scnet.tokenLifetimeSeconds': '1000', 'scnet.loginLifetimeSeconds': '1500' };
    await using scnet = await openScnet({ config });
    const token = await scnet.token();
    assert.equal(expireMs(token), scnet.nowMs() + 1_000_000);
    scnet.emulator.clock.advance(600);
    assert.equal(expireMs(renewedOf(await scnet.renew(token))), scnet.nowMs() + 900_000);
  });
});

describe('a token', () => {
  it('is good until its end to the millisecond', async () => {
    await using scnet = await openScnet();
    const token = await scnet.token();
    const endMs = expireMs(token);
    for (const atMs of [endMs - 1000, endMs - 1]) {
      scnet.emulator.clock.set(atMs);
      assert.equal(dataOf(await scnet.state(token)), 'token is valid');
    }
    for (const atMs of [endMs, endMs + 1, endMs + 1000]) {
      scnet.emulator.clock.set(atMs);
      for (const call of [scnet.state, scnet.center, scnet.user]) assert.equal(refusalOf(await call(token)), badToken);
      assert.deepEqual(await scnet.introspect(token), { active: false });
    }
  });
});

describe('a renewal', () => {
  for (const [offsetMs, renewable] of [
    [-1000, true],
    [-1, true],
    [0, false],
    [1, false],
    [1000, false],
  ] as const) {
    it(`is taken until 24 hours after the end: ${offsetMs} ms from there it is ${renewable ? '' : 'not '}`, async () => {
      await using scnet = await openScnet();
      const token = await scnet.token();
      scnet.emulator.clock.set(expireMs(token) + dayMs + offsetMs);
      const answer = await scnet.renew(token);
      if (renewable) assert.equal(expireMs(renewedOf(answer)), scnet.nowMs() + dayMs);
      else assert.equal(refusalOf(answer), badToken);
    });
  }

  it('has the window that is set, and none where it is 0', async () => {
    for (const [windowSeconds, offsetMs, renewable] of [
      ['60', 59_999, true],
      ['60', 60_000, false],
      ['0', -1, true],
      ['0', 0, false],
    ] as const) {
      await using scnet = await openScnet({ config: { 'scnet.renewalWindowSeconds': windowSeconds } });
      const token = await scnet.token();
      scnet.emulator.clock.set(expireMs(token) + offsetMs);
      assert.equal((await scnet.renew(token)).body.includes('"code":"0"'), renewable, `${windowSeconds} ${offsetMs}`);
    }
  });

  it('counts from its own instant, and leaves the old token good until its own end', async () => {
    await using scnet = await openScnet();
    const first = await scnet.token();
    scnet.emulator.clock.advance(3600);
    const second = renewedOf(await scnet.renew(first));
    assert.equal(expireMs(second), expireMs(first) + 3_600_000);
    const { expireTime: _first, ...before } = claimsOf(first);
    const { expireTime: _second, ...now } = claimsOf(second);
    assert.deepEqual(now, before);
    for (const token of [first, second]) assert.equal(dataOf(await scnet.state(token)), 'token is valid');
    // The old one renews once more, as clients that hold on to it do.
    assert.equal(expireMs(renewedOf(await scnet.renew(first))), expireMs(second));
  });

  it('goes on until the login is over, and not a millisecond longer', async () => {
    await using scnet = await openScnet();
    const beganMs = scnet.nowMs();
    let token = await scnet.token();
    for (let day = 1; day <= 29; day++) {
      scnet.emulator.clock.set(beganMs + day * dayMs);
      token = renewedOf(await scnet.renew(token));
    }
    assert.equal(expireMs(token), beganMs + 30 * dayMs);
    scnet.emulator.clock.set(beganMs + 30 * dayMs - 1);
    token = renewedOf(await scnet.renew(token));
    assert.equal(expireMs(token), beganMs + 30 * dayMs);
    for (const offsetMs of [0, 1]) {
      scnet.emulator.clock.set(beganMs + 30 * dayMs + offsetMs);
      // Inside of the token's own window, but the login is over.
      assert.equal(refusalOf(await scnet.renew(token)), badToken);
    }
  });

  it('reads the account again: the new token says its state of today', async () => {
    await using scnet = await openScnet();
    const token = await scnet.token();
    const path = '/regions/11112/accounts/scnetdemo/11655048541';
    await scnet.admin('PUT', path, { status: 'Owe', account: 'act0002' });
    const { accountStatus, computeUser } = claimsOf(renewedOf(await scnet.renew(token)));
    assert.deepEqual([accountStatus, computeUser], ['Owe', 'act0002']);
    await scnet.admin('PUT', path, { status: 'Disable' });
    assert.equal(refusalOf(await scnet.renew(token)), badToken);
    const rows = dataOf(await scnet.passwordLogin()) as { clusterId: string; token: string | null }[];
    assert.equal(rows.find(({ clusterId }) => clusterId === '11112')?.token, null);
    await scnet.admin('PUT', path, { status: 'Trial' });
    assert.equal(claimsOf(renewedOf(await scnet.renew(token))).accountStatus, 'Trial');
  });

  it('follows a user who is renamed, and not their account on the cluster', async () => {
    await using scnet = await openScnet();
    const token = await scnet.token();
    await scnet.admin('PATCH', '/users/scnetdemo/11655048541', { loginName: '张三' });
    const { user, computeUser, userId } = claimsOf(renewedOf(await scnet.renew(token)));
    assert.deepEqual([user, computeUser, userId], ['张三', 'act0001', '11655048541']);
    assert.equal(refusalOf(await scnet.accessKeyLogin()), '10009 用户不存在');
  });

  it('works for the platform’s token as for any other', async () => {
    await using scnet = await openScnet();
    const { 0: platform = '' } = await scnet.tokens();
    const renewed = renewedOf(await scnet.renew(platform));
    assert.equal(claimsOf(renewed).clusterId, '0');
    assert.equal(dataOf(await scnet.state(renewed)), 'token is valid');
  });

  it('is counted, and is in the audit log', async () => {
    await using scnet = await openScnet();
    const token = await scnet.token();
    for (let count = 0; count < 3; count++) renewedOf(await scnet.renew(token));
    const { grantId } = claimsOf(token);
    const grant = await scnet.admin('GET', `/grants/${grantId}`);
    const { useCount, generation, audience, clientId } = grant;
    assert.deepEqual([useCount, generation, audience, clientId], [3, 0, '11112', scnet.demo.orgId]);
    const { rows } = await scnet.admin('GET', `/audit?grantId=${grantId}`);
    const types = (rows as { type: string }[]).map(({ type }) => type);
    assert.deepEqual(types, ['grant.renewed', 'grant.renewed', 'grant.renewed', 'grant.issued']);
  });

  it('is counted and nothing else, where the operator keeps no renewals', async () => {
    await using scnet = await openScnet({ config: { 'audit.renewals': 'false' } });
    const token = await scnet.token();
    for (let count = 0; count < 3; count++) renewedOf(await scnet.renew(token));
    const { grantId } = claimsOf(token);
    assert.equal((await scnet.admin('GET', `/grants/${grantId}`)).useCount, 3);
    const { rows } = await scnet.admin('GET', `/audit?grantId=${grantId}`);
    assert.deepEqual(
      (rows as { type: string }[]).map(({ type }) => type),
      ['grant.issued'],
    );
  });
});

describe('center and user', () => {
  it('tell the region of a region’s token, in texts for switches, and refuse the platform’s', async () => {
    await using scnet = await openScnet();
    const { 0: platform = '', 11126: region = '' } = await scnet.tokens();
    const data = dataOf(await scnet.center(region)) as Record<string, unknown>;
    assert.deepEqual([data.id, data.name], [11126, '华东一区【昆山】']);
    assert.deepEqual(data.clusterUserInfo, { userName: 'act0001', homePath: '/public/home/act0001' });
    assert.deepEqual(data.hpcUrls, [
      { enable: 'true', isManagerNode: 'true', version: '5.2.2', url: 'https://r11126.example.com:65106/hpc' },
    ]);
    assert.equal((data.eshellUrls as { enable: string }[])[0]?.enable, 'false');
    assert.equal(refusalOf(await scnet.center(platform)), '10001 internal_error');
  });

  it('tell what the operator says of a region at this moment', async () => {
    await using scnet = await openScnet();
    const token = await scnet.token();
    const services = { hpcUrls: [{ url: 'http://10.0.0.1:8', enable: false }] };
    await scnet.admin('PATCH', '/regions/11112', { name: '新', services });
    const data = dataOf(await scnet.center(token)) as Record<string, unknown>;
    assert.equal(data.name, '新');
    assert.deepEqual(data.hpcUrls, [{ enable: 'false', isManagerNode: 'true', version: '', url: 'http://10.0.0.1:8' }]);
    assert.deepEqual(data.efileUrls, []);
  });

  it('answer the user’s call with the platform’s token and with a region’s', async () => {
    await using scnet = await openScnet();
    const { 0: platform = '', 11126: region = '' } = await scnet.tokens();
    const member = (data: unknown, name: string) => (data as Record<string, unknown>)[name];
    const own = dataOf(await scnet.user(platform));
    assert.deepEqual([member(own, 'userName'), member(own, 'accountStatus')], ['demo', 'Normal']);
    const there = dataOf(await scnet.user(region));
    assert.deepEqual([member(there, 'accountStatus'), member(there, 'computerCenter')], ['Owe', '华东一区【昆山】']);
  });
});
