/** Every recorded request of curl, Python and OkHttp, byte for byte, against a server whose clock stands at its instant. */

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readEnvelope, readLoginData } from '@hufu/wire/scnet';
import { composeServer, type Server } from '../../packages/server/src/compose.ts';
import { loadConfig } from '../../packages/server/src/config/load.ts';
import { createAccessKey } from '../../packages/server/src/service/administer-access-keys.ts';
import { saveAccount } from '../../packages/server/src/service/administer-accounts.ts';
import { createClient } from '../../packages/server/src/service/administer-clients.ts';
import { createRegion } from '../../packages/server/src/service/administer-regions.ts';
import { createTenant } from '../../packages/server/src/service/administer-tenants.ts';
import { changeUser, createUser } from '../../packages/server/src/service/administer-users.ts';
import { type RecordedRequest, recordedRequests, secretKey } from '../../packages/wire/src/scnet/golden/recorded.ts';
import { rawExchange } from '../harness/exchange.ts';
import { claimsOf } from '../harness/scnet.ts';

/** Of every recorded AK/SK login. */
const nowMs = 1_764_597_591_000;
const context = { requestId: 'test', nowMs, remote: '' };
const tenant = 'acme';
const userId = 'alice';
const passwordValues = recordedRequests.find(({ operation }) => operation === 'passwordLogin')?.values ?? {};
const accessKeyValues = recordedRequests.find(({ operation }) => operation === 'accessKeyLogin')?.values ?? {};

let server: Server;
let url: string;
let folder: string;
let token: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hufu-test-'));
  const flags = { 'data.dir': folder, 'server.port': '0', 'log.level': 'silent' };
  server = await composeServer(loadConfig({ env: {}, flags }), {
    clock: { nowMs: () => nowMs },
    masterKey: '07'.repeat(32),
  });
  const { parts } = server;
  const { user: loginName, password, orgId: id } = passwordValues;
  await createTenant(parts, { id: tenant, name: 'Acme' }, context);
  await createUser(parts, { tenant, id: userId, name: 'Alice', policy: [], loginName, password }, context);
  await createClient(parts, { tenant, dialect: 'scnet', type: 'organisation', name: 'Acme', id }, context);
  await createRegion(parts, { id: '11112', name: 'OpenAPI计算中心' }, context);
  await saveAccount(parts, { tenant, userId, regionId: '11112' }, { account: 'test' }, context);
  const accessKey = { tenant, userId, id: accessKeyValues.accessKey, secret: secretKey };
  await createAccessKey(parts, accessKey, context);
  url = await server.listen();
});

after(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** The bytes as recorded, but for the connection, which ends so that the whole answer is seen. */
function bytesOf({ method, path, rawHeaders, body }: RecordedRequest): Buffer {
  const lines: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (name.toLowerCase() !== 'connection') lines.push(`${name}: ${rawHeaders[at + 1]}`);
  }
  // One code unit a byte.
  return Buffer.from(
    `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\nConnection: close\r\n\r\n${body}`,
    'latin1',
  );
}

async function answerOf(bytes: Buffer) {
  const text = await rawExchange(url, bytes);
  const [head = '', body = ''] = text.split('\r\n\r\n', 2);
  return { status: Number(head.split(' ')[1]), envelope: readEnvelope(Buffer.from(body, 'latin1').toString('utf8')) };
}

/** The user is called what the request calls them: the access key stays theirs. */
const rename = (loginName = '') => changeUser(server.parts, tenant, userId, { loginName }, context);

describe('a recorded login', () => {
  for (const request of recordedRequests.filter(({ operation }) => /Login$/.test(operation))) {
    it(`gives the rows of the user: ${request.id}, ${request.rule}`, async () => {
      await rename(request.values.user);
      const { status, envelope } = await answerOf(bytesOf(request));
      assert.deepEqual([status, envelope?.code, envelope?.msg], [200, '0', 'success']);
      const rows = readLoginData(envelope?.data) ?? [];
      assert.deepEqual(
        rows.map(({ clusterId }) => clusterId),
        ['11112', '0'],
      );
      for (const row of rows) assert.equal(claimsOf(row.token ?? '').user, request.values.user);
      token = rows[0]?.token ?? '';
    });
  }

  for (const request of recordedRequests.filter(({ operation }) => operation === 'accessKeyLogin')) {
    it(`is refused with one digit of its signature changed: ${request.id}`, async () => {
      await rename(request.values.user);
      const { signature = '' } = request.values;
      const other = (signature.startsWith('0') ? '1' : '0') + signature.slice(1);
      const bytes = bytesOf(request).toString('latin1').replace(signature, other);
      const { envelope } = await answerOf(Buffer.from(bytes, 'latin1'));
      assert.deepEqual([envelope?.code, envelope?.msg], ['10009', 'AK/SK签名校验失败']);
    });
  }
});

describe('a recorded call with a token', () => {
  for (const request of recordedRequests.filter(({ values }) => values.token !== undefined)) {
    it(`is understood, and its token is none: ${request.id}, ${request.rule}`, async () => {
      const { status, envelope } = await answerOf(bytesOf(request));
      assert.equal(status, 200);
      assert.deepEqual(envelope, { code: '10008', msg: 'auth_fail', data: 'token is invalid' });
    });

    it(`is answered with a token that is one: ${request.id}`, async () => {
      const bytes = bytesOf(request)
        .toString('latin1')
        .replace(request.values.token ?? '', token);
      const { status, envelope } = await answerOf(Buffer.from(bytes, 'latin1'));
      assert.deepEqual([status, envelope?.code], [200, '0']);
      if (request.operation === 'renew') assert.equal(claimsOf(String(envelope?.data)).clusterId, '11112');
      if (request.operation === 'state') assert.equal(envelope?.data, 'token is valid');
    });
  }
});
