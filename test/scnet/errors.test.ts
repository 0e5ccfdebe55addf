/** What does not follow the form, over the wire: headers, bodies, paths, methods, and a store that cannot answer. */

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { operations, requests } from '@hufu/wire/scnet';
import { composeServer } from '../../packages/server/src/compose.ts';
import { loadConfig } from '../../packages/server/src/config/load.ts';
import { type Answer, exchange, rawExchange } from '../harness/exchange.ts';
import { dataOf, openScnet, refusalOf, type ScnetBench } from '../harness/scnet.ts';

type Sent = { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string };

const call = (scnet: ScnetBench, path: string, { method = 'POST', headers = {}, body }: Sent = {}): Promise<Answer> =>
  exchange(scnet.url, { method, target: path, headers, body });

describe('headers', () => {
  it('are found in any case', async () => {
    await using scnet = await openScnet();
    const { user, password, orgId } = scnet.demo;
    for (const headers of [
      { user, password, orgid: orgId },
      { USER: user, Password: password, ORGID: orgId },
      { uSeR: user, pASSWORD: password, OrgId: orgId },
    ]) {
      dataOf(await call(scnet, operations.passwordLogin.path, { headers }));
    }
    const token = await scnet.token();
    for (const name of ['token', 'Token', 'TOKEN']) {
      const answer = await call(scnet, operations.state.path, { method: 'GET', headers: { [name]: token } });
      assert.equal(dataOf(answer), 'token is valid');
    }
  });

  it('that are missing or empty are 10003, in the words of the service', async () => {
    await using scnet = await openScnet();
    for (const { method, path } of Object.values(operations)) {
      const expected = path === operations.accessKeyLogin.path ? '10003 参数不全' : '10003 param_incomplete';
      for (const headers of [{}, { token: '', user: '', password: '', orgId: '' }]) {
        assert.equal(refusalOf(await call(scnet, path, { method, headers })), expected, path);
      }
    }
  });

  it('that come twice are 10004, so that one of two values never passes for both', async () => {
    await using scnet = await openScnet();
    const token = await scnet.token();
    for (const second of [token, 'x']) {
      const bytes = `GET ${operations.state.path} HTTP/1.1\r\nhost: h\r\ntoken: ${token}\r\nToken: ${second}\r\nconnection: close\r\n\r\n`;
      const text = await rawExchange(scnet.url, bytes);
      assert.match(text, /^HTTP\/1\.1 200 /);
      assert.match(text, /\{"msg":"param_invalid","code":"10004","data":null\}$/);
    }
  });

  it('of another scheme carry no token', async () => {
    await using scnet = await openScnet();
    const headers = { authorization: `Bearer ${await scnet.token()}` };
    assert.equal(
      refusalOf(await call(scnet, operations.state.path, { method: 'GET', headers })),
      '10003 param_incomplete',
    );
  });

  for (const [change, expected] of [
    [{ timestamp: '1764597591000' }, '10004 参数无效'],
    [{ timestamp: 'now' }, '10004 参数无效'],
    [{ timestamp: '01764597591' }, '10004 参数无效'],
    [{ signature: 'abc' }, '10004 参数无效'],
    [{ signature: 'z'.repeat(64) }, '10004 参数无效'],
  ] as const) {
    it(`of a form that cannot be are 10004: ${JSON.stringify(change).slice(0, 40)}`, async () => {
      await using scnet = await openScnet();
      assert.equal(refusalOf(await scnet.accessKeyLogin(change)), expected);
    });
  }
});

describe('a body', () => {
  it('is none or {}, under whatever content type', async () => {
    await using scnet = await openScnet();
    const { user, password, orgId } = scnet.demo;
    for (const type of ['application/json', 'application/json; charset=utf-8', 'text/plain', undefined]) {
      for (const body of [undefined, '', '{}', ' { } ']) {
        const headers = { user, password, orgId, ...(type === undefined ? {} : { 'content-type': type }) };
        dataOf(await call(scnet, operations.passwordLogin.path, { headers, ...(body === undefined ? {} : { body }) }));
      }
    }
  });

  it('with anything in it is 10004: nobody shall believe that it was read', async () => {
    await using scnet = await openScnet();
    const { user, password, orgId } = scnet.demo;
    for (const body of [JSON.stringify({ user, password, orgId }), '[]', 'null', `user=${user}`, '{']) {
      const headers = { user, password, orgId, 'content-type': 'application/json' };
      const answer = await call(scnet, operations.passwordLogin.path, { headers, body });
      assert.equal(refusalOf(answer), '10004 param_invalid', body.slice(0, 8));
    }
    const token = await scnet.token();
    const answer = await call(scnet, operations.renew.path, { headers: { token }, body: '{"token":"x"}' });
    assert.equal(refusalOf(answer), '10004 param_invalid');
  });

  it('is passed over where there can be none: with GET', async () => {
    await using scnet = await openScnet();
    const headers = { token: await scnet.token() };
    for (const body of ['{}', '{"token":"x"}', 'x'.repeat(100)]) {
      const answer = await call(scnet, operations.state.path, { method: 'GET', headers, body });
      assert.equal(dataOf(answer), 'token is valid');
    }
  });

  it('that is too large is refused by the gateway', async () => {
    await using scnet = await openScnet({ config: { 'scnet.bodyLimitBytes': '64' } });
    const blanks = (count: number) =>
      call(scnet, operations.renew.path, { headers: { token: 'x' }, body: ' '.repeat(count) });
    assert.equal(refusalOf(await blanks(64)), '10008 auth_fail (token is invalid)');
    assert.equal(refusalOf(await blanks(65)), '413 Content Too Large');
  });
});

describe('paths and methods', () => {
  it('that are not served are 404 and 405 in the form of the gateway', async () => {
    await using scnet = await openScnet();
    const atMs = scnet.nowMs();
    for (const path of [
      '/ac/openapi/v2/jobs',
      '/ac/openapi/v2/tokens/',
      '/ac/openapi/v3/tokens',
      '/api/user/v2/tokens',
    ]) {
      const answer = await call(scnet, path, { method: 'GET' });
      assert.equal(refusalOf(answer), '404 Not Found');
      assert.deepEqual(JSON.parse(answer.body), {
        timestamp: new Date(atMs).toISOString().replace('Z', '+0000'),
        status: 404,
        error: 'Not Found',
        path: path.replace('/ac/openapi', ''),
      });
    }
    for (const { method, path } of Object.values(operations)) {
      for (const other of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'].filter((one) => one !== method)) {
        const answer = await call(scnet, path, { method: other, headers: { token: 'x' } });
        assert.equal(refusalOf(answer), '405 Method Not Allowed', `${other} ${path}`);
        assert.equal(answer.headers.allow, method);
      }
    }
  });

  it('ignore a query, which no call has: a token in it is none', async () => {
    await using scnet = await openScnet();
    const token = await scnet.token();
    const asked = { method: 'GET', headers: { token } };
    assert.equal(dataOf(await call(scnet, `${operations.state.path}?a=b&a=c`, asked)), 'token is valid');
    const leaked = await call(scnet, `${operations.state.path}?token=${token}`, { method: 'GET' });
    assert.equal(refusalOf(leaked), '10003 param_incomplete');
  });

  it('are not served where the dialect is off, and what else there is goes on', async () => {
    await using scnet = await openScnet({ config: { 'scnet.enabled': 'false' } });
    for (const { method, path } of Object.values(operations)) {
      const answer = await call(scnet, path, { method });
      assert.equal(answer.status, 404);
      assert.equal(JSON.parse(answer.body).code, 'NotFound');
    }
    const made = await scnet.admin('POST', '/regions', { id: '7', name: 'seven' });
    assert.deepEqual(made.services, {});
  });
});

describe('a store that cannot answer', () => {
  it('is 503 in the form of the gateway, never a token that does not hold', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hufu-test-'));
    const flags = { 'data.dir': folder, 'server.port': '0', 'log.level': 'silent' };
    const server = await composeServer(loadConfig({ env: {}, flags }), { masterKey: '07'.repeat(32) });
    try {
      const url = await server.listen();
      const token = server.parts.ring.signer.sign(
        { keyUse: 'scnet', algorithm: 'HS256' },
        {
          header: '{"alg":"HS256","typ":"JWT"}',
          payload: JSON.stringify({
            ...{ computeUser: 'a', accountStatus: 'Normal', creator: 'ac', role: '1', clusterId: '1', invoker: '' },
            ...{ expireTime: String(Date.now() + 60_000), user: 'a', generation: '0' },
            grantId: '01938f2a-1234-4abc-8def-0123456789ab',
          }),
        },
      );
      const send = ({ method, path, headers }: ReturnType<typeof requests.renew>) =>
        exchange(url, { method, target: path, headers: { ...headers }, body: undefined });
      assert.equal(refusalOf(await send(requests.renew(token))), '10008 auth_fail (token is invalid)');
      await server.parts.store.close();
      for (const request of [requests.renew(token), requests.state(token), requests.center(token)]) {
        const answer = await send(request);
        assert.equal(refusalOf(answer), '503 Service Unavailable');
        assert.equal(answer.headers['retry-after'], '1');
      }
      const login = requests.passwordLogin({ user: 'a', password: 'b', orgId: 'c' });
      assert.equal(refusalOf(await send(login)), '503 Service Unavailable');
      await assert.rejects(server.checkToken(token, 'scnet_token'), { name: 'StoreUnavailable' });
    } finally {
      await server.close().catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    }
  });
});
