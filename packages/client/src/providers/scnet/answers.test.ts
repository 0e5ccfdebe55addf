import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import golden from '../../../../wire/src/scnet/golden/answers.json' with { type: 'json' };
import { type WrittenAnswer, wire } from '../../core/context.sample.ts';
import { isTokenError, type TokenError } from '../../core/errors.ts';
import { refusedWith } from '../../core/source.sample.ts';
import { type ScnetClient, scnetClient } from './client.ts';
import { isAuthFailure, isScnetError } from './errors.ts';

const who = { user: 'bob', password: 'p@ss', orgId: 'org' };

const opened = (...answers: WrittenAnswer[]) => {
  const { fetch, clock, sent } = wire(answers);
  return { client: scnetClient({ ...who, fetch, clock }), sent };
};
const refusal = (code: string, msg = 'auth_fail'): WrittenAnswer => ({ body: { msg, code, data: 'token is invalid' } });

async function refused(call: (client: ScnetClient) => Promise<unknown>, answer: WrittenAnswer): Promise<TokenError> {
  const error = await call(opened(answer).client).then(
    () => assert.fail('it was not refused'),
    (thrown: unknown) => thrown,
  );
  assert.ok(isTokenError(error), String(error));
  return error;
}

suite('answers of SCNet', () => {
  test('a login gives a row for each region, with null where its account is disabled', async () => {
    const data = [
      { clusterName: '华东一区【昆山】', clusterId: 11250, token: 'region' },
      { clusterName: '停用', clusterId: '11251', token: null },
      { clusterName: 'ac', clusterId: '0', token: 'platform' },
    ];
    const { client } = opened({ body: { msg: 'success', code: '0', data } });
    assert.deepEqual(await client.login(), [{ ...data[0], clusterId: '11250' }, data[1], data[2]]);
  });

  test('a renewal gives the new token, whatever the table of the page says', async () => {
    const { client } = opened({ body: { msg: 'success', code: '0', data: 'next' } });
    assert.equal(await client.renew('old'), 'next');
  });

  test('a token holds, or does not; other failures are no answer to that', async () => {
    const valid = { body: { code: '0', msg: 'success', data: 'token is valid' } };
    const { client } = opened(valid, refusal('10008'), refusal('10001', 'internal_error'));
    assert.equal(await client.state('t'), true);
    assert.equal(await client.state('t'), false);
    await assert.rejects(client.state('t'), refusedWith('server_error'));
  });

  test('a center gives the addresses that are switched on, each with its segment', async () => {
    const url = (enable: string, address: string) => ({ enable, version: '2.0', url: address });
    const data = {
      id: 11250,
      name: '昆山',
      clusterUserInfo: { userName: 'act1', homePath: '/public/home/act1' },
      hpcUrls: [url('true', 'https://a:65051'), url('false', 'https://b:65051')],
      efileUrls: [url('true', 'https://c:65052/efile/')],
    };
    const { client } = opened({ body: { code: '0', msg: 'success', data } });
    const { urls, homePath } = await client.center('t');
    assert.deepEqual(urls, { hpc: ['https://a:65051/hpc'], efile: ['https://c:65052/efile'], ai: [], eshell: [] });
    assert.equal(homePath, '/public/home/act1');
  });

  test('a user gives what the platform knows', async () => {
    const { client } = opened({
      body: { code: '0', msg: 'success', data: { userName: 'bob', accountStatus: 'Normal' } },
    });
    const { userName, accountStatus, accountBalance } = await client.user('t');
    assert.deepEqual([userName, accountStatus, accountBalance], ['bob', 'Normal', '']);
  });

  for (const { operation, source, body } of golden.documented) {
    test(`${operation}, ${source}: read`, async () => {
      const { client } = opened({ body });
      const { data } = JSON.parse(body);
      switch (operation) {
        case 'passwordLogin':
        case 'accessKeyLogin':
          return assert.deepEqual(await client.login(), data);
        case 'renew':
          return assert.equal(await client.renew('t'), data);
        case 'state':
          return assert.equal(await client.state('t'), true);
        case 'center':
          return assert.equal((await client.center('t')).userName, data.clusterUserInfo.userName);
        case 'user':
          return assert.deepEqual(await client.user('t'), data);
        default:
          return assert.fail(`no call for ${operation}`);
      }
    });
  }

  for (const [code, ofLogin, ofToken] of [
    ['10001', 'server_error', 'server_error'],
    ['10003', 'config', 'invalid_grant'],
    ['10004', 'config', 'invalid_grant'],
    ['10007', 'invalid_client', 'invalid_grant'],
    ['10008', 'invalid_client', 'invalid_grant'],
    ['10009', 'invalid_client', 'invalid_grant'],
  ] as const) {
    test(`${code} is ${ofLogin} at a login, ${ofToken} with a token`, async () => {
      const login = await refused((client) => client.login(), refusal(code));
      assert.deepEqual([login.code, login.vendorCode], [ofLogin, code]);
      assert.equal(login.message, `login: the server refused with 200 (${code})`);
      assert.ok(isScnetError(login, code));
      assert.equal((await refused((client) => client.renew('t'), refusal(code))).code, ofToken);
    });
  }

  test('a gateway answers without an envelope: its status says what it is', async () => {
    const spring = { timestamp: '2026-05-26T09:24:07.358+0000', status: 400, error: 'Bad Request', path: '/v2' };
    const renew = (client: ScnetClient) => client.renew('t');
    assert.equal((await refused(renew, { status: 400, body: spring })).code, 'config');
    assert.equal((await refused(renew, { status: 502, body: '<html>' })).code, 'server_error');
    assert.equal((await refused(renew, { body: '<html>' })).code, 'malformed_response');
    assert.equal(
      (await refused(renew, { status: 302, headers: { location: 'https://login' } })).code,
      'malformed_response',
    );
  });

  for (const data of [null, [], {}, '', 5, [{ clusterId: '1' }]]) {
    test(`data ${JSON.stringify(data)} is none of a renewal, center or user`, async () => {
      const body = { code: '0', msg: 'success', data };
      for (const call of ['renew', 'center', 'user'] as const) {
        assert.equal((await refused((client) => client[call]('t'), { body })).code, 'malformed_response', call);
      }
    });
  }
});

suite('what no header carries', () => {
  for (const [rule, login] of [
    ['a line break', { user: 'bob', password: 'p\r\nx', orgId: 'o' }],
    ['a blank at the end', { user: 'bob', password: 'secret ', orgId: 'o' }],
    ['half a surrogate pair', { user: '\ud800', password: 'secret', orgId: 'o' }],
  ] as const) {
    test(`${rule}: refused before anything is sent, and not told`, async () => {
      const { fetch, clock, sent } = wire([]);
      await assert.rejects(scnetClient({ ...login, fetch, clock }).login(), (error: unknown) => {
        assert.ok(refusedWith('config')(error) && error instanceof Error);
        assert.match(error.message, /^header (?:user|password) cannot carry this value/);
        assert.ok(!error.message.includes('secret'));
        return true;
      });
      assert.equal(sent.length, 0);
    });
  }

  for (const [rule, login, message] of [
    ['neither password nor keys', { user: 'bob' }, /password is empty/],
    ['a secret key that is not set', { user: 'bob', accessKey: 'ak', secretKey: undefined }, /secretKey is empty/],
    ['no orgId', { user: 'bob', password: 'p' }, /orgId is empty/],
    ['an unknown name', { ...who, orgid: 'o' }, /no orgid, but .*orgId/],
    ['plain http', { ...who, acBase: 'http://ac.example' }, /plain http to another machine/],
  ] as const) {
    test(`${rule}: refused where it is written`, () =>
      assert.throws(() => scnetClient(login as never), { code: 'config', message }));
  }
});

suite('a token that no longer holds', () => {
  const headers = new Headers();
  test('is told by the code under status 200, or by 401', () => {
    assert.ok(isAuthFailure({ status: 200, headers }, { code: '10008', msg: 'auth_fail' }));
    assert.ok(isAuthFailure({ status: 401, headers }, undefined));
    for (const body of [{ code: '0' }, { code: '10009' }, undefined, '10008', null]) {
      assert.ok(!isAuthFailure({ status: 200, headers }, body));
    }
  });
});
