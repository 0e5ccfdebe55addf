/** No secret, token or ticket in anything that the server writes down or shows: logs, metrics, audit, error texts, its database. */

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { exchange } from './harness/exchange.ts';
import { admin, install, provision, serve } from './harness/serve.ts';
import { signV1, signV4 } from './harness/sign.ts';

it('no secret that was used shows anywhere', async () => {
  await using installation = await install({ HUFU_LOG_LEVEL: 'debug', HUFU_LOG_REQUESTS: 'all' });
  await using server = await serve(installation);
  const keys = await provision(installation, server.url);
  const temporaryKey = await admin(installation, server.url, 'POST', '/accesskeys', {
    tenant: 'acme',
    userId: 'alice',
    temporarySeconds: 900,
  });
  const temporary = {
    accessKeyId: String(temporaryKey.id),
    accessKeySecret: String(temporaryKey.secret),
    securityToken: String(temporaryKey.securityToken),
  };
  const client = await admin(installation, server.url, 'POST', '/clients', {
    tenant: 'acme',
    name: 'gateway',
    permissions: ['introspect', 'revoke'],
  });
  const clientSecret = String(client.secret);
  const password = `tiger tally ${randomUUID()}`;
  await admin(installation, server.url, 'POST', '/users', { tenant: 'acme', id: 'bob', name: 'Bob', password });
  const jwtApp = { tenant: 'acme', name: 'machine', dialect: 'pds', type: 'JWT' };
  const machine = await admin(installation, server.url, 'POST', '/clients', jwtApp);
  // Behind the public half: its first lines hold the modulus.
  const privateLines = String(machine.privateKeyPem).trim().split('\n').slice(-12, -2);
  const gateway = { tenant: 'acme', name: 'other gateway', permissions: ['introspect'] };
  const { id: gatewayId } = await admin(installation, server.url, 'POST', '/clients', gateway);
  const renewed = await admin(installation, server.url, 'POST', `/clients/${gatewayId}/secret`);
  const shown: string[] = [];
  const secrets = new Set<string>([
    keys.accessKeySecret,
    temporary.accessKeySecret,
    temporary.securityToken,
    clientSecret,
    password,
    ...privateLines,
    String(renewed.secret),
    installation.env.HUFU_DATA_MASTER_KEY ?? '',
    installation.env.HUFU_ADMIN_TOKEN ?? '',
  ]);

  const call = async (path: string, query: Record<string, string>, as: typeof keys, scheme: 'v1' | 'v4' = 'v1') => {
    const sketch = { path, query, host: server.host, atMs: Date.now() };
    const signed = scheme === 'v1' ? signV1(as, sketch) : signV4(as, sketch, 'cn-shanghai');
    return exchange(server.url, signed);
  };
  const tokenCall = async (path: string, token: string, secret = clientSecret) => {
    const answer = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${client.id}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({ token }),
    });
    shown.push(await answer.text());
    return answer.status;
  };

  for (const as of [keys, temporary]) {
    for (const scheme of ['v1', 'v4'] as const) {
      const created = await call('/tickets', {}, as, scheme);
      const { ticket } = JSON.parse(created.body) as { ticket: string };
      const refreshed = await call('/token/refresh', { ticket }, as, scheme);
      const { accessToken } = JSON.parse(refreshed.body) as { accessToken: string };
      for (const token of [ticket, accessToken]) {
        secrets.add(token);
        secrets.add(token.split('.')[2] ?? '');
        assert.equal(await tokenCall('/oauth2/introspect', token), 200);
        assert.equal(await tokenCall('/oauth2/introspect', token, 'a wrong secret'), 401);
      }
      // Each of these is refused, and its answer must not repeat what was sent.
      for (const query of [{ ticket: `${ticket}x` }, { ticket, project: ticket }, { ticket, expirationTime: ticket }]) {
        shown.push((await call('/token/refresh', query, as, scheme)).body);
      }
      shown.push((await call('/tickets', { expirationTime: ticket }, as, scheme)).body);
      assert.equal(await tokenCall('/oauth2/revoke', ticket), 200);
      shown.push((await call('/token/refresh', { ticket }, as, scheme)).body);
    }
  }
  shown.push(await (await fetch(`${server.url}/metrics`)).text());
  for (const path of ['/audit?limit=1000', '/grants', '/accesskeys', '/users', '/clients', '/keys', '/config']) {
    shown.push(JSON.stringify(await admin(installation, server.url, 'GET', path)));
  }
  assert.equal(await server.stop('SIGTERM'), 0);

  const written: string[] = [server.output()];
  for (const name of await readdir(installation.folder, { recursive: true, withFileTypes: true })) {
    if (name.isFile()) written.push(await readFile(join(name.parentPath, name.name), 'latin1'));
  }
  assert.ok(server.output().includes('"operation":"CreateTicket"'), 'the log has a line for the requests');
  assert.ok(
    written.some((text) => text.includes('SQLite format 3')),
    'the database was read',
  );
  for (const text of [...shown, ...written]) {
    for (const secret of secrets) {
      assert.ok(secret.length >= 16);
      // The position, not the text: a failure must not print the secret either.
      assert.equal(text.indexOf(secret), -1, 'a secret shows');
    }
  }
});
