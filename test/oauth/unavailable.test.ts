/** A store that cannot answer: 503 at every endpoint, and nothing was decided. */

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { composeServer, type Server } from '../../packages/server/src/compose.ts';
import { loadConfig } from '../../packages/server/src/config/load.ts';
import { createClient } from '../../packages/server/src/service/administer-clients.ts';
import { createTenant } from '../../packages/server/src/service/administer-tenants.ts';
import { createUser } from '../../packages/server/src/service/administer-users.ts';
import { assertionClaims, assertionKey, signAssertion } from '../harness/assertion.ts';
import { basic, jsonOf, postForm } from '../harness/oauth.ts';
import { errorOf, jwtBearer } from '../harness/oauth-server.ts';

const masterKey = randomBytes(32).toString('base64');
const context = { requestId: 'test', nowMs: Date.now(), remote: '' };
const tenant = 'acme';

async function serve(folder: string): Promise<{ readonly server: Server; readonly url: string }> {
  const flags = { 'data.dir': folder, 'server.port': '0', 'log.level': 'silent' };
  const server = await composeServer(loadConfig({ env: {}, flags }), { masterKey });
  return { server, url: await server.listen() };
}

describe('a store that cannot answer', () => {
  it('[7009-2.2.1-1] a revocation that could not be written is 503, and the token lives', async () => {
    await using made = new AsyncDisposableStack();
    const folder = await mkdtemp(join(tmpdir(), 'hufu-test-'));
    made.defer(() => rm(folder, { recursive: true, force: true }));
    const { server, url } = await serve(folder);
    made.defer(() => server.close());
    const { parts } = server;
    await createTenant(parts, { id: tenant, name: 'Acme' }, context);
    await createUser(parts, { tenant, id: 'alice', name: 'Alice', policy: [] }, context);
    const key = assertionKey('ES256');
    const asked = { tenant, dialect: 'oauth', type: 'service', name: 'Service', publicKey: key.publicPem };
    const { client, secret = '' } = await createClient(
      parts,
      { ...asked, permissions: ['introspect', 'revoke'] },
      context,
    );
    const header = basic(client.id, secret);
    const claims = assertionClaims({ issuer: client.id, subject: 'alice', audience: url }, Date.now());
    const assertion = { grant_type: jwtBearer, assertion: signAssertion(key, claims) };
    const { access_token, refresh_token } = jsonOf(await postForm(`${url}/oauth2/token`, assertion, header));
    const tokens = [String(access_token), String(refresh_token)] as const;

    await parts.store.close();
    for (const [path, fields] of [
      ['revoke', { token: tokens[0] }],
      ['revoke', { token: tokens[1] }],
      ['introspect', { token: tokens[0] }],
      ['token', { grant_type: 'refresh_token', refresh_token: tokens[1] }],
      ['token', { grant_type: 'client_credentials' }],
    ] as const) {
      const answer = await postForm(`${url}/oauth2/${path}`, fields, header);
      assert.equal(errorOf(answer), '503 temporarily_unavailable', JSON.stringify([path, fields]));
      assert.match(String(answer.headers['retry-after']), /^\d+$/);
    }
    await server.close();

    const again = await serve(folder);
    made.defer(() => again.server.close());
    for (const token of tokens) {
      const answer = jsonOf(await postForm(`${again.url}/oauth2/introspect`, { token }, header));
      assert.equal(answer.active, true);
    }
    const refreshed = { grant_type: 'refresh_token', refresh_token: tokens[1] };
    assert.equal((await postForm(`${again.url}/oauth2/token`, refreshed, header)).status, 200);
  });
});
