/**
 * `kill -9` under a load of refreshes loses nothing that was answered: every client goes on with the last pair that it got,
 * whether the rotation after it was written or not.
 */

import assert from 'node:assert/strict';
import { createPrivateKey, type KeyObject, randomUUID, sign } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { assertionClaims, assertionHeader, assertionPayload, sdkForms, type TokenRequest } from '@hufu/wire/pds';
import { type Answer, exchange } from './harness/exchange.ts';
import { jsonOf } from './harness/oauth.ts';
import { admin, type Installation, install, type Served, serve } from './harness/serve.ts';

const rounds = 8;
const sessions = 16;

const domainId = 'acme';

const send = (server: Served, { path, contentType, body }: TokenRequest): Promise<Answer> =>
  exchange(server.url, {
    method: 'POST',
    target: path,
    headers: { host: server.host, 'content-type': contentType },
    body,
  });

describe('a server that is killed under a load of refreshes', () => {
  let installation: Installation;
  let clientId: string;
  let key: KeyObject;
  /** The refresh token that each client got last. */
  let held: string[];

  before(async () => {
    // As long as can be: a machine that is slow to start a server again must not turn retries into replays.
    installation = await install({ HUFU_PDS_RETRY_WINDOW_SECONDS: '600' });
    await using server = await serve(installation);
    await admin(installation, server.url, 'POST', '/tenants', { id: domainId, name: 'Acme' });
    const app = { tenant: domainId, name: 'Jobs', dialect: 'pds', type: 'JWT' };
    const created = await admin(installation, server.url, 'POST', '/clients', app);
    clientId = String(created.id);
    key = createPrivateKey(String(created.privateKeyPem));
    held = await Promise.all(Array.from({ length: sessions }, (_, at) => open(server, `user-${at}`)));
    await server.stop('SIGTERM');
  });
  after(() => installation[Symbol.asyncDispose]());

  async function open(server: Served, userId: string): Promise<string> {
    const claims = assertionClaims({
      clientId,
      domainId,
      subject: { type: 'user', userId, autoCreate: true },
      jti: randomUUID(),
      nowSeconds: Math.floor(Date.now() / 1000),
    });
    const input = [assertionHeader, assertionPayload(claims)]
      .map((part) => Buffer.from(part).toString('base64url'))
      .join('.');
    const assertion = `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`;
    const answer = await send(server, sdkForms.getUserJwtToken({ client_id: clientId, assertion }));
    assert.equal(answer.status, 200, answer.body);
    return String(jsonOf(answer).refresh_token);
  }

  const refresh = (server: Served, refreshToken: string): Promise<Answer> =>
    send(server, sdkForms.refreshJwtToken({ client_id: clientId, refresh_token: refreshToken }));

  /** Every client refreshes without pause until the server is gone, which it is after `killAfter` answers. */
  async function load(server: Served, killAfter: number): Promise<number> {
    let answered = 0;
    const client = async (_token: string, at: number): Promise<void> => {
      for (;;) {
        const answer = await refresh(server, held[at] ?? '').catch(() => undefined);
        if (!answer) return;
        assert.equal(answer.status, 200, answer.body);
        held[at] = String(jsonOf(answer).refresh_token);
        answered += 1;
        if (answered === killAfter) server.process.kill('SIGKILL');
      }
    };
    await Promise.all(held.map(client));
    return answered;
  }

  it(`locks no client out in ${rounds} lives, and keeps a chain of audit that holds`, async () => {
    let answered = 0;
    for (let round = 0; round < rounds; round++) {
      await using server = await serve(installation);
      // Another moment in every round: somewhere inside another batch of another size.
      answered += await load(server, sessions + round * 23);
      assert.equal(await server.stop('SIGKILL'), 'SIGKILL');
    }
    assert.ok(answered >= rounds * sessions);

    await using server = await serve(installation);
    for (const token of held) assert.equal((await refresh(server, token)).status, 200);
    const { rows } = await admin(installation, server.url, 'GET', '/grants?limit=1000');
    const states = (rows as { state: string }[]).map(({ state }) => state);
    assert.deepEqual(
      states,
      Array.from({ length: sessions }, () => 'active'),
    );
    assert.equal((await admin(installation, server.url, 'POST', '/audit/verify', {})).ok, true);
    assert.equal(await server.stop('SIGTERM'), 0);
  });
});
