/** RFC 7662 and RFC 7009 over SLS tickets and access tokens, and revocation that reaches everything at once. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { claimsOf, openSls, type SlsBench } from './harness/sls.ts';

const post = (sls: SlsBench, path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${sls.url}${path}`, { method: 'POST', headers, body: new URLSearchParams(fields) });

const clientOf = (sls: SlsBench) => sls.emulator.description.oauth.resourceServer;
const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
});
const asClient = (sls: SlsBench) => basic(clientOf(sls).clientId, clientOf(sls).clientSecret);

const introspect = async (sls: SlsBench, token: string): Promise<Record<string, unknown>> => {
  const answer = await post(sls, '/oauth2/introspect', { token }, asClient(sls));
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  return (await answer.json()) as Record<string, unknown>;
};
const refresh = async (sls: SlsBench, ticket: string) => sls.call('/token/refresh', { ticket });
const accessTokenOf = async (sls: SlsBench, ticket: string): Promise<string> =>
  (JSON.parse((await refresh(sls, ticket)).body) as { accessToken: string }).accessToken;

describe('introspection (RFC 7662)', () => {
  it('tells a resource server what a ticket and an access token are', async () => {
    await using sls = await openSls();
    const ticket = await sls.createTicket({ expirationTime: '1000' });
    const access = await accessTokenOf(sls, ticket);
    for (const [token, type] of [
      [ticket, 'sls_ticket'],
      [access, 'sls_access_token'],
    ] as const) {
      const answer = await introspect(sls, token);
      assert.equal(answer.active, true);
      assert.equal(answer.token_type, type);
      assert.equal(answer.exp, claimsOf(token).exp);
      assert.equal(answer.iat, claimsOf(token).iat);
      assert.equal(answer.sid, claimsOf(ticket).ticketId);
      assert.equal(answer.access_key_id, sls.keys.accessKeyId);
    }
  });

  it('says of everything else only that it is not active', async () => {
    await using sls = await openSls();
    await using other = await openSls();
    const over = await sls.createTicket({ expirationTime: '10' });
    sls.emulator.clock.advance(10);
    for (const token of ['hello', over, `${await sls.createTicket()}x`, await other.createTicket()]) {
      assert.deepEqual(await introspect(sls, token), { active: false });
    }
  });

  it('is for authenticated clients only (section 2.1)', async () => {
    await using sls = await openSls();
    const token = await sls.createTicket();
    const { clientId, clientSecret } = clientOf(sls);
    const attempts = [
      { fields: { token }, headers: {} },
      { fields: { token }, headers: basic(clientId, 'wrong') },
      { fields: { token }, headers: basic('nobody', clientSecret) },
      { fields: { token, client_id: clientId, client_secret: 'wrong' }, headers: {} },
      { fields: { token }, headers: { authorization: `Bearer ${sls.emulator.description.admin.token}` } },
    ];
    for (const { fields, headers } of attempts) {
      const answer = await post(
        sls,
        '/oauth2/introspect',
        fields as Record<string, string>,
        headers as Record<string, string>,
      );
      assert.equal(answer.status, 401);
      assert.match(answer.headers.get('www-authenticate') ?? '', /^Basic /);
      assert.deepEqual(Object.keys((await answer.json()) as object)[0], 'error');
    }
    const inBody = { token, client_id: clientId, client_secret: clientSecret };
    assert.equal((await post(sls, '/oauth2/introspect', inBody)).status, 200);
  });

  it('refuses a form that is ambiguous', async () => {
    await using sls = await openSls();
    const headers = asClient(sls);
    const twice = await fetch(`${sls.url}/oauth2/introspect`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'token=a&token=b',
    });
    assert.equal(twice.status, 400);
    const missing = await post(sls, '/oauth2/introspect', {}, headers);
    assert.equal(missing.status, 400);
    const json = await fetch(`${sls.url}/oauth2/introspect`, { method: 'POST', headers, body: '{"token":"a"}' });
    assert.equal(json.status, 400);
  });
});

describe('revocation', () => {
  const revoke = (sls: SlsBench, token: string) => post(sls, '/oauth2/revoke', { token }, asClient(sls));

  for (const which of ['ticket', 'access token'] as const) {
    it(`ends the ticket and everything issued from it at once: by ${which} (RFC 7009)`, async () => {
      await using sls = await openSls();
      const ticket = await sls.createTicket();
      const access = await accessTokenOf(sls, ticket);
      const answer = await revoke(sls, which === 'ticket' ? ticket : access);
      assert.equal(answer.status, 200);
      assert.equal(await answer.text(), '');
      assert.deepEqual(await introspect(sls, ticket), { active: false });
      assert.deepEqual(await introspect(sls, access), { active: false });
      const refused = await refresh(sls, ticket);
      assert.equal(refused.status, 401);
      assert.match(refused.body, /The ticket you provided is invalid/);
    });
  }

  it('is a success for a token that is not alive (section 2.2)', async () => {
    await using sls = await openSls();
    assert.equal((await revoke(sls, 'hello')).status, 200);
    const ticket = await sls.createTicket();
    assert.equal((await revoke(sls, ticket)).status, 200);
    assert.equal((await revoke(sls, ticket)).status, 200);
  });

  it('leaves other tickets alone', async () => {
    await using sls = await openSls();
    const [one, other] = [await sls.createTicket(), await sls.createTicket()];
    await revoke(sls, one);
    assert.equal((await refresh(sls, other)).status, 200);
  });

  for (const level of ['access_key', 'subject', 'tenant'] as const) {
    it(`of a whole ${level} ends what was issued up to now, and nothing later`, async () => {
      await using sls = await openSls();
      const before = await sls.createTicket();
      const { tenant, sub } = await introspect(sls, before);
      const key = { access_key: sls.keys.accessKeyId, subject: String(sub), tenant: '' }[level];
      const answer = await fetch(`${sls.url}/admin/v1/grants/revoke`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${sls.emulator.description.admin.token}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ level, tenant, ...(key === '' ? {} : { key }) }),
      });
      assert.equal(answer.status, 200);
      assert.equal((await refresh(sls, before)).status, 401);
      assert.deepEqual(await introspect(sls, before), { active: false });
      sls.emulator.clock.advance(1);
      assert.equal((await refresh(sls, await sls.createTicket())).status, 200);
    });
  }
});

describe('discovery', () => {
  it('publishes the public keys (RFC 7517) and the endpoints (RFC 8414)', async () => {
    await using sls = await openSls();
    const metadata = (await (await fetch(`${sls.url}/.well-known/oauth-authorization-server`)).json()) as Record<
      string,
      string
    >;
    assert.equal(metadata.issuer, sls.emulator.description.oauth.issuer);
    assert.equal(metadata.introspection_endpoint, `${sls.url}/oauth2/introspect`);
    const jwks = await fetch(metadata.jwks_uri ?? '');
    assert.match(jwks.headers.get('cache-control') ?? '', /^public, max-age=\d+$/);
    const { keys } = (await jwks.json()) as { keys: Array<Record<string, unknown>> };
    assert.ok(keys.some(({ kty }) => kty === 'EC'));
    for (const key of keys) {
      for (const secret of ['d', 'k', 'p', 'q']) assert.equal(key[secret], undefined);
    }
  });
});
