/** No token, password, secret key or signature of SCNet in anything that the server writes down or shows. */

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { readLoginData, requests, type ScnetRequest, sign, timestampText } from '@hufu/wire/scnet';
import { exchange } from '../harness/exchange.ts';
import { dataOf } from '../harness/scnet.ts';
import { admin, install, serve } from '../harness/serve.ts';

const tenant = 'acme';
const user = 'alice';
const password = 'a password of alice';

it('no secret that was used shows anywhere', async () => {
  await using installation = await install({
    HUFU_LOG_LEVEL: 'debug',
    HUFU_LOG_REQUESTS: 'all',
    HUFU_SCNET_REPLAY: 'refuse',
    HUFU_SCNET_OLD_TOKEN: 'end',
  });
  await using server = await serve(installation);
  const call = (method: string, path: string, body?: object) => admin(installation, server.url, method, path, body);
  await call('POST', '/tenants', { id: tenant, name: 'Acme' });
  await call('POST', '/users', { tenant, id: user, name: 'Alice', loginName: user, password });
  const asked = { tenant, dialect: 'scnet', type: 'organisation', name: 'Acme' };
  const orgId = String((await call('POST', '/clients', asked)).id);
  const key = await call('POST', '/accesskeys', { tenant, userId: user });
  const accessKey = String(key.id);
  await call('POST', '/regions', { id: '7', name: 'seven' });
  await call('PUT', `/regions/7/accounts/${tenant}/${user}`, {});

  const secrets = new Set([password, String(key.secret)]);
  const refusals: string[] = [];
  const send = async ({ method, path, headers }: ScnetRequest): Promise<unknown> => {
    const answer = await exchange(server.url, { method, target: path, headers: { ...headers }, body: undefined });
    if (answer.body.includes('"code":"0"')) return dataOf(answer);
    refusals.push(answer.body);
    return undefined;
  };
  const keep = (token: string): string => {
    secrets.add(token).add(token.split('.')[2] ?? '');
    return token;
  };
  const timestamp = timestampText(Date.now() / 1000);
  const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex');
  const signature = sign(String(key.secret), { user, accessKey, timestamp }, hmac);
  secrets.add(signature);

  const logins = [
    requests.passwordLogin({ user, password, orgId }),
    requests.accessKeyLogin({ user, accessKey, timestamp, signature }),
  ];
  for (const login of logins) {
    const [row] = readLoginData(await send(login)) ?? [];
    const token = keep(row?.token ?? '');
    const renewed = keep(String(await send(requests.renew(token))));
    for (const request of [requests.state(renewed), requests.center(renewed), requests.user(renewed)]) {
      assert.ok(await send(request));
    }
    // Each of these is refused, and its answer must not repeat what was sent.
    await send(requests.state(token));
    await send(requests.renew(`${renewed}x`));
    await send(requests.renew(token));
    await send(requests.center(renewed));
  }
  await send(requests.accessKeyLogin({ user, accessKey, timestamp, signature }));
  await send(requests.accessKeyLogin({ user, accessKey, timestamp: signature, signature: password }));
  await send(requests.passwordLogin({ user, password: `${password}x`, orgId }));
  assert.equal(refusals.length, 11);

  const shown = [await (await fetch(`${server.url}/metrics`)).text()];
  for (const path of ['/audit?limit=1000', '/grants', '/users', '/clients', '/accesskeys', '/regions', '/config']) {
    shown.push(JSON.stringify(await call('GET', path)));
  }
  assert.equal(await server.stop('SIGTERM'), 0);
  const written = [server.output()];
  for (const file of await readdir(installation.folder, { recursive: true, withFileTypes: true })) {
    if (file.isFile()) written.push(await readFile(join(file.parentPath, file.name), 'latin1'));
  }
  assert.ok(server.output().includes('"operation":"accessKeyLogin"'), 'the log has a line for the requests');
  assert.ok(
    written.some((text) => text.includes('SQLite format 3')),
    'the database was read',
  );
  for (const text of [...refusals, ...shown, ...written]) {
    for (const secret of secrets) {
      assert.ok(secret.length >= 16);
      // The position, not the text: a failure must not print the secret either.
      assert.equal(text.indexOf(secret), -1, 'a secret shows');
    }
  }
});
